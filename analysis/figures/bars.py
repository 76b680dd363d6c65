"""Bars: the levels of a variable in each wave, or stacked by the levels of another."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.figures.figure import Figure, Legend, wave_marks
from analysis.figures.ramp import ramp
from analysis.figures.svg import LINE, WIDTH, drawing, group, rect, text, wrapped
from analysis.people.cohort import Cohort
from analysis.people.counted import key
from analysis.people.variable import Variable
from analysis.plan.specification import FigureSpec
from analysis.tables.cells import Cell, Count, Masked
from analysis.tables.counting import EVERYBODY, crossed, level_cells, wanted, wave_label
from analysis.tables.table import Column, Table, TableRow
from divan.sources.french import typographic, within

BAR = 13.0
LABEL = 84.0


def levels_table(spec: FigureSpec, cohort: Cohort) -> Table:
    """One row a level, one column a wave that asks the variable: n (%)."""
    name = spec.variables[0]
    found = [cohort.variable(name, wave.id) for wave in cohort.answered]
    variables = [one for one in found if one is not None]
    columns = tuple(Column(one.wave, wave_label(cohort, one.wave), "count", one.wave) for one in variables)
    cells = [level_cells(cohort, one) for one in variables]
    rows = tuple(
        TableRow(name, typographic(level.label), tuple(column[place] for column in cells), level.id, "level")
        for place, level in enumerate(variables[-1].levels if variables else ())
    )
    return Table(spec.id, spec.title, "Réponse", columns, rows, added=spec.added)


def draw_levels(spec: FigureSpec, table: Table) -> Figure:
    """One bar a level and a wave, as long as its share."""
    kinds = wave_marks(len(table.columns))
    top = max([_length(cell) for _, _, cell in table.walk()], default=0) or 1
    parts: list[str] = []
    y = 0.0
    for row in table.rows:
        for words in wrapped(row.label, WIDTH):
            y += LINE
            parts.append(text(0, y, words))
        y += 4
        for kind, cell in zip(kinds, row.cells, strict=False):
            width = _length(cell) / top * (WIDTH - LABEL)
            parts.append(group(kind, rect(0, y, width, BAR, "bar")) + text(width + 5, y + 11, cell.text(), "tick"))
            y += BAR + 3
        y += 3
    description = " ".join(_level_said(table, row) for row in table.rows)
    legend = tuple(Legend(kind, one.label) for kind, one in zip(kinds, table.columns, strict=False))
    svg = drawing(spec.id, table.title, description, y + 2, "".join(parts)) if table.rows else ""
    return Figure(spec.id, table.title, table, svg, description, legend if len(kinds) > 1 else ())


def _length(cell: Cell) -> float:
    """How long a bar is: the share, or the count where shares are not told."""
    if not isinstance(cell, Count):
        return 0.0
    return float(cell.n) if cell.share is None else cell.share


def _level_said(table: Table, row: TableRow) -> str:
    said = [f"{within(one.label)} {cell.text()}" for one, cell in zip(table.columns, row.cells, strict=True)]
    return f"{row.label}\u00a0: {', '.join(said)}."


def levels_by_table(spec: FigureSpec, cohort: Cohort) -> Table:
    """One row a level of ``by``, one column a level of the variable: n, and its share of the row."""
    variables = wanted(cohort, [spec.variables[0]], spec.wave)
    splits = wanted(cohort, [spec.by], cohort.first)
    if not variables or not splits or (spec.wave and variables[0].wave != spec.wave):
        return Table(spec.id, spec.title, "Groupe", (), (), added=spec.added)
    variable, split = variables[0], splits[0]
    counted = crossed(*(cohort.included[one.wave][one.id] for one in (split, variable)))
    rows = tuple(
        TableRow(split.id, typographic(band.label), _band(counts, variable, (split.axis, band.id)), band.id, "level")
        for band, counts in zip(split.levels, counted.to_numpy().tolist(), strict=True)
    )
    columns = tuple(Column(level.id, typographic(level.label), "count", variable.wave) for level in variable.levels)
    return Table(spec.id, spec.title, typographic(split.label), columns, rows, added=spec.added)


def _band(counts: Sequence[int], variable: Variable, band: tuple[str, str]) -> tuple[Count, ...]:
    answered = int(sum(counts))
    return tuple(
        Count(int(n), answered, EVERYBODY | key(band, (variable.axis, level.id)))
        for n, level in zip(counts, variable.levels, strict=True)
    )


def draw_levels_by(spec: FigureSpec, table: Table) -> Figure:
    """One stacked bar a group; what is masked, and nothing else, is left empty."""
    kinds = ramp(len(table.columns))
    parts: list[str] = []
    y = 0.0
    for row in table.rows:
        shown = [cell for cell in row.cells if isinstance(cell, Count)]
        hidden = sum(isinstance(cell, Masked) for cell in row.cells)
        of = shown[0].of if shown else None
        note = f" (n\u00a0=\u00a0{of})" if of is not None and not hidden else ""
        for words in wrapped(row.label + note, WIDTH):
            y += LINE
            parts.append(text(0, y, words))
        y += 4
        parts.append(_stack(row, kinds, y, hidden))
        y += BAR + 8
    description = " ".join(_row_said(table, row) for row in table.rows)
    legend = tuple(Legend(kind, one.label) for kind, one in zip(kinds, table.columns, strict=False))
    svg = drawing(spec.id, table.title, description, y + 2, "".join(parts)) if table.rows else ""
    return Figure(spec.id, table.title, table, svg, description, legend)


def _stack(row: TableRow, kinds: list[str], y: float, hidden: int) -> str:
    x, marks = 0.0, []
    for kind, cell in zip(kinds, row.cells, strict=True):
        if not isinstance(cell, Count) or not cell.share:
            continue
        width = (cell.share or 0) * (WIDTH - 2)
        marks.append(group(kind, rect(x, y, width, BAR, "bar")))
        x += width
    if hidden:
        marks.append(text(x + 5, y + 11, "le reste est masqué" if marks else "masqué", "tick"))
    elif not marks:
        nobody = all(isinstance(cell, Count) and not cell.n for cell in row.cells)
        marks.append(text(0, y + 11, "personne" if nobody else "proportions masquées", "tick"))
    return "".join(marks)


def _row_said(table: Table, row: TableRow) -> str:
    said = [f"{within(one.label)} {_share(cell)}" for one, cell in zip(table.columns, row.cells, strict=True)
            if not (isinstance(cell, Count) and cell.n == 0)]  # fmt: skip
    return f"{row.label}\u00a0: {', '.join(said) or 'personne'}."


def _share(cell: Cell) -> str:
    return cell.percent(0) if isinstance(cell, Count) and cell.share is not None else cell.text()
