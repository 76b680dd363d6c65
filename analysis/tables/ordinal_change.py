"""How many moved down, stayed, moved up, on an ordered question asked twice."""

from __future__ import annotations

from analysis.people.cohort import Cohort
from analysis.people.respondents import CHANGE
from analysis.plan.specification import TableSpec
from analysis.tables.cells import Text
from analysis.tables.counting import level_cells
from analysis.tables.family import Family, ReportHeading
from analysis.tables.paired_waves import pair_basis, paired_levels
from analysis.tables.table import Column, Table, TableRow, Test
from divan.sources.french import typographic


def ordinal_change(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a direction for each variable; the levels' order is the plan's."""
    pair = cohort.study.pair
    rows: list[TableRow] = []
    tests: list[Test] = []
    if not cohort.paired:
        return []
    for name in spec.variables:
        asked, moved = cohort.variable(name, *pair), cohort.variable(name, CHANGE)
        if asked is None or moved is None:
            continue
        rows.append(TableRow(name, typographic(asked.label), (Text(),), "", "variable"))
        rows += [TableRow(name, level.label, (cell,), level.id, "level")
                 for level, cell in zip(moved.levels, level_cells(cohort, moved), strict=False)]  # fmt: skip
        two = [one for wave in pair if (one := cohort.variable(name, wave))]
        tests += [Test(spec.id, name, None, paired_levels(cohort, one.test, *two),
                       pair_basis(cohort, one.test, *two), one.added) for one in spec.tests]  # fmt: skip
    columns = (Column("n", "n (%)", "count"),)
    return [Table(spec.id, spec.title, "Changement", columns, tuple(rows), (), tuple(tests), added=spec.added)]


FAMILIES = (
    Family("ordinal_change", ordinal_change, heading=ReportHeading.HABITS, keys=("variables",), pairs=True, moves=True,
           tests=frozenset({"sign", "marginal_homogeneity"})),
)  # fmt: skip
