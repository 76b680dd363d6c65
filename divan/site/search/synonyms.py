"""Other ways to say it: a text that has an abbreviation is found by what it means, one that says it in words by its
letters; a text is found by the words that mean the same, and by the brands of a substance that it names.

All is done when a page is indexed: who searches fetches no list. Capitals tell an abbreviation of two letters from a
word (« TA », « ta »).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from divan.forum.abbreviations import Abbreviations
from divan.site.search.stemming import stem, stems
from divan.sources.yaml_source import read_yaml

EQUIVALENTS = Path(__file__).parent / "equivalents.yaml"
_CAPITALS = re.compile(r"(?<![^\W_])[A-Z][A-Z0-9]{1,9}(?![^\W_])")
_SURE = 3  # letters from which an abbreviation is one in lower case too


_Phrase = tuple[str, ...]
"""Its stems, in order."""


class Synonyms(NamedTuple):
    """``meant``: the stems that each abbreviation adds; ``said``: by its first stem, what sequences add which stems."""

    meant: Mapping[str, frozenset[str]]
    said: Mapping[str, Sequence[tuple[_Phrase, frozenset[str]]]]

    def of(self, text: str, found: Sequence[str]) -> set[str]:
        """The stems that a text, whose own are ``found`` in order, could have had instead of those."""
        capitals = {stem(one.lower()) for one in _CAPITALS.findall(text)}
        added: set[str] = set()
        for place, word in enumerate(found):
            if word in self.meant and (len(word) >= _SURE or word in capitals):
                added |= self.meant[word]
            for sequence, others in self.said.get(word, ()):
                if tuple(found[place : place + len(sequence)]) == sequence:
                    added |= others
        for word in capitals & self.meant.keys():  # « PAS », « SES » : trop communs en petites lettres
            added |= {word, *self.meant[word]}
        return added


def synonyms(abbreviations: Abbreviations) -> Synonyms:
    """The same, ready for the texts of a whole site."""
    meant: dict[str, frozenset[str]] = {}
    added: dict[_Phrase, set[str]] = {}
    for group in _equivalents():
        for one in group:
            added.setdefault(one, set()).update(*(other for other in group if other != one))
    for short, meanings in abbreviations.items():
        letters, phrases = stem(short.lower()), [tuple(stems(meaning)) for meaning in meanings]
        meant[letters] = frozenset().union(*phrases, *(added.get(phrase, ()) for phrase in phrases))
        for phrase in phrases:
            added.setdefault(phrase, set()).add(letters)
    said: dict[str, list[tuple[_Phrase, frozenset[str]]]] = {}
    for phrase, others in added.items():
        said.setdefault(phrase[0], []).append((phrase, frozenset(others)))
    return Synonyms(meant, said)


def _equivalents() -> Iterator[list[_Phrase]]:
    """Groups of phrases that mean the same, each as its stems."""
    listed = read_yaml(EQUIVALENTS.name, EQUIVALENTS.read_text(encoding="utf-8"), aliases=False).value
    brands = ([substance, *names] for substance, names in listed["brands"].items())
    for group in (*listed["words"], *brands):
        yield [tuple(stems(phrase)) for phrase in group]
