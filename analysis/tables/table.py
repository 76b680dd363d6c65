"""What a table of the report is: rows of cells that know their numbers, unrounded, and who they count.

Every output (page, CSV, JSON, Word, Excel, LaTeX, figure) is drawn from these; disclosure control replaces cells here,
once, and so everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from analysis.people.counted import Basis
from analysis.plan.standing import UNPROVED, Mark, Standing
from analysis.statistics import Result
from analysis.tables.cells import Cell


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``statistic`` and ``wave`` (or ``group``) say what its cells are, whatever the label."""

    id: str
    label: str
    statistic: str = "count"
    wave: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row; ``level`` is empty for a variable's own; ``role`` is ``variable``, ``level``, ``single`` or ``total``."""

    id: str
    label: str
    cells: tuple[Cell, ...]
    level: str = ""
    role: str = "single"


@dataclass(frozen=True, slots=True)
class Test:
    """A test as report.json lists it; ``basis`` as for Number, ``added`` when the plan says that it came later."""

    table: str
    row: str
    wave: str | None
    result: Result
    basis: Basis = ()
    added: date | None = None
    mark: Mark = UNPROVED


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the report. ``head`` names the first column; ``notes`` are French sentences; ``kind`` its family's,
    ``entry`` the part of the plan that asked for it, ``mark`` how this stands before the answers.

    ``population`` says whom its counts are of: those who answered, or others whom the cohort also knows.
    """

    id: str
    title: str
    head: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...] = ()
    tests: tuple[Test, ...] = ()
    added: date | None = None
    mark: Mark = UNPROVED
    empty: str = ""
    kind: str = ""
    entry: str = ""
    population: str = ""

    @property
    def name(self) -> str:
        """« T1. Titre » for a numbered table or figure, the title alone for the others."""
        return f"{self.id}. {self.title}" if self.id[:1] in "TF" and self.id[1:].isdigit() else self.title

    @property
    def post_hoc(self) -> bool:
        """Whether it came after the answers."""
        return self.mark.standing is Standing.POST_HOC

    def cell(self, row: str, level: str, column: str) -> Cell | None:
        """The cell at these ids, or None."""
        place = next((n for n, one in enumerate(self.columns) if one.id == column), None)
        found = next((one for one in self.rows if one.id == row and one.level == level), None)
        return None if place is None or found is None or place >= len(found.cells) else found.cells[place]

    def walk(self) -> Iterator[tuple[TableRow, Column, Cell]]:
        """Every cell with its row and column."""
        for row in self.rows:
            for column, cell in zip(self.columns, row.cells, strict=True):
                yield row, column, cell
