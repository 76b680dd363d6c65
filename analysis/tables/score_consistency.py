"""Does the composite measure one thing, and has it room to move? Cronbach's alpha, floor and ceiling."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analysis.people.cohort import Cohort
from analysis.people.counted import Basis
from analysis.people.respondents import INCLUDED
from analysis.people.variable import axis
from analysis.plan.specification import Composite, TableSpec
from analysis.statistics import Result, cronbach_alpha
from analysis.tables.counting import level_cells, spread, wave_label
from analysis.tables.family import Family, ReportHeading
from analysis.tables.table import Cell, Column, Count, Interval, Number, Table, TableRow, Text
from divan.sources.french import percent, typographic


def consistency(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row an item (alpha without it, n at its lowest and highest level), one row for the composite."""
    composite = cohort.plan.composite
    if composite is None:
        return []
    waves = [one.id for one in cohort.answered if axis(composite.id, one.id) in cohort.respondents.numbers]
    found = {wave: _alpha(cohort, wave) for wave in waves}
    columns = []
    for wave in waves:
        label = wave_label(cohort, wave)
        columns += [Column(f"{wave}_alpha", f"{label}, alpha", "alpha", wave),
                    Column(f"{wave}_floor", f"{label}, au plus bas", "count", wave),
                    Column(f"{wave}_ceiling", f"{label}, au plus haut", "count", wave)]  # fmt: skip
    rows = []
    for place, (item, label) in enumerate(composite.items):
        cells = [cell for wave in waves for cell in _item_cells(cohort, item, wave, place, found[wave])]
        rows.append(TableRow(item, typographic(label), tuple(cells)))
    rows += _whole(cohort, composite, found)
    notes = ["Sur la ligne d'une question, alpha est celui du score sans elle."]
    notes += [f"{wave_label(cohort, wave)} : alpha n'est pas calculé, {found[wave].undefined}."
              for wave in waves if found[wave].undefined]  # fmt: skip
    return [Table(spec.id, spec.title, "Question", tuple(columns), tuple(rows), tuple(notes), added=spec.added)]


def _alpha(cohort: Cohort, wave: str) -> Result:
    composite, kept = cohort.plan.composite, cohort.respondents.of(INCLUDED)
    items = composite.items if composite else ()
    answers = np.column_stack([cohort.respondents.numbers[axis(item, wave)][kept] for item, _ in items])
    return cronbach_alpha(answers, level=cohort.plan.confidence)


def _basis(cohort: Cohort, wave: str) -> Basis:
    """Alpha and the score's SD give the sum of the items' variances: alpha rests on every answer to every item."""
    composite = cohort.plan.composite
    items = composite.items if composite else ()
    return tuple(spread(cohort.respondents.variables[axis(item, wave)]) for item, _ in items)


def _whole(cohort: Cohort, composite: Composite, found: Mapping[str, Result]) -> list[TableRow]:
    alphas: list[Cell] = []
    intervals: list[Cell] = []
    for wave, result in found.items():
        basis = _basis(cohort, wave)
        alphas += [Number(result.estimate, 2, basis), Text(), Text()]
        intervals += [Interval(result.ci_low, result.ci_high, 2, basis), Text(), Text()]
    said = f"Intervalle de confiance de son alpha ({percent(cohort.plan.confidence, 0)})"
    return [TableRow(composite.id, typographic(composite.label), tuple(alphas), "", "total"),
            TableRow(composite.id, said, tuple(intervals), "interval", "total")]  # fmt: skip


def _item_cells(cohort: Cohort, item: str, wave: str, place: int, found: Result) -> list[Cell]:
    variable = cohort.respondents.variables[axis(item, wave)]
    cells: dict[int, Count] = {
        level.score or 0: cell
        for level, cell in zip(variable.levels, level_cells(cohort.respondents, variable, INCLUDED), strict=False)
    }
    without = found.detail.get("without_item") or []
    alpha = without[place] if place < len(without) else None
    return [Number(alpha, 2, _basis(cohort, wave)), cells[min(cells)], cells[max(cells)]]


FAMILIES = (Family("consistency", consistency, heading=ReportHeading.CONSISTENCY, composite=True),)
