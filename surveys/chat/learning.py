"""Names and places that a thread teaches: found once where the detector is sure, they are then known everywhere."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from divan.privacy.detect import find_identifiers
from divan.privacy.tagger import load_tagger
from divan.sources.reader_text import fold
from surveys.chat.listed_words import is_common, is_town
from surveys.chat.naming_people import PARTICLES, TITLES
from surveys.chat.sentence import begins_sentence
from surveys.chat.trimming import trimmed

NAMING = frozenset(("titled_name", "given_name", "surname", "full_name", "close_name", "town", "hospital"))
_WORD = re.compile(r"[^\W\d_]+")
_OFTEN_ENOUGH = 12
_MOST = 1 << 17
_LAZY = 5  # people often leave a capital out: a word is a common one when it nearly always has none


@dataclass(frozen=True, slots=True)
class Learned:
    """``words`` name somebody or somewhere; those of ``mostly_names`` do even without their capital."""

    words: frozenset[str]
    mostly_names: frozenset[str]

    def names(self, word: str, small: bool) -> bool:
        """Whether a word, written small or not, is one of them."""
        return word in self.mostly_names if small else word in self.words


@dataclass(slots=True)
class Learning:
    """A first reading of the messages: the detector looks at those that hold a word not yet seen often enough."""

    seen: Counter[str] = field(default_factory=Counter)
    small: Counter[str] = field(default_factory=Counter)
    words: set[str] = field(default_factory=set)
    telling: dict[str, bool] = field(default_factory=dict)

    def read(self, text: str) -> None:
        """Learn from one message; most words tell nothing, and are known for it after their first time."""
        fresh = False
        for word in _WORD.findall(text):
            tells = self.telling.get(word)
            if tells is None:
                tells = self._may_tell(word)
            if tells:
                fresh = self._count(word, text) or fresh
        if fresh and len(self.seen) < _MOST:
            self._look_at(text)

    def _may_tell(self, word: str) -> bool:
        if len(self.telling) >= _MOST:
            self.telling.clear()
        tells = len(word) > 2 and (word[0] != word[0].lower() or _may_name(word))
        self.telling[word] = tells
        return tells

    def _count(self, word: str, text: str) -> bool:
        """Count a word; whether the detector must look at its message, as it is still new."""
        if word[0] == word[0].lower():
            self.small[word] += 1
            return False
        low, fresh = fold(word), False
        if low not in self.words:
            fresh = self.seen[word] < _OFTEN_ENOUGH
            if is_town(low) and any(one[0] == word and not begins_sentence(text, one.start())
                                    for one in _WORD.finditer(text)):  # fmt: skip
                self.words.add(low)
        self.seen[word] += 1
        return fresh

    def _look_at(self, text: str) -> None:
        for one in find_identifiers(text, ("care_date", "great_age")):
            if one.rule.id in NAMING:
                start, end = trimmed(text, one)
                words = map(fold, _WORD.findall(text[start:end]))
                self.words.update(word for word in words if len(word) > 2 and word not in TITLES | PARTICLES)

    def learned(self) -> Learned:
        """What was learnt; a common word is a name even without its capital when that is its usual use here."""
        capital, small = Counter[str](), Counter[str]()
        for counts, into in ((self.seen, capital), (self.small, small)):
            for word, n in counts.items():
                into[fold(word)] += n
        names = frozenset(self.words)
        return Learned(
            names, frozenset(one for one in names if not is_common(one) or small[one] <= _LAZY * capital[one])
        )


@lru_cache(maxsize=1 << 15)
def _may_name(word: str) -> bool:
    """A French word that is also a name or a town: the only ones whose use must be counted."""
    return bool(set(load_tagger().lists.get(fold(word), "")) & {"g", "s", "t"})
