"""Postings: the documents in which a term stands, and how much each one is about it, as one line of text.

``3kC``: the next document is 128 numbers further (in base 36), at level 2 (``A`` is 0); ``search/index.js`` reads it.
What leads to very many documents is cut: the best ones, then ``+dw4``, how many there are in all; the rest lies apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

MOST = 15  # the highest level
LONGEST = 2_000  # documents in the line that a first search fetches
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ONE = re.compile("([0-9a-z]+)([A-P])")


def encode(levels: Mapping[int, int]) -> str:
    """The line of a term; ``levels`` by document."""
    lines = Lines()
    for number in sorted(levels):
        lines.add(number, {"": levels[number]})
    return lines.all().get("", "")


def decode(line: str) -> dict[int, int]:
    """Levels by document."""
    found, last = {}, 0
    for step, level in _ONE.findall(line):
        last += int(step, 36)
        found[last] = ord(level) - 65
    return found


def cut(line: str) -> tuple[str, str]:
    """A term's line as a search first fetches it, and its rest: of the best level first, then the latest."""
    levels = decode(line) if len(line) > 2 * LONGEST else {}  # two signs a document, at least
    if len(levels) <= LONGEST:
        return line, ""
    ranked = sorted(levels, key=lambda number: (levels[number], number), reverse=True)
    best, rest = ({number: levels[number] for number in some} for some in (ranked[:LONGEST], ranked[LONGEST:]))
    return f"{encode(best)}+{_base36(len(levels))}", encode(rest)


def joined(best: str, rest: str) -> dict[int, int]:
    """Levels by document, of a line that was perhaps cut."""
    return decode(best) | decode(rest)


class Lines:
    """The lines of all terms, documents being added in order; a byte or two each."""

    def __init__(self) -> None:
        self._written: dict[str, bytearray] = {}
        self._last: dict[str, int] = {}

    def add(self, number: int, levels: Mapping[str, int]) -> None:
        """One document, its number above all earlier ones."""
        for term, level in levels.items():
            step = number - self._last.get(term, 0)
            self._last[term] = number
            self._written.setdefault(term, bytearray()).extend(_one(step, level))

    def all(self) -> dict[str, str]:
        """Each term's line."""
        return {term: line.decode("ascii") for term, line in self._written.items()}


def _one(step: int, level: int) -> bytes:
    return f"{_base36(step)}{chr(65 + min(level, MOST))}".encode("ascii")


def _base36(value: int) -> str:
    if value < 36:
        return _DIGITS[value]
    return _base36(value // 36) + _DIGITS[value % 36]
