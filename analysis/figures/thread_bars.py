"""Posts of a thread by day, and by hour of the day: one bar each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analysis.figures.figure import Figure
from analysis.figures.svg import WIDTH, drawing, group, line, rect, text
from analysis.people.chat_members import CHAT_MEMBERS
from analysis.people.cohort import Cohort
from analysis.plan.specification import FigureSpec
from analysis.tables.cells import Number
from analysis.tables.table import Column, Table, TableRow
from divan.sources.french import MONTHS, long_date, number, plural

HEIGHT = 150.0
TOP = 16.0
LEFT = 30.0
_COLUMNS = (Column("posts", "Messages", "number"),)


def days_table(spec: FigureSpec, cohort: Cohort) -> Table:
    """One row a day of the window, those without a post included."""
    days = cohort.thread.by_day if cohort.thread else {}
    rows = [TableRow("day", long_date(day), (Number(n, 0),), day.isoformat(), "level") for day, n in days.items()]
    return _table(spec, "Jour", rows)


def hours_table(spec: FigureSpec, cohort: Cohort) -> Table:
    """One row an hour of the day, of all days together."""
    hours = cohort.thread.by_hour if cohort.thread else ()
    rows = [TableRow("hour", f"{hour}\u00a0h", (Number(n, 0),), str(hour), "level") for hour, n in enumerate(hours)]
    return _table(spec, "Heure", rows)


def _table(spec: FigureSpec, head: str, rows: Sequence[TableRow]) -> Table:
    return Table(spec.id, spec.title, head, _COLUMNS, tuple(rows), added=spec.added, population=CHAT_MEMBERS)


def draw_days(spec: FigureSpec, table: Table) -> Figure:
    """Bars by day; the first of each month is marked, the busiest day named."""
    days = [date.fromisoformat(row.level) for row in table.rows]
    marks = {n: _short(day) for n, day in enumerate(days) if n == 0 or day.day in (1, 15)}
    return _draw(spec, table, marks, "Jour le plus chargé", "jour")


def draw_hours(spec: FigureSpec, table: Table) -> Figure:
    """Bars by hour, every sixth marked."""
    marks = {n: row.label for n, row in enumerate(table.rows) if n % 6 == 0}
    return _draw(spec, table, marks, "Heure la plus chargée", "heure")


def _draw(spec: FigureSpec, table: Table, marks: dict[int, str], busiest: str, unit: str) -> Figure:
    values = [cell.value or 0 if isinstance(cell := row.cells[0], Number) else 0 for row in table.rows]
    most = max(values, default=0)
    place = values.index(most) if values else 0
    step = (WIDTH - LEFT) / max(len(values), 1)
    ground = TOP + HEIGHT
    parts = [line(LEFT, ground, WIDTH, ground, "axis"), line(LEFT, TOP, WIDTH, TOP, "grid")]
    parts += [text(LEFT - 4, ground + 4, "0", "tick", "end"), text(LEFT - 4, TOP + 4, number(most), "tick", "end")]
    bars = [rect(LEFT + n * step, ground - _tall(value, most), max(step - 1.5, 1), _tall(value, most), "bar")
            for n, value in enumerate(values)]  # fmt: skip
    parts.append(group("series-1", *bars))
    for n, label in marks.items():
        x = LEFT + n * step
        parts += [line(x, ground, x, ground + 4, "axis"), text(x, ground + 16, label, "tick")]
    empty = sum(value == 0 for value in values)
    silent = f" {plural(empty, unit)} sans message." if empty else ""
    description = f"{busiest}\u00a0: {table.rows[place].label}, {plural(int(most), 'message')}.{silent}"
    svg = drawing(spec.id, table.title, description, ground + 24, "".join(parts))
    return Figure(spec.id, table.title, table, svg, description)


def _tall(value: float, most: float) -> float:
    return HEIGHT * value / most if most else 0.0


def _short(day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day}\u00a0{MONTHS[day.month - 1]}"
