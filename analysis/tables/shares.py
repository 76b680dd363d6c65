"""Proportions with their interval, overall and split by a variable: what a one-wave survey reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.people.cohort import Cohort
from analysis.people.counted import Key, Spread, key
from analysis.people.respondents import GROUP, INCLUDED, MISSING
from analysis.people.variable import Level, Variable
from analysis.plan.specification import TableSpec
from analysis.statistics import proportion_trend, wilson
from analysis.tables.cells import Cell, Count, Interval, Number, Text
from analysis.tables.counting import EVERYBODY, spread, wanted
from analysis.tables.effect import effect_cell, effect_column, effect_note
from analysis.tables.family import Family, ReportHeading
from analysis.tables.groups import contingency
from analysis.tables.table import Column, Table, TableRow, Test
from divan.sources.french import percent, typographic


def proportions(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a level (a yes/no variable: one row, the yes): n (%), Wilson's interval with continuity."""
    rows: list[TableRow] = []
    for variable in wanted(cohort, spec.variables, spec.wave):
        if variable.is_number:
            continue
        label = typographic(variable.label)
        if not variable.yes_no:
            rows.append(TableRow(variable.id, label, (Text(), Text()), "", "variable"))
        for level in _shown(variable):
            cells = _share(
                cohort.included[variable.wave][variable.id], variable, level, cohort.plan.confidence, EVERYBODY
            )
            name, role = (label, "single") if variable.yes_no else (typographic(level.label), "level")
            rows.append(TableRow(variable.id, name, cells, level.id, role))
    return [Table(spec.id, spec.title, "Réponse", _columns(cohort), tuple(rows), (_METHOD,), added=spec.added)]


def proportions_by(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One table a splitting variable: for each statement its share in each band, a test of difference, one of trend."""
    found = []
    for split in wanted(cohort, spec.by, spec.wave):
        rows: list[TableRow] = []
        tests: list[Test] = []
        for variable in wanted(cohort, spec.variables, spec.wave):
            if variable.is_number or variable.id == split.id:
                continue
            for level in _shown(variable):
                more, done = _split(spec, cohort, split, variable, level)
                rows += more
                tests += done
        columns = (*_columns(cohort), Column("p", "p de différence", "p"), effect_column(cohort))
        if split.ordered:
            slope = effect_column(cohort, "effect_trend")
            columns = (*columns, Column("p_trend", "p de tendance", "p_trend"),
                       replace(slope, label=slope.label.replace("Taille d'effet", "Pente")))  # fmt: skip
        name = spec.id if len(spec.by) == 1 else f"{spec.id}-{split.id}"
        notes = (_METHOD, *effect_note([one.result for one in tests]))
        title = f"{spec.title} : {typographic(split.label)}"
        found.append(Table(name, title, "Réponse", columns, tuple(rows), notes, tuple(_renamed(tests, name)),
                           added=spec.added))  # fmt: skip
    return found


_METHOD = "Intervalle de Wilson avec correction de continuité."


def _renamed(tests: list[Test], table: str) -> list[Test]:
    return [Test(table, one.row, one.wave, one.result, one.basis, one.added) for one in tests]


def _columns(cohort: Cohort) -> tuple[Column, ...]:
    return (Column("n", "n (%)", "count"), Column("interval", f"IC à {percent(cohort.plan.confidence, 0)}", "interval"))


def _shown(variable: Variable) -> Sequence[Level]:
    return variable.levels[:1] if variable.yes_no else variable.levels


def _share(
    answers: pd.Series, variable: Variable, level: Level, confidence: float, base: Key
) -> tuple[Count, Interval]:
    n, of = int((answers == level.id).sum()), int(answers.count())
    found = wilson(n, of, level=confidence)
    who, silent = base | {(variable.axis, level.id)}, base | {(variable.axis, MISSING)}
    return Count(n, of, who), Interval(found.ci_low, found.ci_high, 1, (who, base, silent), "percent")


def _split(
    spec: TableSpec, cohort: Cohort, split: Variable, variable: Variable, level: Level
) -> tuple[list[TableRow], list[Test]]:
    answers, by = (cohort.included[one.wave][one.id] for one in (variable, split))
    basis = (Spread(key((GROUP, INCLUDED)), (split.axis, variable.axis)), spread(variable))
    shares = [_share(answers[by == one.id], variable, level, cohort.plan.confidence, EVERYBODY | {(split.axis, one.id)})
              for one in split.levels]  # fmt: skip
    yes, all_of = [cell.n for cell, _ in shares], [cell.of or 0 for cell, _ in shares]
    name = next((one.test for one in spec.tests if one.test != "proportion_trend"), "auto")
    difference = contingency(cohort, [yes, [m - n for n, m in zip(yes, all_of, strict=True)]], name)
    tests = [Test(spec.id, variable.id, variable.wave, difference, basis)]
    heading: list[Cell] = [Number(difference.p_value, 3, basis, "p"), effect_cell(difference, basis)]
    if split.ordered:
        trend = proportion_trend(yes, all_of, level=cohort.plan.confidence)
        tests.append(Test(spec.id, variable.id, variable.wave, trend, basis))
        heading += [Number(trend.p_value, 3, basis, "p"), effect_cell(trend, basis)]
    blank = (Text(),) * len(heading)
    label = variable.label if variable.yes_no else f"{variable.label} : {level.label}"
    head = TableRow(variable.id, typographic(label), (Text(), Text(), *heading), "", "variable")
    return [head, *(TableRow(variable.id, typographic(one.label), (*share, *blank), one.id, "level")
                    for one, share in zip(split.levels, shares, strict=True))], tests  # fmt: skip


def one_a_split(raw: Mapping[str, Any], plan: Mapping[str, Any]) -> list[str]:
    """One table a splitting variable, when there are several."""
    split = raw.get("by", ())
    return [f"{raw['id']}-{name}" for name in split] if len(split) > 1 else [raw["id"]]


FAMILIES = (
    Family(
        "proportions",
        proportions,
        heading=ReportHeading.PROPORTIONS,
        keys=("variables",),
        counts_levels=True,
        strobe=("15", "16"),
    ),
    Family(
        "proportions_by",
        proportions_by,
        heading=ReportHeading.PROPORTIONS_BY,
        tests=frozenset({"auto", "chi_square", "fisher_exact", "proportion_trend"}),
        keys=("variables", "by"),
        counts_levels=True,
        strobe=("17",),
        ids=one_a_split,
    ),
)
