"""The answers of a study as they are told: of each question, whatever the table, then table by table."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.disclosure.asked_questions import AskedQuestion, asked_questions, counted
from analysis.disclosure.crossings import Crossing, finest
from analysis.disclosure.filled_people import filled_people
from analysis.disclosure.score_groups import ScoreGroups
from analysis.disclosure.silences import few_silences, told_silences, untold
from analysis.disclosure.sums import Share, sum_is_open
from analysis.disclosure.told_numbers import ToldNumbers
from analysis.disclosure.told_people import told_people
from analysis.people.cohort import Cohort
from analysis.people.respondents import CHANGE, INCLUDED, MOVED, PRESENCE, SCORED, Respondents
from analysis.people.variable import axis
from analysis.plan.specification import Composite

OBSERVED = 1
"""The type of quantile that is always somebody's answer: one between two answers tells how many stand below it."""


@dataclass(frozen=True, eq=False)
class Cut:
    """How a table tells each question: ``people`` as it counts them, and the crossings that it may not tell.

    ``steps``: how far in its sequence each question is; ``filled``: by axis, of how many people of the table.
    """

    steps: tuple[tuple[str, int], ...]
    refused: frozenset[Crossing]
    filled: Mapping[str, int]
    people: Respondents


class ToldAnswers:
    """A population, those who answered all of the score apart, and the cuts of its questions."""

    def __init__(self, cohort: Cohort, population: str) -> None:
        self.exact, self.k, self.population = cohort, cohort.plan.threshold, population
        people = cohort.population(population) if population else _complete(cohort)
        few = few_silences(people, self.k)
        self.few = few
        crossed, alone = (filled_people(people, who, cohort.study, cohort.plan)
                          for who in (few, untold(people, few, self.k)))  # fmt: skip
        # a change crosses two waves
        changes = {kind: crossed.answers[kind] for kind in (CHANGE, MOVED) if kind in crossed.answers}
        alone = replace(alone, answers={**alone.answers, **changes}, variables=crossed.variables)
        self.questions = asked_questions(cohort, alone)
        self.people, self.crossed = (alone, crossed)
        self.exact_score = False
        if not population and cohort.plan.composite is not None:
            self.people, self.crossed = self._with_score(cohort.plan.composite)
        self.numbers = ToldNumbers(self.crossed, self.questions, cohort.plan)
        self.score_groups = ScoreGroups(self.crossed, self.questions, cohort.plan, exact=self.exact_score)
        self._made: dict[tuple[tuple[str, int], ...], Respondents] = {}

    def cohort(self, cut: Cut) -> Cohort:
        """The study with the answers as they are told."""
        told = replace(self.exact, plan=replace(self.exact.plan, quantile_type=OBSERVED), merged=True)
        return replace(told, members=cut.people) if self.population else replace(told, respondents=cut.people)

    def cut_for(self, crossings: Collection[Crossing]) -> Cut:
        """The finest cut under which every crossing that can be told is."""
        steps: dict[str, int] = {}
        refused: set[Crossing] = set()
        filled: dict[str, set[int]] = {}
        for one in crossings:
            found = finest(one, self.people if one.alone else self.crossed, self.questions, self.k)
            for name, who in () if one.alone else told_silences(self.crossed, self.few, one.group, self.k):
                if name in one.axes:
                    filled.setdefault(name, set()).update(who)
            if found is None or self.score_groups.refuses(one):
                refused.add(one)
            else:
                steps |= {name: max(step, steps.get(name, 0)) for name, step in found.items()}
        key = (*sorted(steps.items()), *([("", 0)] if not all(one.alone for one in crossings) else []))
        if key not in self._made:
            told = {name: one.partitions[steps.get(one.axes[0], 0)] if one.partitions else None
                    for name, one in self.questions.items()}  # fmt: skip
            self._made[key] = told_people(self.crossed if ("", 0) in key else self.people, told)
        counts = {name: len(who) for name, who in filled.items() if who}
        return Cut(key, frozenset(refused), counts, self._made[key])

    def _with_score(self, composite: Composite) -> tuple[Respondents, Respondents]:
        """Those of margins, those of crosses: with the score, and the means of its questions, as they may be told."""
        items, waves = [item for item, _ in composite.items], self.exact.scored_waves
        both = self.people, self.crossed
        sums = [_Sums(people, self.questions, items, waves, self.k) for people in both]
        each, whole = all(one.each for one in sums), all(one.whole for one in sums)
        self.exact_score = whole
        if not whole:
            # the sum of the score would tell a merged level: the score too is that of the levels as they are told
            gone = {axis(composite.id, CHANGE), axis(composite.id, MOVED)}
            self.questions = {name: replace(one, partitions=()) if name in gone else one
                              for name, one in self.questions.items()}  # fmt: skip
        first, second = (one.told(composite.id, each=each, whole=whole) for one in sums)
        return first, second


@dataclass(frozen=True, eq=False)
class _Sums:
    """What the answers to the questions of a score add up to, among some people, and as they are told."""

    people: Respondents
    questions: Mapping[str, AskedQuestion]
    items: Sequence[str]
    waves: Sequence[str]
    k: int

    @property
    def each(self) -> bool:
        """Whether the sum of each question tells nothing."""
        return all(sum_is_open(self._shares(item, wave), float(self._points[wave][item].sum()), self.k)
                   for wave in self.waves for item in self.items)  # fmt: skip

    @property
    def whole(self) -> bool:
        """Whether that of the score does not."""
        return all(sum_is_open([one for item in self.items for one in self._shares(item, wave)],
                               float(self._points[wave].sum().sum()), self.k) for wave in self.waves)  # fmt: skip

    def told(self, score: str, *, each: bool, whole: bool) -> Respondents:
        """The people with exact means where ``each`` tells nothing, and an exact score where the ``whole`` does not."""
        people, merged = self.people, self._merged
        kept = people.of(INCLUDED)
        means = {wave: (self._points[wave] if each else merged[wave][kept]).mean() for wave in self.waves}
        if whole:
            return replace(people, means=means)
        answers, frame = dict(people.answers), people.people.copy()
        for wave in self.waves:
            total = merged[wave].sum(axis=1, skipna=False)
            answers[wave] = answers[wave].assign(**{score: total})
            frame[f"{score}_{wave}"] = total
        return replace(people, people=frame, answers=answers, means=means)

    @cached_property
    def _points(self) -> Mapping[str, pd.DataFrame]:
        kept = self.people.of(INCLUDED)
        return {wave: _points(self.people, self.items, wave)[kept] for wave in self.waves}

    @cached_property
    def _merged(self) -> Mapping[str, pd.DataFrame]:
        first = {name: next(iter(one.partitions), None) for name, one in self.questions.items()}
        told = told_people(self.people, first)
        return {wave: _points(told, self.items, wave) for wave in self.waves}

    def _shares(self, item: str, wave: str) -> list[Share]:
        """The blocks of a question, by the scores of their levels and how many chose them."""
        variable = self.people.variables[axis(item, wave)]
        scores = {level.id: level.score or 0 for level in variable.levels}
        blocks = next(iter(self.questions[variable.axis].partitions), (tuple(scores),))
        return [([scores[one] for one in block], counted(self.people, variable, block)) for block in blocks]


def _points(people: Respondents, items: Sequence[str], wave: str) -> pd.DataFrame:
    """What each answer adds to the score."""
    found = {item: people.variables[axis(item, wave)].score(people.answers[wave][item]) for item in items}
    return pd.DataFrame(found, index=people.people.index)


def _complete(cohort: Cohort) -> Respondents:
    """The people, the questions of the score described in those who answered all of them."""
    people, composite = cohort.respondents, cohort.plan.composite
    if composite is None:
        return people
    items = [item for item, _ in composite.items]
    answers: dict[str, pd.DataFrame] = dict(people.answers)
    for wave in cohort.study.waves:
        frame = answers[wave.id]
        if PRESENCE in frame:
            partial = np.asarray(frame[PRESENCE] != SCORED)
            answers[wave.id] = frame.assign(**{item: frame[item].mask(partial) for item in items})
    return replace(people, answers=answers)
