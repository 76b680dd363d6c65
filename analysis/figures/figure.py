"""A figure: a masked table, the drawing made of it and of nothing else, and its description in words."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.tables.table import Table


@dataclass(frozen=True, slots=True)
class Legend:
    """One entry of a legend: the class of the mark, and what it means."""

    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Figure:
    """What a page shows of a figure; ``svg`` is empty when there is nothing that may be drawn."""

    id: str
    title: str
    table: Table
    svg: str
    description: str
    legend: tuple[Legend, ...] = ()


def wave_marks(waves: int) -> tuple[str, ...]:
    """The class of each wave's marks, in order; the sixth colour comes back for those beyond."""
    return ("series-1",) if waves == 1 else ("before", "after", *(f"series-{min(n, 6)}" for n in range(3, waves + 1)))
