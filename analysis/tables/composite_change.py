"""The composite score before, after, and its change: means, quartiles, direction, and every test planned on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd

from analysis.people.cohort import Cohort
from analysis.people.counted import Basis, Spread
from analysis.people.respondents import CHANGE, DIRECTIONS
from analysis.people.variable import axis
from analysis.plan.specification import Composite, TableSpec
from analysis.statistics import Descriptives, Result, describe, paired_t, shapiro_wilk, sign_test, signed_rank
from analysis.tables.cells import Cell, Interval, Number, Text
from analysis.tables.counting import EVERYBODY, both_scored, level_cells, wave_label
from analysis.tables.effect import effect_cell, effect_note
from analysis.tables.family import Family, ReportHeading
from analysis.tables.table import Column, Table, TableRow, Test
from divan.sources.french import percent

MEASURES = (("mean", "Moyenne", 2), ("sd", "Écart-type", 2), ("q1", "Premier quartile", 1), ("median", "Médiane", 1),
            ("q3", "Troisième quartile", 1))  # fmt: skip
PAIRED: dict[str, tuple[str, Callable[..., Result]]] = {
    "sign": ("Test des signes", sign_test),
    "signed_rank": ("Test des rangs signés de Wilcoxon", signed_rank),
    "paired_t": ("Test t apparié", paired_t),
}


def composite_change(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a measure, in columns before, after and change."""
    composite, rule = cohort.plan.composite, cohort.study.pairing
    if composite is None or rule is None or not cohort.paired:
        return []
    before, after = (cohort.included[wave][composite.id] for wave in cohort.study.pair)
    change = after - before
    three = [describe(values, cohort.plan.quantile_type) for values in (before, after, change)]
    columns = (
        Column("before", wave_label(cohort, rule.before), "", rule.before),
        Column("after", wave_label(cohort, rule.after), "", rule.after),
        Column("change", "Changement", ""),
    )
    tests = list(_tests(spec, cohort, composite, before, after))
    rows = [*_measures(composite, three, both_scored(cohort)), _mean_interval(cohort, composite, before, after),
            *_directions(cohort, composite), *_estimates(composite, tests)]  # fmt: skip
    for test in tests:
        if test.result.test in PAIRED:
            rows += _test_rows(composite, test)
    return [Table(spec.id, spec.title, composite.label, columns, tuple(rows), _notes(cohort, tests), tuple(tests),
                  added=spec.added)]  # fmt: skip


def _measures(composite: Composite, three: list[Descriptives], basis: Basis) -> list[TableRow]:
    return [
        TableRow(composite.id, label, tuple(Number(getattr(one, name), digits, basis) for one in three), name, "single")
        for name, label, digits in (("n", "Personnes", 0), *MEASURES)
    ]


def _directions(cohort: Cohort, composite: Composite) -> list[TableRow]:
    moved = cohort.variable(composite.id, CHANGE)
    cells = level_cells(cohort, moved) if moved else []
    return [TableRow(composite.id, level.label, (Text(), Text(), cell), level.id, "single")
            for level, cell in reversed([*zip(DIRECTIONS, cells, strict=False)])]  # fmt: skip


def _tests(spec: TableSpec, cohort: Cohort, composite: Composite, before: pd.Series, after: pd.Series) -> list[Test]:
    wanted: list[tuple[str, date | None]] = [(one.test, one.added) for one in spec.tests]
    primary = cohort.plan.primary
    if primary is not None and primary.test not in [name for name, _ in wanted]:
        wanted.insert(0, (primary.test, None))
    found = []
    for name, added in wanted:
        if name == "shapiro_wilk":
            for wave, values in (("before", before), ("after", after), (None, after - before)):
                found.append(
                    Test(spec.id, composite.id, _wave(cohort, wave), shapiro_wilk(values), both_scored(cohort), added)
                )
        else:
            result = PAIRED[name][1](before, after, level=cohort.plan.confidence)
            found.append(Test(spec.id, composite.id, None, result, _basis(cohort, composite, name), added))
    return found


def basis_of(name: str) -> Basis:
    """What a test of signs on ``name`` rests on: how many moved each way."""
    return (Spread(EVERYBODY, (axis(name, CHANGE),)),)


def _basis(cohort: Cohort, composite: Composite, test: str) -> Basis:
    return basis_of(composite.id) if test == "sign" else both_scored(cohort)


def _wave(cohort: Cohort, side: str | None) -> str | None:
    rule = cohort.study.pairing
    return None if side is None or rule is None else getattr(rule, side)


def _estimates(composite: Composite, tests: list[Test]) -> list[TableRow]:
    rows = []
    for test in tests:
        if test.result.test == "signed_rank":
            rows += _medians(composite, test)
    return rows


def _mean_interval(cohort: Cohort, composite: Composite, before: pd.Series, after: pd.Series) -> TableRow:
    """Student's interval of the mean change, whatever tests are planned: no result is given without one."""
    level = cohort.plan.confidence
    found = paired_t(before, after, level=level)
    bounds = Interval(found.ci_low, found.ci_high, 2, both_scored(cohort))
    return _change_row(composite, f"Intervalle de confiance du changement moyen ({percent(level, 0)})",
                       "mean_interval", bounds)  # fmt: skip


def _medians(composite: Composite, test: Test) -> list[TableRow]:
    """The median change of everybody, then R's, of those who moved alone (decision 0053), each with its interval."""
    result, detail, its_own = test.result, test.result.detail, "Son intervalle de confiance"
    everybody = detail.get("with_zeros_low"), detail.get("with_zeros_high")
    return [
        _change_row(composite, "Médiane des changements (Hodges-Lehmann)", "hodges_lehmann",
                    Number(detail.get("pseudomedian_with_zeros"), 2, test.basis)),
        _interval_row(composite, test, everybody, its_own, "hodges_lehmann_all_interval"),
        _change_row(composite, "Hodges-Lehmann parmi ceux qui ont changé", "hodges_lehmann_moved",
                    Number(result.estimate, 2, test.basis)),
        _interval_row(composite, test, (result.ci_low, result.ci_high), its_own, "hodges_lehmann_interval"),
    ]  # fmt: skip


def _interval_row(
    composite: Composite, test: Test, bounds: tuple[float | None, float | None], label: str, name: str
) -> TableRow:
    level = test.result.detail.get("level") or 0.95
    cell = Interval(*bounds, 2, test.basis)
    return _change_row(composite, f"{label} ({level * 100:.0f}\u00a0%)", name, cell)


def _test_rows(composite: Composite, test: Test) -> list[TableRow]:
    """The p of a test, then the size of the effect with its interval."""
    name, label = test.result.test, PAIRED[test.result.test][0]
    p = Number(test.result.p_value, 3, test.basis, "p")
    size = effect_cell(test.result, test.basis)
    rows = [_change_row(composite, f"{label}, p", f"p_{name}", p)]
    return rows if isinstance(size, Text) else [
        *rows, _change_row(composite, f"{label}, taille d'effet", f"effect_{name}", size)]  # fmt: skip


def _change_row(composite: Composite, label: str, name: str, cell: Cell) -> TableRow:
    return TableRow(composite.id, label, (Text(), Text(), cell), name, "single")


def _notes(cohort: Cohort, tests: list[Test]) -> tuple[str, ...]:
    said = [f"{PAIRED[one.result.test][0]} : {one.result.undefined}." for one in tests
            if one.result.undefined and one.result.test in PAIRED]  # fmt: skip
    return (*said, *effect_note([one.result for one in tests]))


FAMILIES = (
    Family(
        "composite_change",
        composite_change,
        heading=ReportHeading.PRIMARY,
        tests=frozenset({*PAIRED, "shapiro_wilk"}),
        composite=True,
        pairs=True,
        strobe=("15", "16"),
    ),
)
