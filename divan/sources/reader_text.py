"""A text as a reader sees it, in plain letters, with the way back to where each of them was written.

Accents, ligatures, kinds of dashes, spaces and apostrophes, invisible signs, single line breaks, emphasis, entities:
what does not tell two words apart for a reader is gone, and so are the marks of links and images, tags and comments,
whose own words are kept as asides. ``reader_text.js`` gives the same text in the browser.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from divan.sources.known import Known
from divan.sources.reader_marks import Marks
from divan.sources.reader_signs import Signs, load_signs, plain_sign

_MOST_SIGNS = 1 << 12  # a forum writes with few hundreds


@dataclass(frozen=True, slots=True)
class ReaderText:
    """``text`` is what is read; ``pieces`` say where each stretch of it was written (place read, place, replaced).

    ``asides`` are (start, end) of what was written and is published without being seen: comments, attributes,
    addresses of links, words that stand for images.
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
    for start, end, instead, aside in _changes(written, signs):
        if start > free_from:
            parts.append(written[free_from:start])
            length += start - free_from
        if instead:
            parts.append(instead)
            read.append(length)
            places.append(start)
            replaced.append(True)
            length += len(instead)
        if aside and aside[0] < aside[1]:
            asides.append(aside)
        read.append(length)
        places.append(end)
        replaced.append(False)
        free_from = end
    parts.append(written[free_from:])
    plain = signs.accent.sub(lambda match: signs.letters[match[0]], "".join(parts))
    return ReaderText(plain, tuple(read), tuple(places), tuple(replaced), tuple(asides))


def _changes(written: str, signs: Signs) -> Iterator[tuple[int, int, str, tuple[int, int] | None]]:
    """(start, end, what is read there, what is published unseen) of what is read otherwise than it is written.

    What vanishes between two spaces leaves one.
    """
    marks = Marks(written, signs)
    looked, free_from, last = 0, 0, ""
    for perhaps in signs.perhaps.finditer(written):
        start = perhaps.start()
        if start < looked or not (match := signs.special.match(written, start)):
            continue
        instead, end, aside = marks.seen(match)
        looked = end
        if instead is None:
            continue
        if start > free_from:
            last = written[start - 1]
        if last == " " and instead in ("", " "):
            instead = ""
            if written[start] in "<&[!`" and written.startswith(" ", end):
                end += 1
        yield start, end, instead, aside
        free_from, last = end, instead[-1:] or last


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """What tells two words or labels apart for a reader: no accent, no case, one kind of apostrophe, single spaces."""
    return fold_long(text)


def fold_long(text: str) -> str:
    """``fold`` of a text that does not come back: nothing of it is kept."""
    bare = text if text.isascii() else text.translate(_FOLDED)
    return " ".join(bare.casefold().split())


def _folded(code: int) -> str:
    signs, sign = load_signs(), chr(code)
    return "" if signs.invisible.fullmatch(sign) else plain_sign(sign, signs)


_FOLDED = Known(_folded, _MOST_SIGNS)
