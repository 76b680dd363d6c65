"""Does the composite measure one thing, and has it room to move? Cronbach's alpha, floor and ceiling."""

from __future__ import annotations

from itertools import combinations

from analysis.people.cohort import Cohort
from analysis.people.counted import Basis, Spread
from analysis.plan.specification import Composite, TableSpec
from analysis.statistics import Result, cronbach_alpha
from analysis.tables.cells import Cell, Interval, Number, Text
from analysis.tables.counting import EVERYBODY, level_cells, scored, wave_label
from analysis.tables.family import Family, ReportHeading
from analysis.tables.table import Column, Table, TableRow
from divan.sources.french import percent, typographic

FEW = 3  # of so few questions, alpha and what it is without each give the crosses of two back


def consistency(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row an item (alpha without it, n at its lowest and highest level), one row for the composite."""
    composite = cohort.plan.composite
    if composite is None:
        return []
    labels = {wave: wave_label(cohort, wave) for wave in cohort.scored_waves}
    items = [item for item, _ in composite.items]
    found = {wave: cronbach_alpha(cohort.scores(wave)[items], level=cohort.plan.confidence) for wave in labels}
    columns = tuple(
        Column(f"{wave}_{name}", f"{label}, {said}", "alpha" if name == "alpha" else "count", wave)
        for wave, label in labels.items()
        for name, said in (("alpha", "alpha"), ("floor", "au plus bas"), ("ceiling", "au plus haut"))
    )
    by_wave = [_cells(cohort, composite, wave, found[wave]) for wave in labels]
    interval = f"Intervalle de confiance de son alpha ({percent(cohort.plan.confidence, 0)})"
    names = [(item, label, "", "single") for item, label in composite.items]
    names += [(composite.id, composite.label, "", "total"), (composite.id, interval, "interval", "total")]
    rows = tuple(TableRow(name, typographic(label), sum((cells[place] for cells in by_wave), ()), level, role)
                 for place, (name, label, level, role) in enumerate(names))  # fmt: skip
    notes = ("Sur la ligne d'une question, alpha est celui du score sans elle.",
             *(f"{labels[wave]} : alpha n'est pas calculé, {one.undefined}." for wave, one in found.items()
               if one.undefined))  # fmt: skip
    return [Table(spec.id, spec.title, "Question", columns, rows, notes, added=spec.added)]


def _cells(cohort: Cohort, composite: Composite, wave: str, found: Result) -> list[tuple[Cell, ...]]:
    """The three cells of each row: of few questions, alpha rests on each two of them crossed."""
    asked = [one for item, _ in composite.items if (one := cohort.variable(item, wave))]
    basis: Basis = scored(wave)
    if len(asked) <= FEW:
        basis += tuple(Spread(EVERYBODY, (one.axis, other.axis)) for one, other in combinations(asked, 2))
    rows: list[tuple[Cell, ...]] = []
    for variable, alpha in zip(asked, found.detail.get("without_item") or [None] * len(asked), strict=True):
        counts = level_cells(cohort, variable)[: len(variable.levels)]
        # levels told together are not the lowest, nor the highest, alone
        by_score = sorted(zip(variable.levels, counts, strict=True), key=lambda one: one[0].score or 0)
        floor, ceiling = (Text() if level.holds else cell for level, cell in (by_score[0], by_score[-1]))
        rows.append((Number(alpha, 2, basis), floor, ceiling))
    whole = Number(found.estimate, 2, basis), Interval(found.ci_low, found.ci_high, 2, basis)
    return [*rows, *((one, Text(), Text()) for one in whole)]


FAMILIES = (Family("consistency", consistency, heading=ReportHeading.CONSISTENCY, composite=True),)
