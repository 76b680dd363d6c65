"""The mean of each item before and after, with the tests planned, corrected for their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from analysis.people.cohort import Cohort
from analysis.people.counted import Basis
from analysis.people.respondents import INCLUDED
from analysis.people.variable import Variable, axis
from analysis.plan.specification import PlannedTest, TableSpec
from analysis.statistics import Result, describe, holm, mann_whitney
from analysis.tables.composite_change import PAIRED, basis_of
from analysis.tables.counting import spread, wave_label
from analysis.tables.effect import effect_cell, effect_column, effect_note
from analysis.tables.family import Family, ReportHeading
from analysis.tables.table import Cell, Column, Number, Table, TableRow, Test
from divan.sources.french import typographic

NAMES = {"mann_whitney": "Mann-Whitney", "sign": "Signes", "signed_rank": "Rangs signés", "paired_t": "t apparié"}
UNPAIRED = ("« Mann-Whitney » traite les deux vagues comme deux groupes indépendants, ce qu'elles ne sont pas : "
            "ces p sont là pour la comparaison avec la publication, les tests appariés sont les bons.")  # fmt: skip


def item_means(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row an item (and the composite): means, change, one p a test, and Holm's p over the items."""
    composite, rule = cohort.plan.composite, cohort.study.pairing
    if composite is None or rule is None or not cohort.paired:
        return []
    planned = spec.tests or (PlannedTest("signed_rank"),)
    pairs = [tuple(cohort.respondents.variables[axis(item, wave)] for wave in (rule.before, rule.after))
             for item, _ in composite.items]  # fmt: skip
    families = [_family(spec, cohort, pairs, one) for one in planned]
    rows = []
    for place, pair in enumerate(pairs):
        basis = tuple(spread(variable) for variable in pair)
        means = [_mean(cohort, variable) for variable in pair]
        change = None if None in means else means[1] - means[0]  # type: ignore[operator]
        cells: list[Cell] = [Number(means[0], 2, basis[:1]), Number(means[1], 2, basis[1:]), Number(change, 2, basis)]
        for family in families:
            cells += _p_cells(cohort, family, place)
            if family[place].result.test in PAIRED:
                cells.append(effect_cell(family[place].result, family[place].basis))
        rows.append(TableRow(pair[0].id, typographic(pair[0].label), tuple(cells)))
    columns = [
        Column("before", f"{wave_label(cohort, rule.before)}, moyenne", "mean", rule.before),
        Column("after", f"{wave_label(cohort, rule.after)}, moyenne", "mean", rule.after),
        Column("change", "Changement moyen", "mean"),
    ]
    for one in planned:
        columns.append(Column(f"p_{one.test}", f"p ({NAMES[one.test]})", "p"))
        if cohort.plan.multiplicity == "holm":
            columns.append(Column(f"holm_{one.test}", f"p de Holm ({NAMES[one.test]})", "p_holm"))
        if one.test in PAIRED:
            columns.append(effect_column(cohort, f"effect_{one.test}"))
    notes = effect_note([one.result for family in families for one in family if one.result.test in PAIRED])
    notes += (UNPAIRED,) if "mann_whitney" in [one.test for one in planned] else ()
    return [Table(spec.id, spec.title, "Question", tuple(columns), tuple(rows), notes,
                  tuple(test for family in families for test in family), added=spec.added)]  # fmt: skip


def _mean(cohort: Cohort, variable: Variable) -> float | None:
    return describe(_answers(cohort, variable)).mean


def _answers(cohort: Cohort, variable: Variable) -> Any:
    return cohort.respondents.numbers[variable.axis][cohort.respondents.of(INCLUDED)]


def _family(spec: TableSpec, cohort: Cohort, pairs: Sequence[tuple[Variable, ...]], one: PlannedTest) -> list[Test]:
    """One test on every item; ``detail["p_holm"]`` keeps the family's alpha."""
    results = [_result(cohort, pair, one.test) for pair in pairs]
    if cohort.plan.multiplicity == "holm":
        adjusted = holm([result.p_value for result in results])
        results = [replace(result, detail={**result.detail, "p_holm": p, "family": len(results)})
                   for result, p in zip(results, adjusted, strict=True)]  # fmt: skip
    return [Test(spec.id, pair[0].id, None, result, _basis(pair), one.added)
            for pair, result in zip(pairs, results, strict=True)]  # fmt: skip


def _basis(pair: tuple[Variable, ...]) -> Basis:
    return basis_of(pair[0].id, tuple(variable.wave for variable in pair))


def _result(cohort: Cohort, pair: tuple[Variable, ...], test: str) -> Result:
    before, after = (_answers(cohort, variable) for variable in pair)
    if test == "mann_whitney":
        return mann_whitney(after, before, level=cohort.plan.confidence)
    return PAIRED[test][1](before, after, level=cohort.plan.confidence)


def _p_cells(cohort: Cohort, family: list[Test], place: int) -> list[Cell]:
    """The item's p, and Holm's, which depends on those of all the items."""
    test = family[place]
    cells: list[Cell] = [Number(test.result.p_value, 3, test.basis, "p")]
    if cohort.plan.multiplicity == "holm":
        everything = tuple(part for one in family for part in one.basis)
        cells.append(Number(test.result.detail.get("p_holm"), 3, everything, "p"))
    return cells


FAMILIES = (
    Family(
        "item_means",
        item_means,
        heading=ReportHeading.ITEMS,
        tests=frozenset({"mann_whitney", *PAIRED}),
        composite=True,
        pairs=True,
        strobe=("16",),
    ),
)
