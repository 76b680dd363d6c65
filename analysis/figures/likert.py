"""Agreement as bars on both sides of neutral: how many disagree to the left, how many agree to the right."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.figures.figure import Figure, Legend
from analysis.figures.ramp import ascending, ramp
from analysis.figures.svg import LINE, WIDTH, drawing, group, line, rect, text, wrapped
from analysis.people.cohort import Cohort
from analysis.plan.specification import FigureSpec
from analysis.tables.cells import Cell, Count, Masked
from analysis.tables.counting import level_cells, wave_label
from analysis.tables.table import Column, Table, TableRow
from divan.sources.french import percent, typographic, within

BAR = 15.0
SIDE = 38.0  # what the two shares take, at the ends


def likert_table(spec: FigureSpec, cohort: Cohort) -> Table:
    """One row a question and a wave, one column an answer from the lowest score to the highest: n (%).

    The public edition may merge answers of one question and not of another: that one has no place on this scale.
    """
    composite = cohort.plan.composite
    names = spec.variables or tuple(item for item, _ in (composite.items if composite else ()))
    waves = [wave.id for wave in cohort.answered if spec.wave in (None, wave.id)]
    asked = [one for name in names for wave in waves if (one := cohort.variable(name, wave)) is not None]
    if not asked:
        return Table(spec.id, spec.title, "Question", (), (), added=spec.added)
    scale = max((one.levels for one in asked), key=len)
    places = ascending(scale)
    several = len({one.wave for one in asked}) > 1
    rows = []
    for one in asked:
        counted = level_cells(cohort, one)
        same = [level.id for level in one.levels] == [level.id for level in scale]
        cells: list[Cell] = [counted[place] if same else Masked(("", "percent")) for place in places]
        when = f", {within(wave_label(cohort, one.wave))}" if several else ""
        rows.append(TableRow(one.id, typographic(one.label) + when, tuple(cells), one.wave, "level"))
    levels = [scale[place] for place in places]
    columns = tuple(Column(level.id, typographic(level.label), "count") for level in levels)
    return Table(spec.id, spec.title, "Question", columns, tuple(rows), added=spec.added)


def draw_likert(spec: FigureSpec, table: Table) -> Figure:
    """One bar a row; at its ends the shares below and above neutral. A row with a masked answer has no bar."""
    kinds = ramp(len(table.columns))
    shares = [_shares(row) for row in table.rows]
    sides = [_sides(one) for one in shares if one is not None]
    left, right = (max((side[n] for side in sides), default=0.5) for n in (0, 1))
    unit = (WIDTH - 2 * SIDE) / max(left + right, 0.01)
    neutral = SIDE + left * unit
    parts: list[str] = []
    y = 0.0
    for row, held in zip(table.rows, shares, strict=True):
        for words in wrapped(row.label, WIDTH):
            y += LINE
            parts.append(text(0, y, words))
        y += 4
        parts += (
            _bar(held, kinds, neutral, unit, y) if held else [text(SIDE, y + 12, "masqué : petits effectifs", "tick")]
        )
        y += BAR + 6
    description = " ".join(_said(row.label, held) for row, held in zip(table.rows, shares, strict=True))
    legend = tuple(Legend(kind, one.label) for kind, one in zip(kinds, table.columns, strict=True))
    svg = drawing(spec.id, table.title, description, y, "".join(parts)) if table.rows else ""
    return Figure(spec.id, table.title, table, svg, description, legend)


def _shares(row: TableRow) -> list[float] | None:
    """The share of each answer; None when one may not be told, as the others would stand at a place that tells it."""
    counts = [cell for cell in row.cells if isinstance(cell, Count) and cell.of]
    if len(counts) < len(row.cells):
        return None
    total = sum(cell.n for cell in counts)
    return [cell.n / total for cell in counts] if total else None


def _sides(shares: Sequence[float]) -> tuple[float, float]:
    """What lies to the left and to the right of neutral, half of the middle answer on each side."""
    half, odd = divmod(len(shares), 2)
    middle = shares[half] / 2 if odd else 0.0
    return sum(shares[:half]) + middle, sum(shares[half + odd :]) + middle


def _bar(shares: Sequence[float], kinds: Sequence[str], neutral: float, unit: float, y: float) -> list[str]:
    left, right = _sides(shares)
    x = neutral - left * unit
    half, odd = divmod(len(shares), 2)
    below, above = sum(shares[:half]), sum(shares[half + odd :])
    marks = [text(x - 5, y + 12, percent(below, 0), "tick", "end"),
             text(neutral + right * unit + 5, y + 12, percent(above, 0), "tick")]  # fmt: skip
    for share, kind in zip(shares, kinds, strict=True):
        marks.append(group(kind, rect(x, y, share * unit, BAR, "bar")))
        x += share * unit
    return [*marks, line(neutral, y - 2, neutral, y + BAR + 2, "axis")]


def _said(label: str, shares: Sequence[float] | None) -> str:
    if shares is None:
        return f"{label}\u00a0: masqué."
    half, odd = divmod(len(shares), 2)
    below, above = percent(sum(shares[:half]), 0), percent(sum(shares[half + odd :]), 0)
    middle = f", {percent(shares[half], 0)} au milieu" if odd else ""
    return f"{label}\u00a0: {below} vers le bas de l'échelle{middle}, {above} vers le haut."
