"""How a colleague is reached: the ways that stand in what they wrote of it, each with what opens it."""

from __future__ import annotations

import re
from typing import NamedTuple

_WAY = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?P<phone>(?<!\d)(?:\+33[ .]?|0)[1-9](?:[ .-]?\d{2}){4}(?!\d))"
)
_SECURE = re.compile(r"@(?:[\w.-]*\.)?(?:mssante|apicrypt)\.", re.IGNORECASE)
_SECURE_WORDS = re.compile(r"messagerie\s+(?:de santé\s+)?s[ée]curis[ée]e|ms[ -]?sant[ée]|apicrypt", re.IGNORECASE)


class Way(NamedTuple):
    """A piece of what was written; ``href`` is '' for words, and for a secure address, which no plain mail reaches."""

    text: str
    href: str
    secure: bool = False


def ways_of(contact: str) -> tuple[Way, ...]:
    """What was written, in order, cut into words and ways to reach someone."""
    found: list[Way] = []
    end = 0
    for match in _WAY.finditer(contact):
        found.append(Way(contact[end : match.start()], ""))
        found.append(_way(match))
        end = match.end()
    found.append(Way(contact[end:], ""))
    return tuple(way for way in found if way.text.strip(" ,;:·"))


def lacks_address(contact: str) -> bool:
    """Whether a secure messaging is named without its address."""
    return bool(_SECURE_WORDS.search(contact)) and not any(way.secure or "@" in way.href for way in ways_of(contact))


def phone_href(phone: str) -> str:
    """``05 49 00 00 00`` -> ``tel:+33549000000``."""
    digits = "".join(c for c in phone if c.isdigit() or c == "+")
    return "tel:+33" + digits[1:] if digits.startswith("0") and len(digits) == 10 else f"tel:{digits}" if digits else ""


def _way(match: re.Match[str]) -> Way:
    text = match[0]
    if match["phone"]:
        return Way(text, phone_href(text))
    return Way(text, "", True) if _SECURE.search(text) else Way(text, f"mailto:{text}")
