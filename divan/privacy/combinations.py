"""What is harmless alone and tells who it is together: a commune and a trade, an age and an uncommon fact.

It is a question for whoever writes, never a fault: only people know whether two words are enough where they live. The
words and the combinations are data (``combinations.json``), which ``combinations.js`` reads too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from divan.privacy.detect import find_identifiers
from divan.privacy.group_names import NO_NAMES, GroupNames
from divan.privacy.phrases import Phrases, Place, phrases, places
from divan.privacy.words import Words, split
from divan.sources.reader_text import as_read

COMBINATIONS_PATH = Path(__file__).parent / "combinations.json"
_OLDEST = 110
_AFTER_A = frozenset(",.;:)(/-\n")
_LASTING = frozenset(("depuis", "pendant", "dans", "durant", "les", "apres", "pour", "sur", "en"))


@dataclass(frozen=True, slots=True)
class FactKind:
    """One sort of fact: what it is called, and how to blur it."""

    says: str
    blur: str


@dataclass(frozen=True)
class CombinationTable:
    """Kinds of facts in the file's order, which of them are ``enough`` together within ``reach`` signs."""

    kinds: dict[str, FactKind]
    enough: tuple[frozenset[str], ...]
    reach: int
    words: Phrases
    town_beside: re.Pattern[str]
    area_number: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Combination:
    """Facts that stand near each other, ``text[start:end]`` from the first to the last, on ``line``."""

    kinds: tuple[str, ...]
    start: int
    end: int
    line: int

    @property
    def says(self) -> str:
        """What to think about."""
        *most, last = (load_combinations().kinds[kind].says for kind in self.kinds)
        return f"{', '.join(most)} et {last}, ensemble, peuvent suffire à reconnaître quelqu'un"

    @property
    def remedy(self) -> str:
        """What to blur."""
        known = load_combinations().kinds
        return "au besoin, estompez : " + ", ".join(
            f"{known[kind].says.split(' ', 1)[1]} → {known[kind].blur}" for kind in self.kinds
        )


def find_combinations(text: str, names: GroupNames = NO_NAMES) -> list[Combination]:
    """The questions that ``text`` draws, in order, each as long as what answers it."""
    known = load_combinations()
    read = as_read(text)
    words = split(read.text)
    told = [*places(words, known.words), *_ages(words)]
    told += [Place("area", *one.span()) for one in known.area_number.finditer(words.read)]
    told += _towns_beside(told, words.read, known)
    facts = [Place(one.kind, read.start(one.start), read.end(one.end)) for one in told]
    there = {one.kind for one in facts} - {"town"}
    if any(kinds - there == {"town"} for kinds in known.enough):
        facts += _towns(text, names, facts)
    return [*_together(sorted(facts, key=lambda fact: fact.start), known, text)]


def _towns_beside(told: list[Place], read: str, known: CombinationTable) -> Iterator[Place]:
    """« le facteur de Melle »: the town of a trade, whether or not anything else tells that it is one."""
    areas = {one.start for one in told if one.kind == "area"}
    for one in told:
        if one.kind == "trade" and (town := known.town_beside.match(read, one.end)) and town.start(1) not in areas:
            yield Place("town", *town.span(1))


def _towns(text: str, names: GroupNames, facts: list[Place]) -> Iterator[Place]:
    areas = [fact for fact in facts if fact.kind == "area"]
    for one in find_identifiers(text, names=names):
        if one.rule.id == "town" and not any(area.start < one.end and one.start < area.end for area in areas):
            yield Place("town", one.start, one.end)


def _ages(words: Words) -> Iterator[Place]:
    """« 47 ans », which is not « depuis 47 ans »."""
    low = words.low
    for at, word in enumerate(low):
        if _is_years(word, low, at) and at and low[at - 1].isdigit() and 0 < int(low[at - 1][:4]) <= _OLDEST:
            before, second = (*reversed(low[max(at - 3, 0) : at - 1]), "", "")[:2]
            if before not in _LASTING and (before, second) != ("a", "y"):
                starts = words.places()
                yield Place("age", starts[at - 1], starts[at] + len(word))


def _is_years(word: str, low: list[str], at: int) -> bool:
    """« ans », or « a » before a sign."""
    return word in ("ans", "an") or (word == "a" and "".join(low[at + 1 : at + 2]) in _AFTER_A | {""})


def _together(facts: list[Place], known: CombinationTable, text: str) -> Iterator[Combination]:
    free_from = 0
    for at, fact in enumerate(facts):
        if at < free_from:
            continue
        near = [one for one in facts[at:] if one.end - fact.start <= known.reach]
        there = {one.kind for one in near}
        enough = [kinds for kinds in known.enough if kinds <= there and fact.kind in kinds]
        if enough:
            told = frozenset().union(*(kinds for kinds in known.enough if kinds <= there))
            last = max(one.end for one in near if one.kind in told)
            free_from = at + sum(one.start < last for one in near)
            yield Combination(
                tuple(kind for kind in known.kinds if kind in told),
                fact.start,
                last,
                text.count("\n", 0, fact.start) + 1,
            )


@cache
def load_combinations() -> CombinationTable:
    """The combinations, read once."""
    written = json.loads(COMBINATIONS_PATH.read_text(encoding="utf-8"))
    return CombinationTable(
        {kind: FactKind(**said) for kind, said in written["kinds"].items()},
        tuple(map(frozenset, written["enough"])),
        written["reach"],
        phrases(written["words"].items()),
        re.compile(written["town_beside"]),
        re.compile(written["area_number"]),
    )
