"""Words and groups of words looked for as they are, whatever their case, accents and hyphens; « St » is « Saint »."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from divan.privacy.words import Words, split
from divan.sources.reader_text import as_read

_PART = re.compile("[^-]+")
_SAME = {"st": "saint", "ste": "sainte"}
_MOST_PARTS = 12


@dataclass(frozen=True, slots=True)
class Phrases:
    """The parts of each phrase and its kind, longest first, by their first part."""

    by_first: dict[str, list[tuple[tuple[str, ...], str]]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a phrase of some kind stands in a text as it is read."""

    kind: str
    start: int
    end: int


def phrases(lists: Iterable[tuple[str, Iterable[str]]]) -> Phrases:
    """The phrases of these lists, each with its kind."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, written in lists:
        for one in written:
            parts = tuple(part for part, _, _ in _parts(split(as_read(one).text)))[:_MOST_PARTS]
            if parts:
                found.setdefault(parts[0], []).append((parts, kind))
    return Phrases({first: sorted(rows, key=lambda row: -len(row[0])) for first, rows in found.items()})


def places(words: Words, known: Phrases) -> Iterator[Place]:
    """Where they stand, no two overlapping."""
    if not known.by_first:
        return
    parts, free_from = [*_parts(words)], 0
    for at, (first, start, _) in enumerate(parts):
        if at >= free_from and first in known.by_first:
            for phrase, kind in known.by_first[first]:
                here = parts[at : at + len(phrase)]
                if tuple(part for part, _, _ in here) == phrase and _close(here):
                    free_from = at + len(phrase)
                    yield Place(kind, start, here[-1][2])
                    break


def _close(parts: list[tuple[str, int, int]]) -> bool:
    return all(after[1] - before[2] <= 1 for before, after in pairwise(parts))


def _parts(words: Words) -> Iterator[tuple[str, int, int]]:
    """Words cut at their hyphens: each part as it is compared, where it begins and where it ends."""
    for low, place in zip(words.low, words.places(), strict=True):
        if "-" not in low or len(low) == 1:
            yield _SAME.get(low, low), place, place + len(low)
        else:
            for match in _PART.finditer(low):
                yield _SAME.get(match[0], match[0]), place + match.start(), place + match.end()
