"""The composite in two groups of people side by side, and how far apart: an endpoint that needs no pairing."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.people.cohort import Cohort
from analysis.people.counted import Basis
from analysis.people.variable import Level, Variable
from analysis.plan.specification import Composite, TableSpec
from analysis.statistics import Result, describe, mann_whitney, welch_t
from analysis.tables.cells import Cell, Interval, Number, Text
from analysis.tables.composite_change import MEASURES
from analysis.tables.counting import EVERYBODY, scored, wanted
from analysis.tables.effect import effect_cell, effect_note
from analysis.tables.family import Family, ReportHeading
from analysis.tables.group_rows import Split, given_levels
from analysis.tables.table import Column, Table, TableRow, Test
from divan.sources.french import percent, typographic

UNPAIRED = {"mann_whitney": ("Test de Mann-Whitney", mann_whitney), "welch_t": ("Test t de Welch", welch_t)}
METHOD = "Différence : la seconde colonne moins la première."


def score_difference(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a measure, in columns the two groups and their difference; none when one of them has nobody."""
    composite, wave = cohort.plan.composite, spec.wave or cohort.first
    by = next(iter(wanted(cohort, spec.by, wave)), None)
    if composite is None or by is None or by.is_number:
        return []
    split = Split(cohort, by, _compared(cohort, by, spec.between))
    if not split.two:
        return []
    values = split.scores(composite.id, wave)
    bases = [scored(wave, EVERYBODY | {(by.axis, one.id)}) for one in split.levels]
    basis = scored(wave, EVERYBODY, by.axis)
    tests = [_test(spec, cohort, wave, basis, name, values) for name in _planned(spec, cohort)]
    rows = [*_measures(cohort, composite, values, bases), *_apart(cohort, composite, values, basis)]
    rows += [row for test in tests for row in _test_rows(composite, test)]
    columns = (*(Column(f"{by.id}_{one.id}", typographic(one.label), "", wave, one.id) for one in split.levels),
               Column("difference", "Différence", "difference", wave))  # fmt: skip
    said = [f"{UNPAIRED[one.result.test][0]} : {one.result.undefined}." for one in tests if one.result.undefined]
    title, notes = (
        f"{spec.title} : {typographic(by.label)}",
        (METHOD, *said, *effect_note([one.result for one in tests])),
    )
    return [Table(spec.id, title, typographic(composite.label), columns, tuple(rows), notes, tuple(tests),
                  added=spec.added)]  # fmt: skip


def _compared(cohort: Cohort, by: Variable, between: Sequence[str]) -> tuple[Level, ...]:
    """The two levels named, else those that somebody gave."""
    if between:
        return tuple(dict.fromkeys(level for name in between if (level := by.level(name))))
    return given_levels(cohort, by)


def _planned(spec: TableSpec, cohort: Cohort) -> list[str]:
    """The primary test first, then those that the table asks for."""
    primary = cohort.plan.primary
    first = [primary.test] if primary is not None and primary.by in spec.by and primary.test in UNPAIRED else []
    return [*dict.fromkeys([*first, *(one.test for one in spec.tests)])] or ["mann_whitney"]


def _test(spec: TableSpec, cohort: Cohort, wave: str, basis: Basis, name: str, values: Sequence[pd.Series]) -> Test:
    result = UNPAIRED[name][1](values[1], values[0], level=cohort.plan.confidence)
    added = next((one.added for one in spec.tests if one.test == name), None)
    composite = cohort.plan.composite
    return Test(spec.id, composite.id if composite else "", wave, result, basis, added)


def _measures(
    cohort: Cohort, composite: Composite, values: Sequence[pd.Series], bases: Sequence[Basis]
) -> list[TableRow]:
    found = [describe(one, cohort.plan.quantile_type) for one in values]
    return [
        TableRow(composite.id, label, (*(Number(getattr(one, name), digits, basis)
                                         for one, basis in zip(found, bases, strict=True)), Text()), name)
        for name, label, digits in (("n", "Personnes", 0), *MEASURES)
    ]  # fmt: skip


def _apart(cohort: Cohort, composite: Composite, values: Sequence[pd.Series], basis: Basis) -> list[TableRow]:
    """The difference of means with Welch's interval, then Hodges and Lehmann's shift with its own."""
    level = cohort.plan.confidence
    said = f"Son intervalle de confiance ({percent(level, 0)})"
    rows = []
    for test, name, label in ((welch_t, "mean_difference", "Différence des moyennes"),
                              (mann_whitney, "hodges_lehmann", "Décalage médian (Hodges-Lehmann)")):  # fmt: skip
        found = test(values[1], values[0], level=level)
        bounds = Interval(found.ci_low, found.ci_high, 2, basis)
        rows += [_row(composite, label, name, Number(found.estimate, 2, basis)),
                 _row(composite, said, f"{name}_interval", bounds)]  # fmt: skip
    return rows


def _test_rows(composite: Composite, test: Test) -> list[TableRow]:
    """The p of a test, then the size of the effect with its interval."""
    result: Result = test.result
    name, label = result.test, UNPAIRED[result.test][0]
    rows = [_row(composite, f"{label}, p", f"p_{name}", Number(result.p_value, 3, test.basis, "p"))]
    size = effect_cell(result, test.basis)
    return rows if isinstance(size, Text) else [
        *rows, _row(composite, f"{label}, taille d'effet", f"effect_{name}", size)]  # fmt: skip


def _row(composite: Composite, label: str, name: str, cell: Cell) -> TableRow:
    return TableRow(composite.id, label, (Text(), Text(), cell), name)


FAMILIES = (
    Family("score_difference", score_difference, heading=ReportHeading.PRIMARY, tests=frozenset(UNPAIRED),
           keys=("by",), composite=True, between=True, strobe=("15", "16")),
)  # fmt: skip
