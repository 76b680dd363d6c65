"""A treemap of themes and their branches: an area each, as large as its units are many."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.figures.figure import Figure, Legend
from analysis.figures.svg import LINE, WIDTH, drawing, group, lines, rect
from analysis.people.cohort import Cohort
from analysis.plan.specification import FigureSpec
from analysis.tables.cells import Number
from analysis.tables.coded_units import INDENT, table_of, units_table
from analysis.tables.table import Table, TableRow

HEIGHT = 300.0
GAP = 1.5
_LETTER = 6.8  # its width, in the figure's units
_COLOURS = 7


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle and what it stands for: the place of ``weight`` in the list that was laid out."""

    place: int
    x: float
    y: float
    width: float
    height: float


def treemap_table(spec: FigureSpec, cohort: Cohort) -> Table:
    """One row a code, as in the table of units by code."""
    return units_table(spec, cohort, cohort.coded) if cohort.coded else table_of(spec, "Code", (), (), ())


def draw_treemap(spec: FigureSpec, table: Table) -> Figure:
    """A colour a theme, an area a branch of it; what is masked has no area."""
    themes = [row for row in table.rows if _depth(row) == 0 and _units(row)]
    parts, legend, said = [], [], []
    for area in laid_out([_units(row) for row in themes], 0, 0, WIDTH, HEIGHT):
        row, kind = themes[area.place], f"series-{area.place % _COLOURS + 1}"
        branches = [one for one in _under(table, row) if _units(one)] or [row]
        inside = laid_out([_units(one) for one in branches], area.x, area.y, area.width, area.height)
        parts.append(group(kind, *(_drawn(one, branches[one.place]) for one in inside)))
        legend.append(Legend(kind, row.label))
        said.append(f"{row.label}\u00a0: {row.cells[1].text()}")
    description = f"{'; '.join(said)}." if said else "Rien à montrer."
    svg = drawing(spec.id, table.title, description, HEIGHT, "".join(parts)) if parts else ""
    order = sorted(legend, key=lambda one: one.kind)
    return Figure(spec.id, table.title, table, svg, description, tuple(order))


def laid_out(weights: Sequence[float], x: float, y: float, width: float, height: float) -> list[Area]:
    """Rectangles as large as ``weights``, as square as may be, that fill the whole.

    Source: Bruls, Huizing & van Wijk, Squarified Treemaps, 2000.
    """
    order = sorted((n for n, one in enumerate(weights) if one > 0), key=lambda n: (-weights[n], n))
    total = sum(weights[n] for n in order)
    scale, found = (width * height / total if total else 0.0), []
    while order:
        short = min(width, height)
        row = order[:1]
        while len(row) < len(order) and _worst([weights[n] * scale for n in order[: len(row) + 1]], short) <= _worst(
            [weights[n] * scale for n in row], short
        ):
            row = order[: len(row) + 1]
        thick = sum(weights[n] * scale for n in row) / short if short else 0.0
        along = 0.0
        for n in row:
            long = weights[n] * scale / thick if thick else 0.0
            place = (x, y + along, thick, long) if width >= height else (x + along, y, long, thick)
            found.append(Area(n, *place))
            along += long
        if width >= height:
            x, width = x + thick, width - thick
        else:
            y, height = y + thick, height - thick
        order = order[len(row) :]
    return found


def _worst(areas: Sequence[float], short: float) -> float:
    """How far from square the worst rectangle of a row would be."""
    total = sum(areas)
    return max(short**2 * max(areas) / total**2, total**2 / (short**2 * min(areas))) if total and short else 0.0


def _drawn(area: Area, row: TableRow) -> str:
    """An area, with its name on as many lines as there is room for, and none when a word is too long."""
    box = rect(area.x + GAP / 2, area.y + GAP / 2, area.width - GAP, area.height - GAP, "bar")
    label, room, most = row.label.strip(), int((area.width - 8) / _LETTER), int((area.height - 6) / LINE)
    if not most or max(map(len, label.split())) > room:
        return box
    said = textwrap.wrap(label, room, max_lines=most, placeholder="…")
    return box + lines(area.x + 5, area.y + LINE, said, "on-dark")


def _depth(row: TableRow) -> int:
    return len(row.label) - len(row.label.lstrip(INDENT))


def _units(row: TableRow) -> float:
    cell = row.cells[0]
    return float(cell.value or 0) if isinstance(cell, Number) else 0.0


def _under(table: Table, theme: TableRow) -> list[TableRow]:
    """The branches of a theme: the rows right under it, less those under these."""
    start = table.rows.index(theme) + 1
    end = next((n for n in range(start, len(table.rows)) if _depth(table.rows[n]) == 0), len(table.rows))
    return [row for row in table.rows[start:end] if _depth(row) == 1]
