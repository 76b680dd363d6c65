"""The mean of each question of the score at one wave, for everybody or group by group: nothing has to be paired."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from analysis.people.cohort import Cohort
from analysis.people.counted import Basis, Spread
from analysis.people.variable import Level, Variable
from analysis.plan.specification import TableSpec
from analysis.statistics import (
    Result,
    describe,
    holm,
    kruskal_wallis,
    mann_whitney,
    mean_interval,
    one_way_anova,
    welch_t,
)
from analysis.tables.cells import Cell, Interval, Number
from analysis.tables.counting import EVERYBODY, scored, wanted
from analysis.tables.effect import effect_cell, effect_column, effect_note
from analysis.tables.family import Family, ReportHeading
from analysis.tables.group_rows import Split, given_levels
from analysis.tables.shares import one_a_split
from analysis.tables.table import Column, Table, TableRow, Test
from divan.sources.french import percent, typographic

OF_TWO: dict[str, Callable[..., Result]] = {"mann_whitney": mann_whitney, "welch_t": welch_t}
OF_SEVERAL: dict[str, Callable[..., Result]] = {"kruskal_wallis": kruskal_wallis, "one_way_anova": one_way_anova}


def item_scores(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a question, then the score: n, mean, SD, interval; with ``by``, a table a split, groups side by side."""
    composite, wave = cohort.plan.composite, spec.wave or cohort.first
    if composite is None or wave not in cohort.scored_waves:
        return []
    if not spec.by:
        return [_whole(spec, cohort, wave)]
    found = []
    for by in wanted(cohort, spec.by, wave):
        levels = given_levels(cohort, by)
        if len(levels) > 1:
            found.append(_split(spec, Split(cohort, by, levels), wave))
    return found


def _named(cohort: Cohort) -> list[tuple[str, str]]:
    composite = cohort.plan.composite
    return [*composite.items, (composite.id, composite.label)] if composite else []


def _whole(spec: TableSpec, cohort: Cohort, wave: str) -> Table:
    scores, means = cohort.scores(wave), cohort.item_means(wave).dropna()
    rows = []
    for name, label in _named(cohort):
        values, basis = scores[name], _basis(cohort, name, wave)
        found, bounds = describe(values), mean_interval(values, level=cohort.plan.confidence)
        mean, off = means.get(name, found.mean), means.get(name, 0.0) - (found.mean or 0.0) if name in means else 0.0
        low, high = (None if one is None else one + off for one in (bounds.ci_low, bounds.ci_high))
        cells = (Number(found.n, 0, basis), Number(mean, 2, basis), Number(found.sd, 2, basis),
                 Interval(low, high, 2, basis))  # fmt: skip
        rows.append(_row(cohort, name, label, cells))
    said = f"IC à {percent(cohort.plan.confidence, 0)} de la moyenne"
    columns = (Column("n", "n", "n", wave), Column("mean", "Moyenne", "mean", wave),
               Column("sd", "Écart-type", "sd", wave), Column("interval", said, "interval", wave))  # fmt: skip
    return Table(spec.id, spec.title, "Question", columns, tuple(rows), added=spec.added)


def _split(spec: TableSpec, split: Split, wave: str) -> Table:
    cohort, by = split.cohort, split.by
    name = spec.id if len(spec.by) == 1 else f"{spec.id}-{by.id}"
    tests = _corrected(cohort, [_test(spec, split, item, wave, name) for item, _ in _named(cohort)])
    rows = []
    for (item, label), test in zip(_named(cohort), tests, strict=True):
        cells = _group_cells(split, item, wave)
        if split.two:
            first, second = split.scores(item, wave)
            apart = welch_t(second, first, level=cohort.plan.confidence)
            cells += [Number(apart.estimate, 2, test.basis), Interval(apart.ci_low, apart.ci_high, 2, test.basis)]
        cells.append(Number(test.result.p_value, 3, test.basis, "p"))
        if cohort.plan.multiplicity == "holm":
            cells.append(
                Number(test.result.detail.get("p_holm"), 3, tuple(part for one in tests for part in one.basis), "p")
            )
        rows.append(_row(cohort, item, label, (*cells, effect_cell(test.result, test.basis))))
    notes = effect_note([one.result for one in tests])
    notes += ("Différence : le second groupe moins le premier, intervalle de Welch.",) if split.two else ()
    return Table(name, f"{spec.title} : {typographic(by.label)}", "Question", _columns(split, wave), tuple(rows), notes,
                 tuple(tests), added=spec.added)  # fmt: skip


def _columns(split: Split, wave: str) -> tuple[Column, ...]:
    said = f"IC à {percent(split.cohort.plan.confidence, 0)}"
    columns = [Column(f"{split.by.id}_{level.id}_{name}", f"{typographic(level.label)}, {label}", name, wave, level.id)
               for level in split.levels
               for name, label in (("n", "n"), ("mean", "moyenne"), ("sd", "écart-type"))]  # fmt: skip
    if split.two:
        columns += [Column("difference", "Différence", "difference", wave), Column("interval", said, "interval", wave)]
    columns.append(Column("p", "p", "p", wave))
    if split.cohort.plan.multiplicity == "holm":
        columns.append(Column("holm", "p de Holm", "p_holm", wave))
    return (*columns, effect_column(split.cohort))


def _group_cells(split: Split, item: str, wave: str) -> list[Cell]:
    cells: list[Cell] = []
    for level, values in zip(split.levels, split.scores(item, wave), strict=True):
        found, basis = describe(values), _basis(split.cohort, item, wave, (split.by, level))
        cells += [Number(found.n, 0, basis), Number(found.mean, 2, basis), Number(found.sd, 2, basis)]
    return cells


def _test(spec: TableSpec, split: Split, item: str, wave: str, table: str) -> Test:
    possible = OF_TWO if split.two else OF_SEVERAL
    planned = next((one for one in spec.tests if one.test in possible), None)
    test = possible[planned.test if planned else next(iter(possible))]
    values, level = split.scores(item, wave), split.cohort.plan.confidence
    result = test(values[1], values[0], level=level) if split.two else test(values, level=level)
    basis = tuple(part for level in split.levels for part in _basis(split.cohort, item, wave, (split.by, level)))
    return Test(table, item, wave, result, basis, planned.added if planned else None)


def _corrected(cohort: Cohort, tests: Sequence[Test]) -> list[Test]:
    """Holm's p over the questions; that of the score they make is not one of them."""
    if cohort.plan.multiplicity != "holm":
        return [*tests]
    adjusted = holm([one.result.p_value for one in tests[:-1]])
    done = [replace(one, result=replace(one.result, detail={**one.result.detail, "p_holm": p, "family": len(adjusted)}))
            for one, p in zip(tests[:-1], adjusted, strict=True)]  # fmt: skip
    return [*done, tests[-1]]


def _basis(cohort: Cohort, name: str, wave: str, group: tuple[Variable, Level] | None = None) -> Basis:
    """What a mean rests on: the counts of the question's levels, or, for the score, those who have one."""
    who = EVERYBODY if group is None else EVERYBODY | {(group[0].axis, group[1].id)}
    variable = cohort.variable(name, wave)
    if variable is None:
        return scored(wave, who)
    return (Spread(who, (variable.axis,)),)


def _row(cohort: Cohort, name: str, label: str, cells: Sequence[Cell]) -> TableRow:
    composite = cohort.plan.composite
    role = "total" if composite and name == composite.id else "single"
    return TableRow(name, typographic(label), tuple(cells), "", role)


FAMILIES = (
    Family("item_scores", item_scores, heading=ReportHeading.ITEMS, tests=frozenset({*OF_TWO, *OF_SEVERAL}),
           composite=True, strobe=("15", "16"), ids=one_a_split),
)  # fmt: skip
