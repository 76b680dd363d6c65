"""The words by which a text is found: in plain letters, each cut to its stem. ``search/words.js`` cuts alike.

The stem is a light one, after Savoy (« A stemming procedure and stopword list for general French corpora », JASIS 50,
1999): plurals, feminines, infinitives, doubled letters and what ends learned words
(« -logie, -logue », « -ation, -ateur ») go, other derivations stay, for « rénal » is not « rein ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from unicodedata import normalize

from divan.sources.reader_text import fold

_WRITTEN = re.compile(r"[^\W_]+")
_PLAIN = re.compile(r"[a-z0-9]+")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))  # un mot qu'ils coupent n'est qu'un mot
_COMPOUND = re.compile(r"[^\W_]+(?:[-\u2010-\u2013][^\W_]+)+")
_LEARNED = re.compile(  # « -logie, -logue », « -graphie, -graphique » ; « vaccination, vaccinateur »
    "(?<=log|rap|ath|aph|cop|atr)(?:i|iqu|u|eut|ist)$|(?<=.{5})(?:ation|ateur|atric)$"
)
_DOUBLED = re.compile(r"(.)\1$")

_TOO_COMMON = """
ai as au aucun aucune aussi autre autres aux avait avec avez avoir avons ayant bien car ce cela celle celui ces cet
cette ceux chez ci comme comment dans de des deux devant dire dois doit donc du elle elles en encore est et etait ete
etes etre eu eux fait faire faut fut il ils je la le les leur leurs lors lui ma mais me mes meme moi mon ne ni non nos
notre nous on ont ou par parce pas peu peut peuvent peux plus pour pourquoi puis qu quand que quel quelle quelles
quels quelqu quelque qui quoi sa sans se selon sera ses si sien soit son sont sous suis sur ta tes toi ton tous tout
toute toutes tres trop tu un une vers voici voila vos votre vous vu
"""
TOO_COMMON = frozenset(_TOO_COMMON.split())


def stems(text: str) -> Iterator[str]:
    """The stems of a text in their order, what is too common or one letter long left out."""
    for written in _WRITTEN.findall(normalize("NFC", text).translate(_UNSEEN)):
        yield from _stems_of(written)


def compounds(text: str) -> Iterator[str]:
    """The stems of what is written with a hyphen, as one word: « anti-coagulant » is found as « anticoagulant »."""
    for written in _COMPOUND.findall(normalize("NFC", text).translate(_UNSEEN)):
        parts = _PLAIN.findall(fold(written))
        for one, other in pairwise(parts):
            if min(len(one), len(other)) > 1 and not TOO_COMMON & {one, other}:
                yield stem(one + other)


@lru_cache(maxsize=100_000)
def _stems_of(written: str) -> tuple[str, ...]:
    plain = _PLAIN.findall(fold(written))
    return tuple(stem(word) for word in plain if len(word) > 1 and word not in TOO_COMMON)


def stem(word: str) -> str:
    """``renales``, ``renaux`` and ``renal`` -> ``renal``, ``traiter`` and ``traitée`` -> ``trait``.

    A word of three letters is its own stem.
    """
    if len(word) > 3 and word[-1] in "sx":
        word = word[:-1]
        if len(word) > 4 and word.endswith("au") and word[-3] != "e":
            word = f"{word[:-2]}al"
    if len(word) > 5 and word.endswith("ee"):
        word = word[:-1]
    if len(word) > 4 and word.endswith("e"):
        word = word[:-1]
        if word.endswith("iv"):
            word = f"{word[:-1]}f"
        elif word.endswith("eus"):
            word = word[:-1]
    if len(word) > 6 and word.endswith("er"):
        word = word[:-2]
    if len(word) > 6:
        word = _LEARNED.sub("", word)
    return _DOUBLED.sub(r"\1", word) if len(word) > 4 and word[-1].isalpha() else word
