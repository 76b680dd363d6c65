"""A text as a reader sees it, in plain letters, with the way back to where each of them was written.

Accents, ligatures, kinds of dashes, spaces and apostrophes, invisible signs, single line breaks, emphasis, entities:
what does not tell two words apart for a reader is gone. ``reader_text.js`` gives the same text in the browser.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from unicodedata import category, normalize

_BREAK = "\r\n|[\r\n\x85\u2028\u2029]"
_NEVER_SPECIAL = r"A-Za-z0-9!\"#$%'()+,\-./:;=?@^{|}"  # no special stretch begins with these, nor with plain letters
SIGNS_PATH = Path(__file__).parent / "reader_signs.json"


@dataclass(frozen=True, slots=True)
class ReaderText:
    """``text`` is what is read; ``pieces`` say where each stretch of it was written (place read, place, replaced)."""

    text: str
    read: tuple[int, ...]
    written: tuple[int, ...]
    replaced: tuple[bool, ...]

    def start(self, place: int) -> int:
        """Where the sign read at ``place`` begins in what was written."""
        piece = bisect_right(self.read, place) - 1
        return self.written[piece] + (0 if self.replaced[piece] else place - self.read[piece])

    def end(self, place: int) -> int:
        """Where the sign read just before ``place`` ends in what was written."""
        piece = bisect_right(self.read, place - 1) - 1
        if self.replaced[piece]:
            return self.written[piece + 1]
        return self.written[piece] + place - self.read[piece]


@dataclass(frozen=True, slots=True)
class _Signs:
    """The table that Python and JavaScript share, compiled."""

    perhaps: re.Pattern[str]
    special: re.Pattern[str]
    accent: re.Pattern[str]
    space: re.Pattern[str]
    invisible: re.Pattern[str]
    line_break: re.Pattern[str]
    block: re.Pattern[str]
    replacements: dict[str, str]
    entities: dict[str, str]
    letters: dict[str, str]


def as_read(written: str) -> ReaderText:
    """What a reader sees of ``written``."""
    signs = _signs()
    parts: list[str] = []
    read, places, replaced = [0], [0], [False]
    length = free_from = 0
    for match in _specials(written, signs):
        start, end = match.span()
        instead = _instead(match, written, signs)
        if instead is None:
            continue
        parts += (written[free_from:start], instead)
        length += start - free_from
        if instead:
            read.append(length)
            places.append(start)
            replaced.append(True)
            length += len(instead)
        read.append(length)
        places.append(end)
        replaced.append(False)
        free_from = end
    parts.append(written[free_from:])
    plain = signs.accent.sub(lambda match: signs.letters[match[0]], "".join(parts))
    return ReaderText(plain, tuple(read), tuple(places), tuple(replaced))


def _specials(written: str, signs: _Signs) -> Iterator[re.Match[str]]:
    """The special stretches, looked for only where one may begin."""
    free_from = 0
    for perhaps in signs.perhaps.finditer(written):
        if perhaps.start() >= free_from and (match := signs.special.match(written, perhaps.start())):
            free_from = match.end()
            yield match


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """What tells two words or labels apart for a reader: no accent, no case, one kind of apostrophe, single spaces."""
    signs = _signs()
    if text.isascii():
        return " ".join(text.casefold().split())
    bare = "".join(plain_sign(sign, signs) for sign in text if not signs.invisible.fullmatch(sign))
    return " ".join(bare.casefold().split())


def plain_sign(sign: str, signs: _Signs | None = None) -> str:
    """One sign in plain letters: its replacement in the table, or its compatibility form without marks."""
    table = (signs or _signs()).replacements
    if sign in table:
        return table[sign]
    bare = "".join(letter for letter in normalize("NFKD", sign) if category(letter)[0] != "M")
    return "".join(table.get(letter, letter) for letter in bare)


def _instead(match: re.Match[str], written: str, signs: _Signs) -> str | None:
    """What is read instead of a special stretch; None when it is read as it is."""
    found = match[0]
    return _WAYS.get(found[0], _sign_or_space)(match, found, written, signs)


def _sign_or_space(match: re.Match[str], found: str, written: str, signs: _Signs) -> str | None:
    if not signs.space.match(found):
        return plain_sign(found, signs)
    breaks = len(signs.line_break.findall(found))
    if breaks == 0:
        return "" if signs.invisible.fullmatch(found) else " "
    return " " if breaks == 1 and not signs.block.match(written, match.end()) else "\n"


def _entity(match: re.Match[str], found: str, written: str, signs: _Signs) -> str | None:
    name = found[1:-1]
    if name[0] != "#":
        return signs.entities.get(name)
    try:
        sign = chr(int(name[2:], 16) if name[1] in "xX" else int(name[1:]))
    except (ValueError, OverflowError):
        return None
    return None if sign < " " or "\ud800" <= sign <= "\udfff" else plain_sign(sign, signs)


def _mark(match: re.Match[str], found: str, written: str, signs: _Signs) -> str | None:
    """Emphasis is not seen; a sign between two spaces, two digits or (``_``) two letters is."""
    before, after = written[: match.start()][-1:], written[match.end() :][:1]
    if (before in ("", " ") and after in ("", " ")) or (_digit(before) and _digit(after)):
        return None
    return None if found[0] == "_" and _letter(before) and _letter(after) else ""


def _letter(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _digit(sign: str) -> bool:
    return sign.isascii() and sign.isdigit()


def _tag(match: re.Match[str], found: str, written: str, signs: _Signs) -> str | None:
    return " " if found[1:3].lower() in ("br", "p>", "/p", "li", "td", "di", "/d") else ""


_WAYS: dict[str, Callable[[re.Match[str], str, str, _Signs], str | None]] = {
    "&": _entity, "<": _tag, "*": _mark, "_": _mark, "`": _mark, "~": _mark,
    "\\": lambda match, found, written, signs: found[1:],
    "[": lambda match, found, written, signs: "",
    "]": lambda match, found, written, signs: " (",
}  # fmt: skip


@cache
def _signs() -> _Signs:
    table = json.loads(SIGNS_PATH.read_text(encoding="utf-8"))
    run = table["spaces"] + table["invisible"]
    pattern = table["special"].replace("%RUN%", run).replace("%RUN_BUT_SPACE%", run[1:])
    special = re.compile(pattern)
    latin = [chr(code) for code in range(0xC0, 0x250)]
    letters = {sign: plain for sign in latin if len(plain := _base(sign)) == 1 and plain != sign}
    never = f"{_NEVER_SPECIAL}{''.join(sign for sign in latin if not special.match(sign))}"
    return _Signs(
        perhaps=re.compile(f"[^ {never}]| (?![{never}])"), special=special,
        accent=re.compile(f"[{''.join(letters)}]"), space=re.compile(f"[{run}]+"),
        invisible=re.compile(f"[{table['invisible']}]+"), line_break=re.compile(_BREAK),
        block=re.compile(table["block"]), replacements=table["replacements"], entities=table["entities"],
        letters=letters,
    )  # fmt: skip


def _base(sign: str) -> str:
    return "".join(letter for letter in normalize("NFKD", sign) if category(letter)[0] != "M")
