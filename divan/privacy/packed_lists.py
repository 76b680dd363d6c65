"""Sorted lists of words as a data file packs them, unpacked only around the words that are looked up.

Each word is less the letters that it shares with the one before; a capital says how many (A none, B one...). So what
stands between two capitals A begins with one letter, between two B with two, and so on: nothing else is read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

_DEPTH = 3  # words with the same three letters are unpacked together
_STEP = re.compile("([A-Z])([^A-Z]*)")

_Stretches = list[tuple[str, str]]


class PackedLists(Mapping[str, str]):
    """The letters of the lists that hold a word; ``packed`` gives each list by its letters."""

    def __init__(self, packed: Mapping[str, str]) -> None:
        self._packed = packed
        whole = [(letters, words[1:]) for letters, words in packed.items() if words]
        self._under: dict[str, dict[str, _Stretches]] = {"": _by_next_letter(whole, 0)}
        self._words: dict[str, dict[str, str]] = {}

    def __getitem__(self, word: str) -> str:
        return self._around(word)[word]

    def get(self, word: str, other: str | None = None) -> str | None:  # type: ignore[override]
        """As a dictionary's."""
        return self._around(word).get(word, other)

    def __iter__(self) -> Iterator[str]:
        return (word for words in self._packed.values() for word in unpacked(words))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _around(self, word: str) -> dict[str, str]:
        first = word[:_DEPTH]
        known = self._words.get(first)
        if known is None:
            known = self._words[first] = dict(self._unpacked(first))
        return known

    def _unpacked(self, first: str) -> Iterator[tuple[str, str]]:
        if len(first) < _DEPTH:
            for letters, _ in self._below(first).get("", ()):
                yield first, letters
            return
        for letters, stretch in self._below(first[:-1]).get(first[-1], ()):
            for word in unpacked(f"A{first}{stretch}"):
                yield word, letters

    def _below(self, first: str) -> dict[str, _Stretches]:
        """The words that begin so, by the letter that comes next."""
        known = self._under.get(first)
        if known is None:
            known = _by_next_letter(self._below(first[:-1]).get(first[-1], []), len(first))
            self._under[first] = known
        return known


def _by_next_letter(stretches: _Stretches, shared: int) -> dict[str, _Stretches]:
    found: dict[str, _Stretches] = defaultdict(list)
    for letters, stretch in stretches:
        for piece in stretch.split(chr(65 + shared)):
            found[piece[:1]].append((letters, piece[1:]))
    return dict(found)


def unpacked(packed: str) -> Iterator[str]:
    """All words of one list."""
    word = ""
    for match in _STEP.finditer(packed):
        word = word[: ord(match[1]) - 65] + match[2]
        yield word
