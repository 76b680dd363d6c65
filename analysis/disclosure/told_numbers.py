"""The numbers that a table describes: answers that are numbers, the score of a wave, its change between two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.disclosure.asked_questions import AskedQuestion
from analysis.disclosure.crossings import crossing
from analysis.disclosure.filled_people import asked_together
from analysis.disclosure.other_people import KnownSum, Numbers
from analysis.disclosure.score_ways import score_ways
from analysis.disclosure.silences import is_silence
from analysis.disclosure.spreads import Described, Kinds, spreads_told
from analysis.people.counted import Key, Spread
from analysis.people.respondents import GIVEN, GROUP, INCLUDED, PRESENCE, Mask, Respondents
from analysis.plan.specification import Plan

Name = tuple[str, tuple[str, ...]]
"""A number, in its wave; of two, how much it moved from the first to the last."""
WIDEST = 200


class ToldNumbers:
    """Whether the figures of a number say how many gave each value, beside the other ways in which it is told."""

    def __init__(self, people: Respondents, questions: Mapping[str, AskedQuestion], plan: Plan) -> None:
        self.people, self.questions, self.plan = people, questions, plan
        self._numbers = [axes for axes in asked_together(people, plan) if any(map(is_silence, axes))]
        self._known: dict[tuple[Name, bytes], Sequence[bool]] = {}

    def of(self, one: Spread | Key) -> Iterator[Name]:
        """The numbers that a figure which rests on ``one`` describes."""
        waves = []
        for name in crossing(one).axes:
            said, _, wave = name.partition("@")
            if said.endswith(GIVEN):
                yield said.removesuffix(GIVEN), (wave,)
            elif said == PRESENCE:
                waves.append(wave)
        score = self.plan.composite.id if self.plan.composite else ""
        for wave in waves if score else ():
            yield score, (wave,)
        if score and len(waves) > 1:
            yield score, (waves[0], waves[-1])

    def is_of_itself(self, one: Spread | Key) -> bool:
        """Whether a number is described in groups that it makes: their sums and ranks cut it more finely than told."""
        return any(len({*crossing(one).axes} & {*together}) > 1 for together in self._numbers)

    def spread_is_open(self, people: Respondents, name: Name, one: Spread | Key, kept: Mask) -> bool:
        """Whether a mean, an SD and quartiles of those ``kept`` leave open how many of them gave each value.

        In a part of those analysed: beside the other parts and the whole, whose spread is told too wherever it may be.
        """
        has = np.asarray(_values(people, name).notna())
        kept, whole = kept & has, people.of(INCLUDED) & has
        if not kept.any() or np.array_equal(kept, whole) or (kept & ~whole).any():
            return self._spread_is_open(people, name, (kept,), 0)
        among = one.among if isinstance(one, Spread) else one
        cuts = [people.codes[axis] for axis, _ in sorted(among) if axis != GROUP and not is_silence(axis)]
        _, group = np.unique(np.stack([~kept, *cuts])[:, whole], axis=1, return_inverse=True)
        parts = []
        for place in np.argsort(-np.bincount(group), kind="stable"):
            part = whole.copy()
            part[whole] = group == place
            parts.append(part)
        own = next(place for place, part in enumerate(parts) if np.array_equal(part, kept))
        return self._spread_is_open(people, name, tuple(parts), own)

    def _spread_is_open(self, people: Respondents, name: Name, parts: tuple[Mask, ...], own: int) -> bool:
        """Whether that of one of these parts of a whole, the larger first, is told."""
        known = (name, b"".join(part.tobytes() for part in parts))
        if known not in self._known:
            groups = [self._described(people, name, part) for part in parts]
            whole = np.any(parts, axis=0)
            beside = None
            if len(parts) > 1:
                spread = self._spread_is_open(people, name, (whole,), 0)
                beside = replace(self._described(people, name, whole), spread=spread)
            self._known[known] = spreads_told(groups, beside, self.plan.threshold)
        return self._known[known][own]

    def _described(self, people: Respondents, name: Name, kept: Mask) -> Described:
        given = _values(people, name)[kept]
        return Described(given.to_numpy(float), self._kinds(people, name, given))

    def _kinds(self, people: Respondents, name: Name, given: pd.Series) -> Kinds:
        """The values that somebody may have given, or the ways of answering the questions of a score."""
        everybody = _values(people, name)
        domain = _domain(everybody.dropna().to_numpy(float))
        if len(name[1]) > 1 or not len(given):
            return Kinds(domain)
        if self.plan.composite and name[0] == self.plan.composite.id:
            whole = len(given) == everybody[people.of(INCLUDED)].count()
            ways = score_ways(self.people, self.questions, self.plan.composite, name[1][0], given, whole=whole)
            return ways or Kinds(domain)
        return Kinds(domain, [*self._cuts(everybody, given, domain, name)])

    def _cuts(self, everybody: pd.Series, given: pd.Series, domain: Numbers, name: Name) -> Iterator[KnownSum]:
        """How many gave a value of each block, in the finest told partition of each recoding of the number."""
        own = f"{name[0]}{GIVEN}@{name[1][0]}"
        for one in [one for axes in self._numbers if own in axes for one in axes if self.questions[one].partitions]:
            place = {level: n for n, block in enumerate(self.questions[one].partitions[0]) for level in block}
            of = np.array([*(place[level.id] for level in self.people.variables[one].levels), -1])
            blocks = pd.Series(of[self.people.codes[one]], everybody.index).groupby(everybody).first()
            cut = blocks.reindex(domain, method="ffill").to_numpy(int)
            for block in np.unique(cut):
                n = float(np.isin(given.to_numpy(float), domain[cut == block]).sum())
                yield KnownSum((cut == block).astype(float), n, n)


def _values(people: Respondents, name: Name) -> pd.Series:
    number, waves = name
    first, last = people.answers[waves[0]][number], people.answers[waves[-1]][number]
    return last - first if len(waves) > 1 else first


def _domain(values: Numbers) -> Numbers:
    """Each value that somebody may have given; those given, where they are too far apart."""
    step = 1.0 if np.array_equal(values, np.round(values)) else 0.5
    if not len(values) or np.ptp(values) > WIDEST or not np.array_equal(values * 2, np.round(values * 2)):
        return np.unique(values)
    return np.arange(values.min(), values.max() + step / 2, step)
