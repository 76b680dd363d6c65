"""Themes day after day, in stacked bars, and the curve of codes that were new."""

from __future__ import annotations

from datetime import date

from analysis.figures.figure import Figure, Legend
from analysis.figures.svg import WIDTH, drawing, group, line, rect, tag, text
from analysis.people.cohort import Cohort
from analysis.plan.specification import FigureSpec
from analysis.tables.cells import Cell, Masked, Number
from analysis.tables.coded_units import days_of_themes, table_of
from analysis.tables.coders import saturation_table
from analysis.tables.table import Table
from divan.sources.french import MONTHS, number

HEIGHT = 160.0
TOP = 16.0
LEFT = 30.0
_COLOURS = 7


def themes_by_day_table(spec: FigureSpec, cohort: Cohort) -> Table:
    """One row a day, one column a theme."""
    return days_of_themes(spec, cohort, cohort.coded) if cohort.coded else table_of(spec, "Jour", (), (), ())


def new_codes_table(spec: FigureSpec, cohort: Cohort) -> Table:
    """One row a day with a coded unit: codes new that day, codes known."""
    return saturation_table(spec, cohort.coded) if cohort.coded else table_of(spec, "Jour", (), (), ())


def draw_themes_by_day(spec: FigureSpec, table: Table) -> Figure:
    """One bar a day, a colour a theme; what is masked is left out of the bar, and said."""
    totals = [sum(_value(cell) for cell in row.cells) for row in table.rows]
    most = max(totals, default=0) or 1
    step = (WIDTH - LEFT) / max(len(table.rows), 1)
    parts = _frame(most) + _marks([row.level for row in table.rows], step)
    for place, _ in enumerate(table.columns):
        bars = []
        for n, row in enumerate(table.rows):
            below = sum(_value(cell) for cell in row.cells[:place])
            tall, up = HEIGHT * _value(row.cells[place]) / most, HEIGHT * below / most
            if tall:
                bars.append(rect(LEFT + n * step, TOP + HEIGHT - up - tall, max(step - 1, 1), tall, "bar"))
        parts.append(group(_kind(place), *bars))
    hidden = any(isinstance(cell, Masked) for _, _, cell in table.walk())
    sums = [(sum(_value(row.cells[n]) for row in table.rows), one.label) for n, one in enumerate(table.columns)]
    said = "; ".join(f"{label}\u00a0: {number(n)}" for n, label in sums)
    description = f"Passages montrés, par thème\u00a0: {said}.{' Les petits effectifs sont masqués.' if hidden else ''}"
    svg = drawing(spec.id, table.title, description, TOP + HEIGHT + 24, "".join(parts)) if any(totals) else ""
    legend = tuple(Legend(_kind(n), one.label) for n, one in enumerate(table.columns))
    return Figure(spec.id, table.title, table, svg, description, legend)


def draw_saturation(spec: FigureSpec, table: Table) -> Figure:
    """The curve of codes known, that goes flat once nothing new is said."""
    known = [_value(row.cells[1]) for row in table.rows]
    days = [date.fromisoformat(row.level) for row in table.rows]
    if not known:
        return Figure(spec.id, table.title, table, "", "Rien à montrer.")
    span = max((days[-1] - days[0]).days, 1)
    places = [(LEFT + (WIDTH - LEFT - 4) * (day - days[0]).days / span, TOP + HEIGHT - HEIGHT * n / known[-1])
              for day, n in zip(days, known, strict=True)]  # fmt: skip
    path = f"M{places[0][0]:.1f} {TOP + HEIGHT:.1f}V{places[0][1]:.1f}"
    path += "".join(f"H{x:.1f}V{y:.1f}" for x, y in places[1:])
    ground = TOP + HEIGHT + 16
    marks = [text(LEFT, ground, _short(days[0]), "tick"), text(WIDTH - 4, ground, _short(days[-1]), "tick", "end")]
    body = "".join([*_frame(known[-1]), *marks, group("series-1", tag("path", "line", d=path))])
    description = (
        f"{number(known[0])} codes dès le {table.rows[0].label}, {number(known[-1])} à la fin. {' '.join(table.notes)}"
    )
    svg = drawing(spec.id, table.title, description, TOP + HEIGHT + 24, body)
    return Figure(spec.id, table.title, table, svg, description)


def _frame(most: float) -> list[str]:
    ground = TOP + HEIGHT
    return [
        line(LEFT, ground, WIDTH, ground, "axis"),
        line(LEFT, TOP, WIDTH, TOP, "grid"),
        text(LEFT - 4, ground + 4, "0", "tick", "end"),
        text(LEFT - 4, TOP + 4, number(most), "tick", "end"),
    ]


def _marks(days: list[str], step: float) -> list[str]:
    found = []
    for n, day in enumerate(map(date.fromisoformat, days)):
        if n == 0 or day.day in (1, 15):
            x = LEFT + n * step
            found += [
                line(x, TOP + HEIGHT, x, TOP + HEIGHT + 4, "axis"),
                text(x, TOP + HEIGHT + 16, _short(day), "tick"),
            ]
    return found


def _short(day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day}\u00a0{MONTHS[day.month - 1]}"


def _kind(place: int) -> str:
    return f"series-{place % _COLOURS + 1}"


def _value(cell: Cell) -> float:
    return float(cell.value or 0) if isinstance(cell, Number) else 0.0
