"""The mean of each item before and after, with the tests planned, corrected for their number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from analysis.people.cohort import Cohort
from analysis.people.counted import Basis, Spread
from analysis.people.respondents import MOVED
from analysis.people.variable import axis
from analysis.plan.specification import Plan, PlannedTest, TableSpec
from analysis.statistics import Result, holm, mann_whitney
from analysis.tables.cells import Cell, Number
from analysis.tables.composite_change import PAIRED
from analysis.tables.counting import EVERYBODY, wave_label
from analysis.tables.effect import effect_cell, effect_column, effect_note
from analysis.tables.family import Family, ReportHeading
from analysis.tables.table import Column, Table, TableRow, Test
from divan.sources.french import typographic

NAMES = {"mann_whitney": "Mann-Whitney", "sign": "Signes", "signed_rank": "Rangs signés", "paired_t": "t apparié"}
UNPAIRED = ("« Mann-Whitney » traite les deux vagues comme deux groupes indépendants, ce qu'elles ne sont pas : les "
            "tests appariés sont les bons")  # fmt: skip
AS_PRINTED = " ; ces p sont là pour être comparés à ceux qui ont été publiés"
ByItem = Mapping[str, Test]


def item_means(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row an item: means, change, one p a test, and Holm's p over the items."""
    composite, pair = cohort.plan.composite, cohort.study.pair
    if composite is None or not cohort.paired:
        return []
    planned = spec.tests or (PlannedTest("signed_rank"),)
    before, after = (cohort.item_means(wave) for wave in pair)
    families = [_family(spec, cohort, one) for one in planned]
    rows = []
    for item, label in composite.items:
        basis = tuple(Spread(EVERYBODY, (axis(item, wave),)) for wave in pair)
        first, last = (float(one[item]) for one in (before, after))
        change = last - first
        cells: list[Cell] = [Number(first, 2, basis[:1]), Number(last, 2, basis[1:]), Number(change, 2, basis)]
        for family in families:
            cells += _cells(cohort.plan, family, item)
        rows.append(TableRow(item, typographic(label), tuple(cells)))
    tests = [test for family in families for test in family.values()]
    notes = effect_note([one.result for one in tests if one.result.test in PAIRED])
    if "mann_whitney" in [one.test for one in planned]:
        notes += (f"{UNPAIRED}{AS_PRINTED if cohort.plan.printed else ''}.",)
    return [Table(spec.id, spec.title, "Question", tuple(_columns(cohort, planned)), tuple(rows), notes, tuple(tests),
                  added=spec.added)]  # fmt: skip


def _columns(cohort: Cohort, planned: tuple[PlannedTest, ...]) -> Iterator[Column]:
    for name, wave in zip(("before", "after"), cohort.study.pair, strict=True):
        yield Column(name, f"{wave_label(cohort, wave)}, moyenne", "mean", wave)
    yield Column("change", "Changement moyen", "mean")
    for one in planned:
        yield Column(f"p_{one.test}", f"p ({NAMES[one.test]})", "p")
        if cohort.plan.multiplicity == "holm":
            yield Column(f"holm_{one.test}", f"p de Holm ({NAMES[one.test]})", "p_holm")
        if one.test in PAIRED:
            yield effect_column(cohort, f"effect_{one.test}")


def _family(spec: TableSpec, cohort: Cohort, planned: PlannedTest) -> ByItem:
    """One test on every item; ``detail["p_holm"]`` keeps the family's alpha."""
    items = [item for item, _ in cohort.plan.composite.items] if cohort.plan.composite else []
    results = {item: _result(cohort, item, planned.test) for item in items}
    if cohort.plan.multiplicity == "holm":
        adjusted = holm([result.p_value for result in results.values()])
        results = {item: replace(one, detail={**one.detail, "p_holm": p, "family": len(results)})
                   for (item, one), p in zip(results.items(), adjusted, strict=True)}  # fmt: skip
    return {item: Test(spec.id, item, None, one, _basis(cohort, item, planned.test), planned.added)
            for item, one in results.items()}  # fmt: skip


def _result(cohort: Cohort, item: str, test: str) -> Result:
    """A paired test is one of how far each moved; the other knows only what each wave answered."""
    level = cohort.plan.confidence
    if test == "mann_whitney":
        before, after = (cohort.scores(wave)[item] for wave in cohort.study.pair)
        return mann_whitney(after, before, level=level)
    moved = cohort.moves(item)
    return PAIRED[test][1](moved * 0, moved, level=level)


def _basis(cohort: Cohort, item: str, test: str) -> Basis:
    if test == "mann_whitney":
        return tuple(Spread(EVERYBODY, (axis(item, wave),)) for wave in cohort.study.pair)
    return (Spread(EVERYBODY, (axis(item, MOVED),)),)


def _cells(plan: Plan, family: ByItem, item: str) -> list[Cell]:
    """The item's p, Holm's, which depends on those of all the items, and the size of the effect."""
    test = family[item]
    cells: list[Cell] = [Number(test.result.p_value, 3, test.basis, "p")]
    if plan.multiplicity == "holm":
        everything = tuple(part for one in family.values() for part in one.basis)
        cells.append(Number(test.result.detail.get("p_holm"), 3, everything, "p"))
    return [*cells, effect_cell(test.result, test.basis)] if test.result.test in PAIRED else cells


FAMILIES = (
    Family("item_means", item_means, heading=ReportHeading.ITEMS, tests=frozenset({"mann_whitney", *PAIRED}),
           composite=True, pairs=True, strobe=("16",)),
)  # fmt: skip
