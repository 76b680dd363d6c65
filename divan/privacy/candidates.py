"""Which words of a text may be names: those with a capital, those of the lists, those after a word that calls one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from divan.sources.known import Known

ENDS = frozenset((*'.!?\n:;]|"-', ""))
LINKS = frozenset(("saint", "sainte", "st", "ste", "sur", "sous", "les", "lez", "en", "de", "du", "des", "la", "le"))
SMALL_WORDS = frozenset(["d", "l", "'", "a", "la", "le", "les", "de", "du", "des", "au", "aux", "en", "un", "une"])
_SAINTS = frozenset(("saint", "sainte", "st", "ste"))
_LINKS_OF_TOWNS = _SAINTS | {"sur", "sous", "les", "lez"}
_AGES = frozenset(("ans", "an", "a", "mois", "m"))
_FIGURE = re.compile(r"[0-9]")
_MOST_KEPT = 1 << 16
_NEAR = 3  # words from what calls or heralds a name
_NONE, _CALLS, _HERALDS, _LISTED, _COMMON_TOO, _SMALL, _CAPITAL = range(7)


class Chances(Known[str, int]):
    """What each word may be whatever stands around it.

    No name; what calls one; what heralds one, so loudly that even a word of no list in small letters may be it; a name
    of the ``lists``; one that is also a common word (``w``), so to be called; a word of no list in small letters, so to
    be heralded; one with a capital, so not at the beginning of a sentence.
    """

    def __init__(self, lists: Mapping[str, str], calls: frozenset[str], heralds: frozenset[str]) -> None:
        super().__init__(self._chance, _MOST_KEPT)
        self.lists, self.calls, self.heralds = lists, calls, heralds

    def _chance(self, word: str) -> int:
        plain = word.lower()
        if plain in self.heralds:
            return _HERALDS
        if plain in self.calls:
            return _CALLS
        flags = self.lists.get(plain) or ""
        if len(word) < 2 or not is_word(word) or flags in ("w", "x", "wx"):
            return _NONE
        if flags.endswith("wx"):
            return _COMMON_TOO
        if word[0] != plain[0]:
            return _LISTED if flags else _CAPITAL
        if flags:
            return _COMMON_TOO if "w" in flags else _LISTED
        if "-" in word and (linked_as_a_town(parts := word.split("-")) or self._two_given_names(parts)):
            return _LISTED
        return _SMALL if len(word) > 3 else _NONE

    def _two_given_names(self, parts: list[str]) -> bool:
        """Whether the first is one, and the last too, or cut short: "jean-mi", but not "alpha-gal"."""
        first, last = (self.lists.get(part) or "" for part in (parts[0], parts[-1]))
        return "g" in first and ("g" in last or (len(parts[-1]) < 4 and parts[0] != "alpha"))


def linked_as_a_town(parts: list[str]) -> bool:
    """Whether a word in several parts is made as communes are: "saint-clair", "bray-sur-mer"."""
    return parts[0] in _SAINTS or not _LINKS_OF_TOWNS.isdisjoint(parts[1:])


def candidates(words: list[str], low: list[str], chances: Chances) -> Iterator[int]:
    """Places of the words that may be names."""
    called = heralded = -9
    known = [*map(chances.__getitem__, words)]
    for at in [place for place, chance in enumerate(known) if chance]:
        chance = known[at]
        if chance == _SMALL:
            if (at - heralded <= _NEAR and _is_heralded(low, at, heralded)) or _has_an_age(low, at):
                yield at
        elif chance <= _HERALDS:
            called = at
            if chance == _HERALDS:
                heralded = at
        elif (
            chance == _LISTED
            or (chance == _COMMON_TOO and at - called <= _NEAR)
            or (chance == _CAPITAL and _may_be_unknown(words, low, at, chances))
        ):
            yield at


def _may_be_unknown(words: list[str], low: list[str], at: int, chances: Chances) -> bool:
    """A word of no list may be a name by its capitals, unless it begins a sentence as any word does."""
    word = words[at]
    if any(part.islower() and part not in LINKS for part in word.split("-")):
        return False
    if len(word) < (3 if word[1:].islower() else 6) and not _beside_given_name(words, low, at, chances):
        return False
    before = low[at - 1] if at else ""
    if before not in ENDS or after_initial(words, at):
        return True
    after, second = (*words[at + 1 : at + 3], "", "")[:2]
    if after[:1] != after[:1].lower() or (after in (",", "(") and _FIGURE.match(second)):
        return True
    if before == ":" and at > 1 and chances[words[at - 2]] in (_CALLS, _HERALDS):
        return True
    return bool(_FIGURE.match(after)) and second in _AGES


def _is_heralded(low: list[str], at: int, heralded: int) -> bool:
    """Whether only small words stand since what heralds a name: "ch de la"."""
    return SMALL_WORDS.issuperset(low[heralded + 1 : at])


def _has_an_age(low: list[str], at: int) -> bool:
    """Whether a word in small letters begins a sentence and an age follows: "vandenbroucke 66a"."""
    return (
        at + 2 < len(low) and "0" <= low[at + 1] < ":" and low[at + 2] in _AGES and (low[at - 1] if at else "") in ENDS
    )


def _beside_given_name(words: list[str], low: list[str], at: int, chances: Chances) -> bool:
    """Whether a short word in capitals stands beside a given name, so that it is no acronym."""
    if len(words[at]) < 3:
        return False
    return any(
        0 <= place < len(words) and words[place][1:].islower() and "g" in (chances.lists.get(low[place]) or "")
        for place in (at - 1, at + 1)
    )


def after_initial(words: list[str], at: int) -> bool:
    """Whether an initial and its point stand before: "J. Dupont"."""
    return at > 1 and words[at - 1] == "." and len(words[at - 2]) == 1 and "A" <= words[at - 2] <= "Z"


def is_word(word: str) -> bool:
    """Whether it is made of letters, and no figure or sign."""
    return word[0].isascii() and word[0].isalpha()
