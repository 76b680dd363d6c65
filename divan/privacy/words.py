"""The words of a text as it is read, split once for all who look at them: the rules and the tagger."""

from __future__ import annotations

import re
from dataclasses import dataclass

TOKEN = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*|[0-9]+|\n|[^ A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Words:
    """Words, figures and signs of ``read``: as they are written, in small letters, and where each begins."""

    read: str
    read_low: str
    written: list[str]
    low: list[str]
    places: list[int]


def split(read: str) -> Words:
    """The words of a text as it is read."""
    found = [(match[0], match.start()) for match in TOKEN.finditer(read)]
    written = [word for word, _ in found]
    return Words(read, read.lower(), written, [word.lower() for word in written], [place for _, place in found])
