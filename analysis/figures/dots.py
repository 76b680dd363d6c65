"""Proportions as dots with their intervals."""

from __future__ import annotations

from analysis.figures.figure import Figure
from analysis.figures.svg import LINE, WIDTH, drawing, group, line, tag, text, wrapped
from analysis.people.cohort import Cohort
from analysis.plan.specification import FigureSpec, TableSpec
from analysis.tables.cells import Count, Interval
from analysis.tables.shares import proportions
from analysis.tables.table import Table

ROOM = 60.0


def dots_table(spec: FigureSpec, cohort: Cohort) -> Table:
    """The proportions of the figure's variables."""
    wanted = TableSpec(spec.id, "proportions", spec.title, wave=spec.wave, variables=spec.variables, added=spec.added)
    return proportions(wanted, cohort)[0]


def draw_dots(spec: FigureSpec, table: Table) -> Figure:
    """One dot a proportion, from 0 to 100 %, its interval as a line."""
    width = WIDTH - ROOM
    parts: list[str] = []
    y = 0.0
    for row in table.rows:
        for words in wrapped(row.label, WIDTH):
            y += LINE
            parts.append(text(0, y, words))
        if row.role == "variable":
            continue
        y += 12
        share, bounds = row.cells[0], row.cells[1]
        if isinstance(share, Count) and share.share is not None and isinstance(bounds, Interval):
            low, high = bounds.low or 0, bounds.high or 0
            parts.append(group("series-1", line(low * width, y, high * width, y, "whisker"),
                               tag("circle", "point", cx=share.share * width, cy=y, r=4)))  # fmt: skip
            parts.append(text(width + 8, y + 4, share.percent(1), "value"))
        else:
            parts.append(text(0, y + 4, share.text(), "tick"))
        y += 6
    grid = "".join(line(width * one / 4, 2, width * one / 4, y + 6, "axis" if one == 0 else "grid") for one in range(5))
    ticks = "".join(text(width * one / 4, y + 20, f"{25 * one}\u00a0%", "tick", "start" if one == 0 else "middle")
                    for one in range(5))  # fmt: skip
    description = " ".join(f"{row.label}\u00a0: {row.cells[0].text()}, intervalle {row.cells[1].text()}."
                           for row in table.rows if row.role != "variable")  # fmt: skip
    svg = drawing(spec.id, table.title, description, y + 26, grid + "".join(parts) + ticks) if table.rows else ""
    return Figure(spec.id, table.title, table, svg, description)
