"""Abbreviations both ways: a text that has one is found by what it means, one that says it in words by its letters.

All is done when a page is indexed: who searches fetches no list. Capitals tell an abbreviation of two letters from a
word (« TA », « ta »).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from divan.forum.abbreviations import Abbreviations
from divan.site.search.stemming import stem, stems

_CAPITALS = re.compile(r"(?<![^\W_])[A-Z][A-Z0-9]{1,9}(?![^\W_])")
_SURE = 3  # letters from which an abbreviation is one in lower case too


class Synonyms(NamedTuple):
    """``meant``: the stems that each abbreviation adds; ``said``: by its first stem, what sequences add which stem."""

    meant: Mapping[str, frozenset[str]]
    said: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]

    def of(self, text: str, found: Sequence[str]) -> set[str]:
        """The stems that a text, whose own are ``found`` in order, could have had instead of those."""
        capitals = {stem(one.lower()) for one in _CAPITALS.findall(text)}
        added: set[str] = set()
        for place, word in enumerate(found):
            if word in self.meant and (len(word) >= _SURE or word in capitals):
                added |= self.meant[word]
            for sequence, short in self.said.get(word, ()):
                if tuple(found[place : place + len(sequence)]) == sequence:
                    added.add(short)
        for word in capitals & self.meant.keys():  # « PAS », « SES » : trop communs en petites lettres
            added |= {word, *self.meant[word]}
        return added


def synonyms(abbreviations: Abbreviations) -> Synonyms:
    """The same, ready for the texts of a whole site."""
    meant: dict[str, frozenset[str]] = {}
    said: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for short, meanings in abbreviations.items():
        letters = stem(short.lower())
        sequences = [tuple(stems(meaning)) for meaning in meanings]
        meant[letters] = frozenset(one for sequence in sequences for one in sequence)
        for sequence in sequences:
            said.setdefault(sequence[0], []).append((sequence, letters))
    return Synonyms(meant, said)
