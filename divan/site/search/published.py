"""What a published page says to who searches it: before what is folded, after it, never what is no part of the text.

Templates mark the text (``data-find`` on ``main``) and what in it is no text (``data-find="skip"``). What comes first
ends where something is folded, or where replies begin.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

_TOKEN = re.compile(r"""<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>|([^<]+|<)""", re.DOTALL)
_BODY = re.compile(r"<main\b[^>]* data-find\b[^>]*>(.*)</main>", re.DOTALL)
_INLINE = frozenset(
    ("a", "abbr", "b", "code", "del", "em", "i", "ins", "mark", "s", "small", "span", "strong", "sub", "sup")
)
_FOLDED = re.compile(r'class="[^"]*\b(?:fold|replies)\b')
_UNSEEN = frozenset(("script", "style", "form", "svg"))


class PublishedText(NamedTuple):
    """``title`` is the page's; ``before`` what is read first, ``after`` what is folded and all that follows."""

    title: str
    before: str
    after: str


def read_page(html: str) -> PublishedText | None:
    """What a page says, or None when it is not one to be found."""
    found = _BODY.search(html)
    if not found:
        return None
    parts: dict[str, list[str]] = {"title": [], "before": [], "after": []}
    into, back, skipped, depth = "before", "before", "", 0
    for closing, name, attributes, text in _TOKEN.findall(found[1]):
        if text:
            if not skipped:
                parts[into].append(text)
            continue
        if skipped:
            depth += (name == skipped) * (-1 if closing else 1)
            skipped = skipped if depth else ""
            continue
        if name not in _INLINE:
            parts[into].append(" ")
        if closing:
            into = back if name == "h1" else into
        elif name in _UNSEEN or 'data-find="skip"' in attributes:
            skipped, depth = name, 1
        elif name == "h1":
            into, back = "title", into
        elif _FOLDED.search(attributes):
            into = back = "after"
    return PublishedText(*(" ".join(unescape("".join(one)).split()) for one in parts.values()))
