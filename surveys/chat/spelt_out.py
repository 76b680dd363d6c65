"""Names that a message hides from whoever reads word by word: spelt out, cut in two, made of initials."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from divan.sources.reader_text import fold
from surveys.chat.listed_words import is_common, is_town
from surveys.chat.naming_people import TITLES

_USUAL = Path(__file__).parent / "usual_initials.txt"
_WORD = re.compile(r"[^\W\d_]+")
_SPELT = re.compile(r"(?<!\w)[^\W\d_](?:[ .\-_][^\W\d_]){3,}(?!\w)")
_DOTTED = re.compile(r"(?<!\w)(?:[A-ZÀ-Þ]\.[ -]?){1,3}[A-ZÀ-Þ](?!\w)\.?")
_FIRST_HALVES = frozenset((
    "van", "von", "vanden", "vander", "de", "del", "della", "di", "da", "dos", "du", "des", "d", "le", "la", "les",
    "l", "el", "al", "ben", "ould", "mac", "mc", "saint", "sainte", "st", "o", "ter",
))  # fmt: skip
_LONG = 5
_AT_MOST = 3
_OF_A_TOWN = tuple(
    stem + end
    for stem, ends in {
        "": ("is", "isis", "sis"),
        "ien": ("", "s", "ne", "nes"), "sien": ("", "s", "ne", "nes"), "ois": ("", "e", "es"),
        "ais": ("", "e", "es"), "in": ("s", "e", "es"),
    }.items()
    for end in ends
)  # fmt: skip


@dataclass(frozen=True)
class HiddenForms:
    """``glued``: names in one word, with their particles, an initial or a title; ``initials``: those of people."""

    glued: frozenset[str]
    initials: frozenset[str]

    def spelt(self, text: str, parts: frozenset[str]) -> Iterator[tuple[int, int]]:
        """Where letters set apart make a name of ``parts``, and dotted initials are somebody's."""
        for found in _SPELT.finditer(text):
            if fold("".join(_WORD.findall(found[0]))) in parts:
                yield found.span()
        if "." in text:
            for found in _DOTTED.finditer(text):
                if fold("".join(_WORD.findall(found[0]))) in self.initials:
                    yield found.span()

    def cut(self, text: str, parts: frozenset[str]) -> Iterator[tuple[int, int]]:
        """Where a name of ``parts`` is written in two or three words: « Van den Broucke » for Vandenbroucke."""
        words = [*_WORD.finditer(text)]
        for place, first in enumerate(words):
            low = first[0].lower()
            if low not in _FIRST_HALVES:
                continue
            whole, end = low, first.end()
            for word in words[place + 1 : place + _AT_MOST]:
                if word.start() - end > 1:
                    break
                whole, end = whole + fold(word[0]), word.end()
                if len(whole) > _LONG and (whole in parts or whole in self.glued):
                    yield first.start(), end
                    break


def hidden_forms(names: Iterable[tuple[tuple[str, ...], tuple[str, ...]]]) -> HiddenForms:
    """Those of names, each given as all its words, folded, then as those that name: no title, no particle."""
    glued: set[str] = set()
    initials: set[str] = set()
    for words, own in names:
        if not own:
            continue
        family, given = own[-1], own[:-1]
        whole = tuple(word for word in words if word not in TITLES)
        tails = {"".join(whole[n:]) for n in range(len(whole))}  # « legoff », « elamrani »
        glued |= {one for one in tails if len(one) >= _LONG}
        glued |= {title + family for title in ("dr", "docteur", "pr", "prof", "mme") if len(family) > 2}
        if given and len(family) > 2:
            glued |= {given[0][0] + family, family + given[0][0], "".join(one[0] for one in given) + family}
        if len(own) > 1:
            initials |= {"".join(one[0] for one in own), "".join(one[0] for one in whole)}
            initials |= {"".join(one[0] for one in given)} if len(given) > 1 else set()
    return HiddenForms(frozenset(one for one in glued if not is_common(one)), frozenset(initials))


@cache
def usual_initials() -> frozenset[str]:
    """Initials that every physician reads as something else: « TA », « CR »."""
    return frozenset(_USUAL.read_text(encoding="utf-8").split())


def of_a_town(low: str, places: frozenset[str]) -> bool:
    """A word made of a town's name: « douaisis », « cambrésiens », « lillois »."""
    for ending in _OF_A_TOWN:
        town = low.removesuffix(ending)
        if town != low and len(town) > 3 and any(one in places and is_town(one) for one in (town, town + "e")):
            return True
    return False
