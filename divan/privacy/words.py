"""The words of a text as it is read, split once for all who look at them: the rules and the tagger.

A language has few stretches between two spaces: what is known of each is kept from text to text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate, chain
from operator import itemgetter
from typing import TypeVar

from divan.sources.known import Known

TOKEN = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*|[0-9]+|\n|[^ A-Za-z0-9]")
_SEEN_AGAIN = 40  # signs: what is known of a longer stretch is not kept
_MOST_KEPT = 1 << 15
_SplitStretch = tuple[list[str], list[str], list[int]]
_Found = TypeVar("_Found")


class KnownStretches(Known[str, _Found]):
    """What ``find`` says of a stretch; that of a long one, which hardly comes back, is not kept."""

    def __init__(self, find: Callable[[str], _Found]) -> None:
        super().__init__(find, _MOST_KEPT)

    def __missing__(self, stretch: str) -> _Found:
        return super().__missing__(stretch) if len(stretch) < _SEEN_AGAIN else self.find(stretch)


@dataclass(frozen=True, slots=True)
class Words:
    """Words, figures and signs of ``read``, as written and in small letters; ``stretches`` lie between spaces."""

    read: str
    read_low: str
    stretches: list[str]
    written: list[str]
    low: list[str]

    def places(self) -> list[int]:
        """Where each word begins; few texts have one of which this is asked."""
        begins = accumulate((len(stretch) + 1 for stretch in self.stretches), initial=0)
        known = map(_SPLIT.__getitem__, self.stretches)
        return [begin + start for begin, (_, _, starts) in zip(begins, known, strict=False) for start in starts]


def split(read: str) -> Words:
    """The words of a text as it is read."""
    stretches = read.split(" ")
    known = [*map(_SPLIT.__getitem__, stretches)]
    written = [*chain.from_iterable(map(itemgetter(0), known))]
    low = [*chain.from_iterable(map(itemgetter(1), known))]
    return Words(read, read.lower(), stretches, written, low)


def _split(stretch: str) -> _SplitStretch:
    found = [*TOKEN.finditer(stretch)]
    return [word[0] for word in found], [word[0].lower() for word in found], [word.start() for word in found]


_SPLIT: KnownStretches[_SplitStretch] = KnownStretches(_split)
