"""The score of the people of an answer, beside the questions that make it, crossed with that answer and merged more.

There, a question may be told by larger blocks than everybody's. The sum of the score in the group, less those of the
other questions, is then the sum of that question. Where it does not leave each level of the blocks open (``sums``), the
score comes first: these questions are not crossed with that answer; the score is not either if that is not enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from analysis.disclosure.asked_questions import AskedQuestion
from analysis.disclosure.crossings import Crossing, Steps, crossing, finest
from analysis.disclosure.silences import is_change, is_silence
from analysis.disclosure.sums import Share, sum_is_open
from analysis.people.counted import Key, Spread
from analysis.people.respondents import INCLUDED, PRESENCE, Mask, Respondents
from analysis.people.variable import axis
from analysis.plan.specification import Plan

Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Found:
    """Of an answer and a wave: the questions that are not crossed, and whether the score would tell nevertheless."""

    refused: frozenset[str]
    tells: bool


class ScoreGroups:
    """Whether the score of groups says what merged answers to its questions are; ``exact``: it is no sum of blocks."""

    def __init__(self, people: Respondents, questions: Mapping[str, AskedQuestion], plan: Plan, *, exact: bool) -> None:
        self.people, self.questions, self.plan, self.exact = people, questions, plan, exact
        self._known: dict[tuple[str, str], _Found] = {}

    def tell(self, one: Spread | Key) -> bool:
        """True when the sum of the score of these people would, beside the questions that are told there."""
        named = crossing(one).axes
        waves = [name.partition("@")[2] for name in named if name.startswith(f"{PRESENCE}@")]
        return any(self._found(by, wave).tells for wave in waves for by in named if _is_answer(by))

    def refuses(self, one: Crossing) -> bool:
        """Whether a question of the score is not crossed so, lest the score of these groups tell it."""
        return any(item in self._found(by, item.partition("@")[2]).refused
                   for item in one.axes for by in one.axes
                   if item in self._items and by != item and by in self.questions and _is_answer(by))  # fmt: skip

    @cached_property
    def _items(self) -> frozenset[str]:
        """The axes of the questions of the score, in all waves."""
        asked = self.plan.composite.items if self.plan.composite else ()
        return frozenset(name for name in self.questions for item, _ in asked if name.partition("@")[0] == item)

    def _found(self, by: str, wave: str) -> _Found:
        if (by, wave) not in self._known:
            items = [axis(item, wave) for item, _ in self.plan.composite.items] if self.plan.composite else []
            crossed = {item: self._steps(item, by) for item in items}
            merged = frozenset(item for item, steps in crossed.items() if steps and self._step(item, steps))
            tells = self._closed(by, crossed)
            refused = merged if tells else frozenset()
            if refused:
                tells = self._closed(by, crossed | dict.fromkeys(refused))
            self._known[by, wave] = _Found(refused, tells)
        return self._known[by, wave]

    def _closed(self, by: str, crossed: Mapping[str, Steps | None]) -> bool:
        return any(not sum_is_open(shares, total, self.plan.threshold) for shares, total in self._sums(by, crossed))

    def _sums(self, by: str, crossed: Mapping[str, Steps | None]) -> Iterator[tuple[list[Share], float]]:
        """Of each group as it is told, the blocks of every question, and the sum of the score, in half points."""
        groups = self.questions[by].partitions
        place = max((steps.get(self.questions[by].axes[0], 0) for steps in crossed.values() if steps), default=0)
        for block in groups[place] if groups else ():
            kept = self.people.of(INCLUDED) & np.isin(self.people.codes[by], self._places(by, block))
            shares = [share for item, steps in crossed.items() for share in self._shares(item, steps, kept)]
            yield shares, sum(float(self._points(item)[self.people.codes[item][kept]].sum()) for item in crossed)

    def _step(self, item: str, steps: Steps) -> int:
        return steps.get(self.questions[item].axes[0], 0)

    def _steps(self, item: str, by: str) -> Steps | None:
        return finest(Crossing(INCLUDED, tuple(sorted((item, by)))), self.people, self.questions, self.plan.threshold)

    def _shares(self, item: str, steps: Steps | None, kept: Mask) -> Iterator[Share]:
        """The blocks of a question in the group: one, when it is not crossed."""
        question, points = self.questions[item], self._points(item)
        levels = tuple(level.id for level in self.people.variables[item].levels)
        blocks = (levels,) if steps is None else question.partitions[self._step(item, steps)]
        for block in blocks:
            places = self._places(item, block)
            yield sorted({*points[places]}), int(np.isin(self.people.codes[item][kept], places).sum())

    def _places(self, name: str, block: Sequence[str]) -> list[int]:
        return [place for place, level in enumerate(self.people.variables[name].levels) if level.id in block]

    def _points(self, item: str) -> Points:
        """What each level adds to the score as it is told, in half points; nothing for a silence."""
        scores = np.array([2 * (level.score or 0.0) for level in self.people.variables[item].levels])
        for block in () if self.exact else next(iter(self.questions[item].partitions), ()):
            places = self._places(item, block)
            scores[places] = (scores[places].min() + scores[places].max()) / 2
        return np.append(scores, 0.0)


def _is_answer(name: str) -> bool:
    """True for an axis that tells what somebody answered at a wave."""
    return not is_silence(name) and not is_change(name)
