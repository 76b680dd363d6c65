"""The rows of one variable in groups side by side: n (%) or mean and quartiles, difference, p."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.people.cohort import Cohort
from analysis.people.counted import Basis, Spread
from analysis.people.respondents import GIVEN, MISSING
from analysis.people.variable import NO, YES, Level, Variable, axis
from analysis.statistics import (
    Result,
    describe,
    kruskal_wallis,
    levels_difference,
    mann_whitney,
    one_way_anova,
    proportion_difference,
    standardised_difference,
    welch_t,
)
from analysis.tables.cells import Cell, Count, Interval, Number, Text
from analysis.tables.counting import EVERYBODY, NOT_GIVEN, level_counts
from analysis.tables.groups import contingency
from analysis.tables.table import TableRow
from divan.sources.french import typographic

OF_LEVELS = frozenset({"auto", "chi_square", "fisher_exact"})
OF_NUMBERS: dict[str, Callable[..., Result]] = {"welch_t": welch_t, "mann_whitney": mann_whitney}
OF_MORE: dict[str, Callable[..., Result]] = {"one_way_anova": one_way_anova, "kruskal_wallis": kruskal_wallis}
MEASURES = (("mean", "Moyenne", 2), ("sd", "Écart-type", 2), ("q1", "Premier quartile", 1), ("median", "Médiane", 1),
            ("q3", "Troisième quartile", 1))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Split:
    """People shared out by the levels of ``by``; a difference is told when there are two."""

    cohort: Cohort
    by: Variable
    levels: tuple[Level, ...]

    @property
    def two(self) -> bool:
        """True when a difference makes sense."""
        return len(self.levels) == 2

    def answers(self, variable: Variable) -> list[pd.Series]:
        """The answers of each group to a variable."""
        by = self.cohort.included[self.by.wave][self.by.id]
        return [self.cohort.included[variable.wave].loc[by == one.id, variable.id] for one in self.levels]

    def scores(self, name: str, wave: str) -> list[pd.Series]:
        """The points of each group at a wave, for the composite or one of its items."""
        by, points = self.cohort.included[self.by.wave][self.by.id], self.cohort.scores(wave)[name]
        return [points[by == one.id] for one in self.levels]

    def basis(self, name: str) -> tuple[Spread, ...]:
        """The counts of an axis in each group."""
        return tuple(Spread(EVERYBODY | {(self.by.axis, one.id)}, (name,)) for one in self.levels)


def given_levels(cohort: Cohort, by: Variable) -> tuple[Level, ...]:
    """The levels that somebody gave, among those analysed."""
    given = {*cohort.included[by.wave][by.id].dropna()}
    return tuple(level for level in by.levels if level.id in given)


def rows_of(split: Split, variable: Variable, planned: Sequence[str]) -> tuple[list[TableRow], Result, Basis]:
    """The rows of a variable, its test, and what the test rests on."""
    return (_number if variable.is_number else _levels)(split, variable, planned)


def _levels(split: Split, variable: Variable, planned: Sequence[str]) -> tuple[list[TableRow], Result, Basis]:
    counts = [level_counts(answers) for answers in split.answers(variable)]
    test = next((one for one in planned if one in OF_LEVELS), "auto")
    result = contingency(split.cohort, [one[:-1] for one in counts], test)
    basis = split.basis(variable.axis)
    apart = levels_difference(counts[0][:-1], counts[1][:-1]) if split.two else None
    rows = [_head(split, variable, result, apart, basis)]
    for place, level in enumerate((*variable.levels, Level(MISSING, NOT_GIVEN))):
        silent = level.id == MISSING
        if (silent and not any(one[-1] for one in counts)) or (variable.yes_no and level.id == NO):
            continue
        cells = [Count(one[place], None if silent else sum(one[:-1]),
                       EVERYBODY | {(split.by.axis, group.id), (variable.axis, level.id)})
                 for one, group in zip(counts, split.levels, strict=True)]  # fmt: skip
        found = None
        if split.two and not silent:
            found = proportion_difference(counts[0][place], sum(counts[0][:-1]), counts[1][place], sum(counts[1][:-1]),
                                          level=split.cohort.plan.confidence)  # fmt: skip
        rows.append(_row(split, variable, level, cells, found, basis, "percent"))
    return rows, result, basis


def _number(split: Split, variable: Variable, planned: Sequence[str]) -> tuple[list[TableRow], Result, Basis]:
    given = axis(f"{variable.id}{GIVEN}", variable.wave)
    basis = split.basis(given)
    values = split.answers(variable)
    result, apart, change = _compared(split, values, planned)
    answered = [Count(describe(one).n, len(one), EVERYBODY | {(split.by.axis, group.id), (given, YES)})
                for one, group in zip(values, split.levels, strict=True)]  # fmt: skip
    rows = [_head(split, variable, result, apart, basis),
            _row(split, variable, Level("n", "Réponses"), answered, None, basis, "number")]  # fmt: skip
    found = [describe(one, split.cohort.plan.quantile_type) for one in values]
    for name, label, digits in MEASURES:
        cells = [Number(getattr(one, name), digits, basis[place : place + 1]) for place, one in enumerate(found)]
        rows.append(
            _row(split, variable, Level(name, label), cells, change if name == "mean" else None, basis, "number")
        )
    return rows, result, basis


def _compared(
    split: Split, values: list[pd.Series], planned: Sequence[str]
) -> tuple[Result, float | None, Result | None]:
    """The planned test, the standardised difference, the difference of means."""
    level = split.cohort.plan.confidence
    if not split.two:
        name = next((one for one in planned if one in OF_MORE), "one_way_anova")
        return OF_MORE[name](values), None, None
    name = next((one for one in planned if one in OF_NUMBERS), "welch_t")
    apart = standardised_difference(*values)
    return OF_NUMBERS[name](*values, level=level), apart, welch_t(*values, level=level)


def _head(split: Split, variable: Variable, result: Result, apart: float | None, basis: Basis) -> TableRow:
    unit = f" ({variable.unit})" if variable.unit else ""
    cells: list[Cell] = [Text()] * len(split.levels)
    cells += [Text(), Text(), Number(apart, 2, basis)] if split.two else []
    cells.append(Number(result.p_value, 3, basis, "p"))
    return TableRow(variable.id, typographic(variable.label) + unit, tuple(cells), "", "variable")


def _row(
    split: Split, variable: Variable, level: Level, cells: Sequence[Cell], found: Result | None, basis: Basis, form: str
) -> TableRow:
    beside: tuple[Cell, ...] = ()
    if split.two and found is not None:
        digits = 1 if form == "percent" else 2
        bounds = Interval(found.ci_low, found.ci_high, digits, basis, form)
        beside = (Number(found.estimate, digits, basis, form), bounds, Text())
    elif split.two:
        beside = (Text(), Text(), Text())
    return TableRow(variable.id, typographic(level.label), (*cells, *beside, Text()), level.id, "level")
