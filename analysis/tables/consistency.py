"""Does the composite measure one thing, and has it room to move? Cronbach's alpha, floor and ceiling."""

from __future__ import annotations

import numpy as np

from analysis.cohort import Cohort
from analysis.french import interval, number, percent, typographic
from analysis.plan_model import TableSpec
from analysis.respondents import INCLUDED
from analysis.statistics import Result, cronbach_alpha
from analysis.table import Cell, Column, Count, Number, Row, Table, Text
from analysis.tables.counting import EVERYBODY, level_cells, wave_label
from analysis.variable import axis


def consistency(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row an item (alpha without it, n at its lowest and highest level), one row for the composite."""
    composite = cohort.plan.composite
    if composite is None:
        return []
    waves = [one.id for one in cohort.waves if axis(composite.id, one.id) in cohort.people.numbers]
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
        rows.append(Row(item, typographic(label), tuple(cells)))
    whole: list[Cell] = []
    for wave in waves:
        whole += [Number(found[wave].estimate, 2, (EVERYBODY,)), Text(), Text()]
    rows.append(Row(composite.id, typographic(composite.label), tuple(whole), "", "total"))
    notes = ["Sur la ligne d'une question, alpha est celui du score sans elle."]
    notes += [_said(wave_label(cohort, wave), found[wave], cohort.plan.confidence) for wave in waves]
    return [Table(spec.id, spec.title, "Question", tuple(columns), tuple(rows), tuple(notes), added=spec.added)]


def _alpha(cohort: Cohort, wave: str) -> Result:
    composite, kept = cohort.plan.composite, cohort.people.of(INCLUDED)
    items = composite.items if composite else ()
    answers = np.column_stack([cohort.people.numbers[axis(item, wave)][kept] for item, _ in items])
    return cronbach_alpha(answers, level=cohort.plan.confidence)


def _item_cells(cohort: Cohort, item: str, wave: str, place: int, found: Result) -> list[Cell]:
    variable = cohort.people.variables[axis(item, wave)]
    cells: dict[int, Count] = {
        level.score or 0: cell
        for level, cell in zip(variable.levels, level_cells(cohort.people, variable, INCLUDED), strict=False)
    }
    without = found.detail.get("without_item") or []
    alpha = without[place] if place < len(without) else None
    return [Number(alpha, 2, (EVERYBODY,)), cells[min(cells)], cells[max(cells)]]


def _said(wave: str, found: Result, level: float) -> str:
    if found.undefined:
        return f"{wave} : alpha n'est pas calculé, {found.undefined}."
    return (f"{wave} : alpha de Cronbach {number(found.estimate, 2)}, IC à {percent(level, 0)} "
            f"{interval(found.ci_low, found.ci_high, 2)} (n\u00a0=\u00a0{number(found.n)}).")  # fmt: skip
