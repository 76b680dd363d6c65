"""From which level to which: each item's answers at one wave crossed with its answers at another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.people.cohort import Cohort
from analysis.people.counted import Spread, key
from analysis.people.respondents import CHANGE, DIRECTIONS
from analysis.people.variable import Variable
from analysis.plan.specification import TableSpec
from analysis.statistics import marginal_homogeneity
from analysis.tables.cells import Count
from analysis.tables.counting import EVERYBODY, crossed, level_cells, wave_label
from analysis.tables.family import Family, ReportHeading
from analysis.tables.table import Column, Table, TableRow, Test
from divan.sources.french import typographic, within


def transitions(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One table an item: rows are levels at the earlier wave, columns levels at the later one."""
    composite, pair = cohort.plan.composite, spec.waves or cohort.study.pair
    if composite is None or not pair or not {*pair} <= {one.id for one in cohort.answered}:
        return []
    sides = [[cohort.variable(item, wave) for wave in pair] for item, _ in composite.items]
    return [_table(spec, cohort, before, after) for before, after in sides if before and after]


def exchanged(cohort: Cohort, before: Variable, after: Variable) -> tuple[list[TableRow], list[Column]]:
    """One row a level of ``before``, one column a level of ``after``: how many of those analysed gave both."""
    counts = crossed(cohort.included[before.wave][before.id], cohort.included[after.wave][after.id])
    rows = [
        TableRow(before.id, typographic(x.label), tuple(
            Count(int(n), None, EVERYBODY | key((before.axis, x.id), (after.axis, y.id)))
            for n, y in zip(line, after.levels, strict=True)), x.id, "level")
        for line, x in zip(counts.to_numpy(), before.levels, strict=True)
    ]  # fmt: skip
    return rows, [Column(level.id, typographic(level.label), "count") for level in after.levels]


def which_waves(cohort: Cohort, before: Variable, after: Variable) -> str:
    """« Avant ↓, après → », at the head of the rows."""
    return f"{wave_label(cohort, before.wave)} ↓, {within(wave_label(cohort, after.wave))} →"


def _table(spec: TableSpec, cohort: Cohort, before: Variable, after: Variable) -> Table:
    name, pair = before.id, (before.wave, after.wave)
    head = which_waves(cohort, before, after)
    rows, columns = exchanged(cohort, before, after)
    if cohort.merged and pair == cohort.study.pair:
        head, rows, columns = "Changement", _ways(cohort, name), [Column("n", "n (%)", "count")]
    counts = crossed(*(cohort.included[wave][name] for wave in pair))
    moved = (Spread(EVERYBODY, (before.axis, after.axis)),)
    result = marginal_homogeneity(counts, level=cohort.plan.confidence)
    tests = tuple(Test(f"{spec.id}-{name}", name, None, result, moved, one.added) for one in spec.tests)
    return Table(f"{spec.id}-{name}", f"{spec.title} : {typographic(before.label)}", head,
                 tuple(columns), tuple(rows), (), tests, added=spec.added)  # fmt: skip


def _ways(cohort: Cohort, name: str) -> list[TableRow]:
    """To everybody, only which way they went: a cross of both answers has too many small cells."""
    moved = cohort.variable(name, CHANGE)
    cells = level_cells(cohort, moved) if moved else []
    return [TableRow(name, way.label, (cell,), way.id, "level") for way, cell in zip(DIRECTIONS, cells, strict=False)]


def _ids(raw: Mapping[str, Any], plan: Mapping[str, Any]) -> list[str]:
    """One table an item of the composite."""
    items = plan["composite"]["items"] if "composite" in plan else ()
    return [f"{raw['id']}-{item['id']}" for item in items] or [raw["id"]]


FAMILIES = (
    Family("transitions", transitions, heading=ReportHeading.TRANSITIONS, tests=frozenset({"marginal_homogeneity"}),
           composite=True, pairs=True, any_two=True, strobe=("17",), ids=_ids),
)  # fmt: skip
