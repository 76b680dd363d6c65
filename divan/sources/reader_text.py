"""A text as a reader sees it, in plain letters, with the way back to where each of them was written.

Accents, ligatures, kinds of dashes, spaces and apostrophes, invisible signs, single line breaks, emphasis, entities:
what does not tell two words apart for a reader is gone, and so are HTML tags and comments, whose own words are kept
as asides. ``reader_text.js`` gives the same text in the browser.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from divan.sources.reader_signs import Signs, load_signs, plain_sign

_MOST_SIGNS = 1 << 12  # a forum writes with few hundreds


@dataclass(frozen=True, slots=True)
class ReaderText:
    """``text`` is what is read; ``pieces`` say where each stretch of it was written (place read, place, replaced).

    ``asides`` are (start, end) of what was written and is published without being seen: comments, attributes.
    """

    text: str
    read: tuple[int, ...]
    written: tuple[int, ...]
    replaced: tuple[bool, ...]
    asides: tuple[tuple[int, int], ...] = ()

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


def as_read(written: str) -> ReaderText:
    """What a reader sees of ``written``."""
    signs = load_signs()
    parts: list[str] = []
    read, places, replaced = [0], [0], [False]
    asides: list[tuple[int, int]] = []
    length = free_from = 0
    for start, end, instead in _changes(written, signs):
        if start > free_from:
            parts.append(written[free_from:start])
            length += start - free_from
        if instead:
            parts.append(instead)
            read.append(length)
            places.append(start)
            replaced.append(True)
            length += len(instead)
        if written[start] in "<[":
            asides += _aside(written[start:end], start)
        read.append(length)
        places.append(end)
        replaced.append(False)
        free_from = end
    parts.append(written[free_from:])
    plain = signs.accent.sub(lambda match: signs.letters[match[0]], "".join(parts))
    return ReaderText(plain, tuple(read), tuple(places), tuple(replaced), tuple(asides))


def _changes(written: str, signs: Signs) -> Iterator[tuple[int, int, str]]:
    """(start, end, what is read there) of what is read otherwise; what vanishes between two spaces leaves one."""
    free_from, last = 0, ""
    for match in _specials(written, signs):
        instead = _instead(match, written, signs)
        if instead is None:
            continue
        start, end = match.span()
        if start > free_from:
            last = written[start - 1]
        if last == " " and instead in ("", " "):
            instead = ""
            if written[start] in "<&[" and written.startswith(" ", end):
                end += 1
        yield start, end, instead
        free_from, last = end, instead[-1:] or last


def _specials(written: str, signs: Signs) -> Iterator[re.Match[str]]:
    """The special stretches, looked for only where one may begin."""
    free_from = 0
    for perhaps in signs.perhaps.finditer(written):
        if perhaps.start() >= free_from and (match := signs.special.match(written, perhaps.start())):
            free_from = match.end()
            yield match


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """What tells two words or labels apart for a reader: no accent, no case, one kind of apostrophe, single spaces."""
    return fold_long(text)


def fold_long(text: str) -> str:
    """``fold`` of a text that does not come back: nothing of it is kept."""
    bare = text if text.isascii() else text.translate(_FOLDED)
    return " ".join(bare.casefold().split())


class _Folded(dict[int, str]):
    """What each sign is folded to, found when it is first met."""

    def __missing__(self, code: int) -> str:
        signs, sign = load_signs(), chr(code)
        plain = "" if signs.invisible.fullmatch(sign) else plain_sign(sign, signs)
        if len(self) < _MOST_SIGNS:
            self[code] = plain
        return plain


_FOLDED = _Folded()


def _instead(match: re.Match[str], written: str, signs: Signs) -> str | None:
    """What is read instead of a special stretch; None when it is read as it is."""
    found = match[0]
    return _WAYS.get(found[0], _sign_or_space)(match, found, written, signs)


def _sign_or_space(match: re.Match[str], found: str, written: str, signs: Signs) -> str | None:
    if not signs.space.match(found):
        return plain_sign(found, signs)
    breaks = len(signs.line_break.findall(found))
    if breaks == 0:
        return "" if signs.invisible.fullmatch(found) else " "
    return " " if breaks == 1 and not signs.block.match(written, match.end()) else "\n"


def _entity(match: re.Match[str], found: str, written: str, signs: Signs) -> str | None:
    name = found[1:-1]
    if name[0] != "#":
        return signs.entities.get(name)
    try:
        sign = chr(int(name[2:], 16) if name[1] in "xX" else int(name[1:]))
    except (ValueError, OverflowError):
        return None
    if signs.space.match(sign):
        return "" if signs.invisible.match(sign) else " "
    return None if sign < " " or "\ud800" <= sign <= "\udfff" else plain_sign(sign, signs)


def _mark(match: re.Match[str], found: str, written: str, signs: Signs) -> str | None:
    """Emphasis is not seen; a sign between two spaces, two digits or (``_``) two letters is."""
    before, after = written[: match.start()][-1:], written[match.end() :][:1]
    if (before in ("", " ") and after in ("", " ")) or (_digit(before) and _digit(after)):
        return None
    return None if found[0] == "_" and _letter(before) and _letter(after) else ""


def _letter(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _digit(sign: str) -> bool:
    return sign.isascii() and sign.isdigit()


def _aside(found: str, start: int) -> Iterator[tuple[int, int]]:
    """Where a comment speaks, a tag beside its name, the address of a link that shows nothing."""
    if found[0] == "[" and len(found) > 1:
        yield start + 3, start + found.rindex(")")
    elif "=" in found or found[1:2] == "!":
        yield start + 1, start + found.rindex(">")


def _tag(match: re.Match[str], found: str, written: str, signs: Signs) -> str | None:
    return " " if found[1:3].lower() in ("br", "p>", "/p", "li", "td", "di", "/d") else ""


_WAYS: dict[str, Callable[[re.Match[str], str, str, Signs], str | None]] = {
    "&": _entity, "<": _tag, "*": _mark, "_": _mark, "`": _mark, "~": _mark,
    "\\": lambda match, found, written, signs: found[1:],
    "[": lambda match, found, written, signs: "",
    "]": lambda match, found, written, signs: " (",
}  # fmt: skip
