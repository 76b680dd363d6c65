"""Counts that a reader does not know, and every line that ties them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bench.attack.asked import Axis

Where = frozenset[tuple[str, str]]
Cell = tuple[str, Where]
"""The people of a group (``included``) who gave these answers."""
Terms = Mapping[int, float]
Line = tuple[Terms, float, float]
MET = 1e-6


@dataclass(eq=False)
class Puzzle:
    """Cells, their bounds, and lines ``low <= sum <= high``."""

    size: int
    cells: dict[Cell, int] = field(default_factory=dict)
    names: list[Cell] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    axes: dict[tuple[str, str], Axis] = field(default_factory=dict)
    crossed: set[tuple[str, str, str]] = field(default_factory=set)

    def cell(self, group: str, *answers: tuple[str, str]) -> int:
        """The unknown of these answers."""
        key = (group, frozenset(answers))
        if key not in self.cells:
            self.cells[key] = len(self.names)
            self.names.append(key)
        return self.cells[key]

    def line(self, terms: Iterable[tuple[int, float]], low: float, high: float) -> None:
        """Something that the reader knows."""
        summed: dict[int, float] = {}
        for place, factor in terms:
            summed[place] = summed.get(place, 0) + factor
        self.lines.append(({place: factor for place, factor in summed.items() if factor}, low, high))

    def people(self, group: str) -> int:
        """The unknown of the size of a group."""
        new = (group, frozenset()) not in self.cells
        place = self.cell(group)
        if new and group == "included":
            self.line([(place, 1)], self.size, self.size)
        return place

    def axis(self, group: str, axis: Axis) -> None:
        """The answers to a question add up to the people of the group."""
        if (group, axis.name) not in self.axes:
            self.axes[group, axis.name] = axis
            own = [(self.cell(group, (axis.name, level)), 1.0) for level in axis.cells]
            self.line([*own, (self.people(group), -1)], 0, 0)

    def cross(self, group: str, one: Axis, other: Axis) -> None:
        """Two questions crossed: each margin is the sum of its row."""
        first, second = sorted((one, other), key=lambda axis: axis.name)
        if (group, first.name, second.name) in self.crossed:
            return
        self.crossed.add((group, first.name, second.name))
        for mine, yours in ((first, second), (second, first)):
            self.axis(group, mine)
            for level in mine.cells:
                row = [(self.cell(group, (mine.name, level), (yours.name, cut)), 1.0) for cut in yours.cells]
                self.line([*row, (self.cell(group, (mine.name, level)), -1)], 0, 0)

    def tie(self, group: str, fine: Axis, coarse: Axis, inside: Mapping[str, Iterable[str]]) -> None:
        """A coarse answer is the sum of its finer ones."""
        if ("tied", group, coarse.name) in self.crossed:
            return
        self.crossed.add(("tied", group, coarse.name))
        for axis in (fine, coarse):
            self.axis(group, axis)
        for level, finer in inside.items():
            own = [(self.cell(group, (fine.name, one)), 1.0) for one in finer]
            self.line([*own, (self.cell(group, (coarse.name, level)), -1)], 0, 0)

    def keep(self, counts: Sequence[float]) -> None:
        """Only the lines that these counts meet."""
        self.lines = [
            (terms, low, high)
            for terms, low, high in self.lines
            if low - MET <= sum(factor * counts[place] for place, factor in terms.items()) <= high + MET
        ]
