"""A variable: one column of answers, recoded as the plan says, in one wave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.plan.specification import Plan, VariableSpec
from surveys.model import Wave
from surveys.questionnaire import Item, ItemType

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a variable; ``score`` is what a composite adds; ``holds``: the levels that are told as this one."""

    id: str
    label: str
    score: float | None = None
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a wave: ``levels`` in the questionnaire's order, which need not begin at the lowest ``score``.

    A number has no level at all.
    """

    id: str
    wave: str
    label: str
    levels: tuple[Level, ...]
    yes_no: bool = False
    ordered: bool = False
    unit: str = ""

    @property
    def axis(self) -> str:
        """Its name among all variables of all waves: ``time@before``."""
        return axis(self.id, self.wave)

    def at_places(self, places: npt.NDArray[np.int_], index: pd.Index | None = None) -> pd.Series:
        """Answers from the places of their levels, -1 where one is missing."""
        return pd.Series(
            pd.Categorical.from_codes(places, pd.Index([level.id for level in self.levels], dtype=object)), index
        )

    def score(self, answers: pd.Series) -> pd.Series:
        """What each answer adds to a composite; NaN for one that is missing or has no score."""
        return self._looked_up(answers, [np.nan if level.score is None else level.score for level in self.levels])

    def rank(self, answers: pd.Series) -> pd.Series:
        """The score of each answer, or the place of its level when that has none; NaN for one that is missing."""
        scores = [place if level.score is None else level.score for place, level in enumerate(self.levels)]
        return self._looked_up(answers, scores)

    def places(self, answers: pd.Series) -> pd.Series:
        """The place of each answer's level, as a float; NaN for one that is missing."""
        return self._looked_up(answers, range(len(self.levels)))

    def _looked_up(self, answers: pd.Series, of_levels: Sequence[float]) -> pd.Series:
        if self.is_number:
            return answers
        return pd.Series(np.array([*of_levels, np.nan], float)[answers.cat.codes], answers.index)

    def level(self, name: str) -> Level | None:
        """The level of this id, or the one that it is told with; None when there is none."""
        return next((one for one in self.levels if name == one.id or name in one.holds), None)

    @property
    def is_number(self) -> bool:
        """True when answers are numbers, not levels."""
        return not self.levels


def axis(variable_id: str, wave: str) -> str:
    """The name of a variable's answers in a wave."""
    return f"{variable_id}@{wave}"


def variable_in(spec: VariableSpec, wave: Wave, cells: Iterable[str]) -> Variable | None:
    """The planned variable in this wave, or None when the wave does not ask it; ``cells`` are its raw answers."""
    item = next((one for one in wave.questionnaire.items if one.id == spec.item), None)
    if item is None:
        return None
    levels = _levels(spec, item, cells)
    number = not levels and not spec.combination
    unit = "jours" if spec.days_since else item.unit
    return Variable(spec.id, wave.id, spec.label, levels, yes_no=bool(spec.any_of),
                    ordered=spec.ordered or item.type is ItemType.LIKERT, unit=unit if number else "")  # fmt: skip


def likert_variables(plan: Plan, wave: Wave) -> tuple[Variable, ...]:
    """The composite's items that this wave asks."""
    asked = {item.id: item for item in wave.questionnaire.items}
    wanted = plan.composite.items if plan.composite else ()
    return tuple(Variable(name, wave.id, label, _scored(asked[name]), ordered=True)
                 for name, label in wanted if name in asked)  # fmt: skip


def recoded(spec: VariableSpec, item: Item, variable: Variable, given: pd.Series) -> pd.Series:
    """The answers ``given`` to the item, as the plan recodes them: ids of levels in their order, or numbers."""
    if not variable.is_number:
        return in_levels(variable, given, [_level_of(spec, item, cell) for cell in given.cat.categories])
    numbers = [np.nan if (value := number_in(cell)) is None else value for cell in given.cat.categories]
    return pd.Series(np.array([*numbers, np.nan], float)[given.cat.codes], given.index)


def in_levels(variable: Variable, given: pd.Series, levels: Iterable[str]) -> pd.Series:
    """The answers ``given``, whose distinct cells are these ``levels``; a cell that is none of them is missing."""
    index = {level.id: place for place, level in enumerate(variable.levels)}
    places = np.array([*(index.get(level, -1) for level in levels), -1])
    return variable.at_places(places[given.cat.codes], given.index)


def _level_of(spec: VariableSpec, item: Item, cell: str) -> str:
    if spec.any_of:
        return YES if set(cell.split(";")) & set(spec.any_of) else NO
    if spec.take == "first":
        cell = cell.split(";")[0]
    if spec.combination:
        return cell.replace(";", "+")
    if spec.merge:
        return next((one.id for one in spec.merge if cell in one.sources), "")
    if spec.bands:
        value = number_in(cell)
        found = (one.id for one in spec.bands if one.maximum is None or (value is not None and value <= one.maximum))
        return next(found, "") if value is not None else ""
    return cell


def number_in(cell: str) -> float | None:
    """The number that a cell keeps, or None."""
    try:
        return float(cell)
    except ValueError:
        return None


def _levels(spec: VariableSpec, item: Item, cells: Iterable[str]) -> tuple[Level, ...]:
    if spec.any_of:
        return Level(YES, "Oui"), Level(NO, "Non")
    if spec.combination:
        return _combinations(item, cells)
    recoded = [(one.id, one.label) for one in spec.merge] or [(one.id, one.label) for one in spec.bands]
    if recoded:
        return _in_order(spec, tuple(Level(*one) for one in recoded))
    return _in_order(spec, _scored(item))


def _scored(item: Item) -> tuple[Level, ...]:
    if item.type is ItemType.SCALE and item.minimum is not None and item.maximum is not None:
        return tuple(Level(str(n), str(n), n) for n in range(int(item.minimum), int(item.maximum) + 1))
    return tuple(Level(choice.id, choice.label, choice.score) for choice in item.choices if not choice.missing)


def _in_order(spec: VariableSpec, levels: tuple[Level, ...]) -> tuple[Level, ...]:
    return tuple(sorted(levels, key=lambda level: spec.order.index(level.id))) if spec.order else levels


def _combinations(item: Item, cells: Iterable[str]) -> tuple[Level, ...]:
    order = {choice.id: place for place, choice in enumerate(item.choices)}
    labels = {choice.id: choice.label for choice in item.choices}
    ticked = sorted({tuple(cell.split(";")) for cell in cells if cell}, key=lambda one: [order.get(c, 99) for c in one])
    return tuple(Level("+".join(one), " + ".join(labels.get(c, c) for c in one)) for one in ticked)
