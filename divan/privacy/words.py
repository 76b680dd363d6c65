"""The words of a text as it is read, split once for all who look at them: the rules and the tagger."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

TOKEN = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*|[0-9]+|\n|[^ A-Za-z0-9]")
SEEN_AGAIN = 40  # what is known of a longer stretch is not kept


@dataclass(frozen=True, slots=True)
class Words:
    """Words, figures and signs of ``read``, as they are written and in small letters.

    ``stretches`` are what single spaces part: a language has few, so what is known of each is kept from text to text.
    """

    read: str
    read_low: str
    stretches: list[str]
    written: list[str]
    low: list[str]

    def places(self) -> list[int]:
        """Where each word begins; few texts have one of which this is asked."""
        return [match.start() for match in TOKEN.finditer(self.read)]


def split(read: str) -> Words:
    """The words of a text as it is read."""
    stretches = read.split(" ")
    written: list[str] = []
    low: list[str] = []
    for stretch in stretches:
        own, own_low = _split(stretch) if len(stretch) < SEEN_AGAIN else _split.__wrapped__(stretch)
        written += own
        low += own_low
    return Words(read, read.lower(), stretches, written, low)


@lru_cache(maxsize=1 << 15)
def _split(stretch: str) -> tuple[list[str], list[str]]:
    words = TOKEN.findall(stretch)
    return words, [word.lower() for word in words]
