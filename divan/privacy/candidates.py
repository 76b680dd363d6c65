"""Which words of a text may be names: those with a capital, those of the lists, those after a word that calls one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from divan.sources.known import Known

ENDS = frozenset((*'.!?\n:;]|"-', ""))
LINKS = frozenset(("saint", "sainte", "st", "ste", "sur", "sous", "les", "lez", "en", "de", "du", "des", "la", "le"))
_FIGURE = re.compile(r"[0-9]")
_MOST_KEPT = 1 << 16
_NONE, _CALLS, _LISTED, _COMMON_TOO, _CAPITAL = range(5)


class Chances(Known[str, int]):
    """What each word may be whatever stands around it.

    No name; what calls one; a name of the ``lists``; one that is also a common word (``w``), so to be called; a word of
    no list with a capital, so not at the beginning of a sentence.
    """

    def __init__(self, lists: Mapping[str, str], calls: frozenset[str]) -> None:
        super().__init__(self._chance, _MOST_KEPT)
        self.lists, self.calls = lists, calls

    def _chance(self, word: str) -> int:
        plain = word.lower()
        if plain in self.calls:
            return _CALLS
        flags = self.lists.get(plain) or ""
        if len(word) < 2 or not is_word(word) or flags in ("w", "x") or flags.endswith("wx"):
            return _NONE
        if word[0] != plain[0]:
            return _LISTED if flags else _CAPITAL
        if not flags:
            return _NONE
        return _COMMON_TOO if "w" in flags else _LISTED


def candidates(words: list[str], low: list[str], chances: Chances) -> Iterator[int]:
    """Places of the words that may be names."""
    called = -9
    for at, chance in enumerate(map(chances.__getitem__, words)):
        if chance == _NONE:
            continue
        if chance == _CALLS:
            called = at
        elif (
            chance == _LISTED
            or (chance == _COMMON_TOO and at - called <= 3)
            or (chance == _CAPITAL and _may_be_unknown(words, low, at))
        ):
            yield at


def _may_be_unknown(words: list[str], low: list[str], at: int) -> bool:
    """A word of no list may be a name by its capitals, unless it begins a sentence as any word does."""
    word = words[at]
    if len(word) < (3 if word[1:].islower() else 6) or any(
        part.islower() and part not in LINKS for part in word.split("-")
    ):
        return False
    if at and low[at - 1] not in ENDS:
        return True
    after, second = (*words[at + 1 : at + 3], "", "")[:2]
    return after[:1] != after[:1].lower() or (after in (",", "(") and bool(_FIGURE.match(second)))


def is_word(word: str) -> bool:
    """Whether it is made of letters, and no figure or sign."""
    return word[0].isascii() and word[0].isalpha()
