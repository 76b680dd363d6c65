"""Box plots of the items, one box a wave: quartiles, whiskers to the last answer within 1.5 times the box."""

from __future__ import annotations

import pandas as pd

from analysis.figures.figure import Figure, Legend, wave_marks
from analysis.figures.svg import LINE, WIDTH, drawing, group, line, rect, tag, text, wrapped
from analysis.people.cohort import Cohort
from analysis.plan.specification import FigureSpec
from analysis.statistics import describe
from analysis.tables.cells import Masked, Number, Text
from analysis.tables.counting import spread, wave_label
from analysis.tables.table import Column, Table, TableRow
from divan.sources.french import number, typographic, within

PARTS = (("low", "moustache basse"), ("q1", "premier quartile"), ("median", "médiane"), ("q3", "troisième quartile"),
         ("high", "moustache haute"))  # fmt: skip
LEFT, RIGHT = 16.0, WIDTH - 16.0
BOX = 12.0


def boxes_table(spec: FigureSpec, cohort: Cohort) -> Table:
    """One row an item and a wave: the five numbers of its box, and the answers that lie beyond the whiskers."""
    composite = cohort.plan.composite
    rows = []
    for item, label in composite.items if composite else ():
        for wave in cohort.answered:
            variable = cohort.variable(item, wave.id)
            if variable is None:
                continue
            basis = (spread(variable),)
            values = cohort.scores(wave.id)[item]
            five, beyond = _five(values, cohort.plan.quantile_type)
            cells = tuple(Number(one, 2, basis) for one in five)
            name = f"{typographic(label)}, {within(wave_label(cohort, wave.id))}"
            rows.append(TableRow(item, name, (*cells, Text(", ".join(beyond), basis)), wave.id))
    columns = (*(Column(name, label.capitalize(), name) for name, label in PARTS),
               Column("beyond", "Réponses au-delà", "beyond"))  # fmt: skip
    return Table(spec.id, spec.title, "Question", columns, tuple(rows), added=spec.added)


def _five(values: pd.Series, quantile_type: int) -> tuple[list[float | None], list[str]]:
    found = describe(values, quantile_type)
    if found.q1 is None or found.q3 is None:
        return [None] * 5, []
    reach = 1.5 * (found.q3 - found.q1)
    kept = values.dropna()
    inside = kept[(kept >= found.q1 - reach) & (kept <= found.q3 + reach)]
    beyond = sorted({float(one) for one in kept} - {float(one) for one in inside})
    return ([float(inside.min()), found.q1, found.median, found.q3, float(inside.max())],
            [number(one) for one in beyond])  # fmt: skip


def draw_boxes(spec: FigureSpec, table: Table) -> Figure:
    """One box an item and a wave, the first wave above the others, on the scale of the items."""
    waves = list(dict.fromkeys(row.level for row in table.rows))
    kinds = dict(zip(waves, wave_marks(len(waves)), strict=False))
    low, high = _bounds(table)
    parts: list[str] = []
    y = 4.0
    for item in dict.fromkeys(row.id for row in table.rows):
        rows = [row for row in table.rows if row.id == item]
        for words in wrapped(rows[0].label.rsplit(", ", 1)[0], WIDTH):
            y += LINE
            parts.append(text(0, y, words))
        y += 6
        for row in rows:
            parts.append(_box(row, kinds[row.level], y, low, high))
            y += BOX + 6
    axis_parts = [_tick(score, low, high, y) for score in range(int(low), int(high) + 1)]
    grid = group(
        "", *(line(_x(one, low, high), 4, _x(one, low, high), y + 4, "grid") for one in range(int(low), int(high) + 1))
    )
    legend = tuple(Legend(kinds[wave], name) for wave, name in _wave_names(table).items())
    description = _description(table)
    svg = drawing(spec.id, table.title, description, y + 24, grid + "".join(parts) + "".join(axis_parts))
    return Figure(spec.id, table.title, table, svg, description, legend)


def _bounds(table: Table) -> tuple[float, float]:
    values = [cell.value for _, _, cell in table.walk() if isinstance(cell, Number) and cell.value is not None]
    return min([1.0, *values]), max([5.0, *values])


def _x(value: float, low: float, high: float) -> float:
    return LEFT + (value - low) / (high - low) * (RIGHT - LEFT)


def _box(row: TableRow, kind: str, y: float, low: float, high: float) -> str:
    five = [cell.value for cell in row.cells[:5] if isinstance(cell, Number) and cell.value is not None]
    if len(five) < 5:
        word = row.cells[0].text()
        return text(LEFT, y + BOX - 1, "aucune réponse" if word == "—" else word, "tick")
    at = [_x(one, low, high) for one in five]
    middle = y + BOX / 2
    marks = [line(at[0], middle, at[1], middle, "whisker"), line(at[3], middle, at[4], middle, "whisker"),
             rect(at[1], y, max(at[3] - at[1], 1), BOX, "box"), line(at[2], y, at[2], y + BOX, "median")]  # fmt: skip
    beyond = row.cells[5].text()
    marks += [
        tag("circle", "outlier", cx=_x(float(one), low, high), cy=middle, r=3) for one in beyond.split(", ") if one
    ]
    return group(kind, *marks)


def _tick(score: int, low: float, high: float, y: float) -> str:
    return text(_x(score, low, high), y + 18, str(score), "tick", "middle")


def _wave_names(table: Table) -> dict[str, str]:
    return {row.level: row.label.rsplit(", ", 1)[1].capitalize() for row in table.rows}


def _description(table: Table) -> str:
    return " ".join(_row_said(row) for row in table.rows)


def _row_said(row: TableRow) -> str:
    if isinstance(row.cells[2], Masked):
        return f"{row.label}\u00a0: masqué."
    low, median, high = (row.cells[place].text() for place in (1, 2, 3))
    return f"{row.label}\u00a0: médiane {median}, quartiles {low} et {high}."
