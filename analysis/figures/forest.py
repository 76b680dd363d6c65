"""The effects of a model as a forest plot: each level alone and beside the others, with its interval."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.figures.figure import Figure, Legend
from analysis.figures.svg import CHARACTER, LINE, WIDTH, drawing, group, line, tag, text, wrapped
from analysis.people.cohort import Cohort
from analysis.plan.specification import FigureSpec
from analysis.tables.cells import Cell, Interval, Number
from analysis.tables.model_kind import KINDS
from analysis.tables.regression import regression
from analysis.tables.table import Table, TableRow
from divan.sources.french import number

RATIO, COEFFICIENT = "ratio", "coefficient"
EDGE, INDENT = 12.0, 10.0
FAR = 20.0  # an interval is cut, with an arrow, this many times beyond the furthest estimate
SIDES = (("estimate", "interval", "series-1", 0.0), ("crude", "crude_interval", "series-2", 10.0))
LEGEND = (Legend("series-1", "avec les autres variables"), Legend("series-2", "seule"))


def forest_table(spec: FigureSpec, cohort: Cohort) -> Table:
    """The effects of a planned model, without its own rows and p."""
    planned = next(one for one in cohort.plan.tables if one.id == spec.table)
    kind = RATIO if KINDS[planned.model].ratio else COEFFICIENT
    found = regression(planned, cohort)
    if not found:
        return Table(spec.id, spec.title, "Variable", (), (), added=spec.added)
    model = found[0]
    kept = [
        place
        for place, one in enumerate(model.columns)
        if one.id in {"crude", "crude_interval", "estimate", "interval"}
    ]
    columns = tuple(replace(model.columns[place], statistic=kind if model.columns[place].id == "estimate"
                            else model.columns[place].statistic) for place in kept)  # fmt: skip
    names = {*planned.variables, "baseline", "wave"}
    rows = tuple(replace(row, cells=tuple(row.cells[place] for place in kept)) for row in model.rows if row.id in names)
    return Table(spec.id, spec.title, "Variable", columns, rows, added=spec.added, empty=model.empty)


@dataclass(frozen=True, slots=True)
class _Axis:
    """From an effect to its place: logarithmic for ratios; ``null`` is no effect at all."""

    low: float
    high: float
    ratio: bool

    @property
    def null(self) -> float:
        return 1.0 if self.ratio else 0.0

    def place(self, value: float) -> float:
        """Where a value stands, kept within the axis."""
        read: Callable[[float], float] = math.log if self.ratio else float
        within = min(max(value, self.low), self.high)
        return EDGE + (read(within) - read(self.low)) / (read(self.high) - read(self.low)) * (WIDTH - 2 * EDGE)

    def ticks(self) -> list[float]:
        """Round values, five or so."""
        if not self.ratio:
            step = _round_step((self.high - self.low) / 5)
            first = math.ceil(self.low / step)
            return [step * n for n in range(first, math.floor(self.high / step) + 1)]
        powers = range(math.floor(math.log10(self.low)) - 1, math.ceil(math.log10(self.high)) + 1)
        fine = [round(one * 10.0**power, 9) for power in powers for one in (1, 2, 5)]
        shown = [one for one in fine if self.low <= one <= self.high]
        return shown if len(shown) < 8 else [one for one in shown if math.log10(one).is_integer()]


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next((one * power for one in (1, 2, 5) if one * power >= rough), 10 * power)


def _axis(table: Table) -> _Axis | None:
    ratio = any(one.statistic == RATIO for one in table.columns)
    values = [cell.value for _, _, cell in table.walk() if isinstance(cell, Number) and _drawable(cell.value, ratio)]
    if not values:
        return None
    bounds = [bound for _, _, cell in table.walk() if isinstance(cell, Interval)
              for bound in (cell.low, cell.high) if _drawable(bound, ratio)]  # fmt: skip
    known = [float(one) for one in (*values, *bounds, 1.0 if ratio else 0.0) if one is not None]
    estimates = [float(one) for one in (*values, 1.0 if ratio else 0.0) if one is not None]
    low, high = min(known), max(known)
    if ratio:
        low, high = max(low, min(estimates) / FAR), min(high, max(estimates) * FAR)
        return _Axis(low / 1.15, high * 1.15, ratio)
    span = (high - low) * 0.04 or 1.0
    return _Axis(low - span, high + span, ratio)


def _drawable(value: float | None, ratio: bool) -> bool:
    return value is not None and math.isfinite(value) and (not ratio or value > 0)


def draw_forest(spec: FigureSpec, table: Table) -> Figure:
    """Each effect as a point and its interval as a line, either side of no effect; what is cut ends in an arrow."""
    axis = _axis(table)
    if axis is None:
        return Figure(spec.id, table.title, table, "", "")
    parts: list[str] = []
    y = 0.0
    for row in table.rows:
        cells = dict(zip((one.id for one in table.columns), row.cells, strict=True))
        more, y = _row(row, cells, axis, y)
        parts += more
    grid = "".join(line(axis.place(one), 2, axis.place(one), y, "grid") for one in axis.ticks())
    grid += line(axis.place(axis.null), 2, axis.place(axis.null), y, "axis")
    ticks = "".join(text(axis.place(one), y + 15, _said(one, axis.ratio), "tick", "middle") for one in axis.ticks())
    effect = table.columns[-2].label.split()[0]
    ticks += text(WIDTH / 2, y + 31, f"{effect}, échelle logarithmique" if axis.ratio else effect, "tick", "middle")
    svg = drawing(spec.id, table.title, _description(table), y + 38, grid + "".join(parts) + ticks)
    return Figure(spec.id, table.title, table, svg, _description(table), LEGEND)


def _row(row: TableRow, cells: dict[str, Cell], axis: _Axis, y: float) -> tuple[list[str], float]:
    """The label, the adjusted effect in figures, then both marks under them."""
    said = _figures(cells)
    indent, kind = (INDENT, "label") if row.role == "level" else (0.0, "value" if row.role == "variable" else "label")
    room = WIDTH - indent - (len(said) * CHARACTER + 8 if said else 0)
    together = len(row.label) * CHARACTER <= room
    parts = []
    for words in wrapped(row.label, WIDTH - indent):
        y += LINE
        parts.append(text(indent, y, words, kind))
    if said and not together:
        y += LINE
    if said:
        parts.append(text(WIDTH, y, said, "tick", "end"))
    marks = [_mark(cells[estimate], cells[interval], axis, y + 9 + shift, color)
             for estimate, interval, color, shift in SIDES]  # fmt: skip
    drawn = [one for one in marks if one]
    return parts + drawn, y + (9 + 10 * len(drawn) if drawn else 4)


def _figures(cells: dict[str, Cell]) -> str:
    estimate, bounds = cells["estimate"], cells["interval"]
    return f"{estimate.text()} ({bounds.text()})" if isinstance(bounds, Interval) else estimate.text()


def _mark(estimate: Cell, bounds: Cell, axis: _Axis, y: float, kind: str) -> str:
    if not (isinstance(estimate, Number) and isinstance(bounds, Interval) and _drawable(estimate.value, axis.ratio)):
        return ""
    low, high = bounds.low, bounds.high
    if low is None or high is None or estimate.value is None:
        return ""
    low = low if not axis.ratio or low > 0 else axis.low / 2
    ends = "".join(_arrow_head(at, y, way) for at, way, cut in
                   ((axis.place(low), -1, low < axis.low), (axis.place(high), 1, high > axis.high)) if cut)  # fmt: skip
    return group(kind, line(axis.place(low), y, axis.place(high), y, "whisker"), ends,
                 tag("circle", "point", cx=axis.place(estimate.value), cy=y, r=3.5))  # fmt: skip


def _arrow_head(x: float, y: float, way: int) -> str:
    return tag("path", "whisker", d=f"M{x - 5 * way:.1f} {y - 4:.1f}L{x:.1f} {y:.1f}L{x - 5 * way:.1f} {y + 4:.1f}")


def _said(value: float, ratio: bool) -> str:
    digits = max(0, -math.floor(math.log10(abs(value)) + 1e-9)) if value else 0
    return number(value, min(digits, 4) if ratio or digits else 0)


def _description(table: Table) -> str:
    return " ".join(_sentences(table.rows, [one.id for one in table.columns]))


def _sentences(rows: Sequence[TableRow], names: list[str]) -> Iterator[str]:
    variable = ""
    for row in rows:
        cells = dict(zip(names, row.cells, strict=True))
        if row.role == "variable":
            variable = f"{row.label}, "
        elif cells["estimate"].text():
            yield f"{variable if row.role == 'level' else ''}{row.label}\u00a0: {_figures(cells)}."
