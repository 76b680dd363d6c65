"""What may be told of each question by itself: the partitions of its levels, the same in every table and wave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from analysis.disclosure.blocks import Block, Blocks, sequence
from analysis.disclosure.silences import is_silence
from analysis.disclosure.sums import sum_is_open
from analysis.people.chat_members import CHAT
from analysis.people.cohort import Cohort
from analysis.people.respondents import (
    CHANGE,
    GIVEN,
    INCLUDED,
    MOVED,
    PARTIAL,
    PRESENCE,
    SCORED,
    SILENT,
    Respondents,
)
from analysis.people.variable import NO, YES, Variable, axis
from surveys.questionnaire import ItemType


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question in the waves (``axes``) that ask it alike, and its ``partitions``, the finest first; or not told.

    ``beside``: by wave, the recodings of the same answer that come first.
    """

    axes: tuple[str, ...]
    partitions: tuple[Blocks, ...]
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def asked_questions(cohort: Cohort, people: Respondents) -> dict[str, AskedQuestion]:
    """The question of each axis; of two recodings of an answer, the second is told where they leave nothing between."""
    items = {name for name, _ in cohort.plan.composite.items} if cohort.plan.composite else set()
    together: dict[tuple[str, str, Block], list[Variable]] = {}
    for one in people.variables.values():
        if not one.is_number:
            own = one.wave if one.wave in (CHANGE, MOVED) or is_silence(one.axis) else ""
            together.setdefault((one.id, own, tuple(level.id for level in one.levels)), []).append(one)
    found: dict[str, AskedQuestion] = {}
    for (name, own, levels), variables in together.items():
        # the questions of a score that have the same degrees tell them alike
        asked = (
            [
                one
                for (other, same, theirs), more in together.items()
                for one in more
                if other in items and (same, theirs) == (own, levels)
            ]
            if name in items and not own
            else variables
        )
        partitions = tuple(_partitions(people, asked, cohort.plan.threshold, name in items))
        question = AskedQuestion(tuple(one.axis for one in variables), partitions)
        found |= dict.fromkeys(question.axes, question)
    return found | {name: replace(found[name], beside={name: beside}) if beside else AskedQuestion(found[name].axes, ())
                    for name, beside in _recoded_again(cohort, people, found)}  # fmt: skip


def _partitions(people: Respondents, variables: list[Variable], k: int, summed: bool) -> list[Blocks]:
    first = variables[0]
    levels = tuple(level.id for level in first.levels)
    if first.id.endswith(GIVEN):
        return [((YES,), (NO,))]
    if first.id == PRESENCE:
        return [((SCORED,), (PARTIAL,), (SILENT,)), ((SCORED,), (PARTIAL, SILENT))]
    if first.wave == MOVED:
        return [*_moves(people, first, k)]
    if first.wave == CHANGE:
        return [*_ways(people, first, k)]
    if first.wave == CHAT and first.id in ("level", "role"):
        alone = tuple((level,) for level in levels)
        return [] if any(0 < counted(people, first, block) < k for block in alone) else [alone]
    return sequence(levels, lambda block: [counted(people, one, block) for one in variables], k,
                    ordered=first.ordered, both_ends=summed)  # fmt: skip


def counted(people: Respondents, variable: Variable, block: Block) -> int:
    """How many of those analysed chose a level of ``block``."""
    places = [place for place, level in enumerate(variable.levels) if level.id in block]
    return int(np.isin(people.codes[variable.axis][people.of(INCLUDED)], places).sum())


def _ways(people: Respondents, change: Variable, k: int) -> Iterator[Blocks]:
    """Which way each moved: the three ways or nothing, beside a sum of the moves that tells no more."""
    alone = tuple((level.id,) for level in change.levels)
    moved = people.variables.get(axis(change.id, MOVED))
    small = any(0 < counted(people, change, block) < k for block in alone)
    if not small and (moved is None or any(len(blocks) == len(alone) for blocks in _moves(people, moved, k))):
        yield alone


def _moves(people: Respondents, moved: Variable, k: int) -> Iterator[Blocks]:
    """How far each moved, size by size up to the furthest that leaves no small count and no sum that tells one."""
    sizes = [int(level.score or 0) for level in moved.levels]
    codes = people.codes[moved.axis][people.of(INCLUDED)]
    places, levels = codes[codes >= 0], [level.id for level in moved.levels]
    n = {size: int((places == place).sum()) for place, size in enumerate(sizes)}
    total = sum(size * many for size, many in n.items())
    for far in range(max(sizes), 0, -1):
        cut = [[size for size in sizes if max(-far, min(far, size)) == kept] for kept in range(-far, far + 1)]
        shares = [(block, sum(n[size] for size in block)) for block in cut]
        if not any(0 < many < k for _, many in shares) and sum_is_open(shares, total, k):
            yield tuple(tuple(levels[sizes.index(size)] for size in block) for block in cut)


def _recoded_again(
    cohort: Cohort, people: Respondents, found: Mapping[str, AskedQuestion]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Axes that recode an answer again, and those that come first; none when a small count would lie between them."""
    items = {spec.id: spec.item for spec in cohort.plan.variables}
    choices = {spec.id: {*spec.any_of} for spec in cohort.plan.variables if spec.any_of}
    several = {item.id for wave in cohort.study.waves for item in wave.questionnaire.items
               if item.type is ItemType.SEVERAL}  # fmt: skip
    told: dict[tuple[str, str], list[Variable]] = {}
    own = [one for one in people.variables.values() if one.axis in found and one.wave not in (CHANGE, MOVED)]
    for one in sorted(own, key=lambda variable: variable.id in items):
        if is_silence(one.axis) or not found[one.axis].partitions:
            continue
        item = items.get(one.id, one.id)
        others = told.setdefault((item, one.wave), [])
        apart = [other for other in others if item in several and one.yes_no and other.yes_no
                 and not choices.get(one.id, set()) & choices.get(other.id, set())]  # fmt: skip
        near = [other for other in others if other not in apart]
        if any(_leaves_few(cohort, people, found, (one, other)) for other in near):
            yield one.axis, ()
            continue
        if near:
            yield one.axis, tuple(other.axis for other in near)
        others.append(one)


def _leaves_few(
    cohort: Cohort, people: Respondents, found: Mapping[str, AskedQuestion], two: tuple[Variable, Variable]
) -> bool:
    """In any group: those who are not analysed are compared with the others."""
    places = []
    for one in two:
        of = {level: place for place, block in enumerate(found[one.axis].partitions[0]) for level in block}
        table = np.array([*(of[level.id] for level in one.levels), -1])
        places.append(table[people.codes[one.axis]])
    both, k = np.stack(places), cohort.plan.threshold
    for group in people.people["group"].unique():
        cells, sizes = np.unique(both[:, people.of(str(group))], axis=1, return_counts=True)
        if (sizes[(cells >= 0).all(axis=0)] < k).any():
            return True
    return False
