"""How many moved down, stayed, moved up, on an ordered question asked twice."""

from __future__ import annotations

import numpy as np

from analysis.people.cohort import Cohort
from analysis.people.respondents import CHANGE, INCLUDED
from analysis.people.variable import Variable, axis
from analysis.plan.specification import TableSpec
from analysis.statistics import Result, marginal_homogeneity, sign_test
from analysis.tables.composite_change import basis_of
from analysis.tables.counting import level_cells
from analysis.tables.family import Family, ReportHeading
from analysis.tables.table import Column, Table, TableRow, Test, Text
from divan.sources.french import typographic


def ordinal_change(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a direction for each variable; the levels' order is the plan's."""
    rule = cohort.study.pairing
    if rule is None or not cohort.paired:
        return []
    rows: list[TableRow] = []
    tests: list[Test] = []
    for name in spec.variables:
        pair = [cohort.respondents.variables.get(axis(name, wave)) for wave in (rule.before, rule.after)]
        change = cohort.respondents.variables.get(axis(name, CHANGE))
        if pair[0] is None or pair[1] is None or change is None:
            continue
        cells = level_cells(cohort.respondents, change, INCLUDED)
        rows.append(TableRow(name, typographic(pair[0].label), (Text(),), "", "variable"))
        rows += [TableRow(name, level.label, (cell,), level.id, "level")
                 for level, cell in zip(change.levels, cells, strict=False)]  # fmt: skip
        tests += [Test(spec.id, name, None, _result(cohort, one.test, pair[0], pair[1]),
                       basis_of(name, (rule.before, rule.after)), one.added) for one in spec.tests]  # fmt: skip
    columns = (Column("n", "n (%)", "count"),)
    return [Table(spec.id, spec.title, "Changement", columns, tuple(rows), (), tuple(tests),
                  added=spec.added)]  # fmt: skip


def _result(cohort: Cohort, test: str, before: Variable, after: Variable) -> Result:
    kept = cohort.respondents.of(INCLUDED)
    first, second = (cohort.respondents.codes[one.axis][kept] for one in (before, after))
    if test == "sign":
        return sign_test(np.where(first < 0, np.nan, first), np.where(second < 0, np.nan, second),
                         level=cohort.plan.confidence)  # fmt: skip
    both = (first >= 0) & (second >= 0)
    counts = np.zeros((len(before.levels), len(after.levels)))
    np.add.at(counts, (first[both], second[both]), 1)
    return marginal_homogeneity(counts)


FAMILIES = (
    Family(
        "ordinal_change",
        ordinal_change,
        heading=ReportHeading.HABITS,
        tests=frozenset({"sign", "marginal_homogeneity"}),
        keys=("variables",),
        pairs=True,
        moves=True,
    ),
)
