"""From which level to which: each item's answers at one wave crossed with its answers at another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from analysis.people.cohort import Cohort
from analysis.people.counted import Spread, key
from analysis.people.respondents import INCLUDED
from analysis.people.variable import Variable, axis
from analysis.plan.specification import TableSpec
from analysis.statistics import marginal_homogeneity
from analysis.tables.composite_change import basis_of
from analysis.tables.counting import EVERYBODY, wave_label
from analysis.tables.family import Family, ReportHeading
from analysis.tables.table import Column, Count, Table, TableRow, Test
from divan.sources.french import typographic


def transitions(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One table an item: rows are levels at the earlier wave, columns levels at the later one."""
    composite, pair = cohort.plan.composite, spec.waves or cohort.study.pair
    if composite is None or not pair or not {*pair} <= {one.id for one in cohort.answered}:
        return []
    return [_table(spec, cohort, item, *(cohort.respondents.variables[axis(item, wave)] for wave in pair))
            for item, _ in composite.items]  # fmt: skip


def _table(spec: TableSpec, cohort: Cohort, item: str, before: Variable, after: Variable) -> Table:
    kept = cohort.respondents.of(INCLUDED)
    first, second = (cohort.respondents.codes[one.axis][kept] for one in (before, after))
    counts = np.zeros((len(before.levels), len(after.levels)), int)
    both = (first >= 0) & (second >= 0)
    np.add.at(counts, (first[both], second[both]), 1)
    rows = tuple(
        TableRow(item, typographic(x.label), tuple(
            Count(int(counts[a, b]), None, EVERYBODY | key((before.axis, x.id), (after.axis, y.id)))
            for b, y in enumerate(after.levels)), x.id, "level")
        for a, x in enumerate(before.levels)
    )  # fmt: skip
    columns = tuple(Column(level.id, typographic(level.label), "count") for level in after.levels)
    pair = (before.wave, after.wave)
    basis = (Spread(EVERYBODY, (before.axis, after.axis)),) if pair != cohort.study.pair else basis_of(item, pair)
    tests = tuple(Test(f"{spec.id}-{item}", item, None, marginal_homogeneity(counts), basis, one.added)
                  for one in spec.tests)  # fmt: skip
    head = f"{wave_label(cohort, before.wave)} ↓, {wave_label(cohort, after.wave).lower()} →"
    return Table(f"{spec.id}-{item}", f"{spec.title} : {typographic(before.label)}", head, columns, rows, (), tests,
                 added=spec.added)  # fmt: skip


def _ids(raw: Mapping[str, Any], plan: Mapping[str, Any]) -> list[str]:
    """One table an item of the composite."""
    items = plan["composite"]["items"] if "composite" in plan else ()
    return [f"{raw['id']}-{item['id']}" for item in items] or [raw["id"]]


FAMILIES = (
    Family(
        "transitions",
        transitions,
        heading=ReportHeading.TRANSITIONS,
        tests=frozenset({"marginal_homogeneity"}),
        composite=True,
        pairs=True,
        any_two=True,
        strobe=("17",),
        ids=_ids,
    ),
)
