"""A page published while a study runs: counts rounded to the threshold, no statistic.

Answers are still coming in, and the last page will leave some of these people out: the difference of two exact pages
would show the few who make it. Source: ONS and Statistics Canada round small surveys in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from analysis.disclosure.masking import Hidden
from analysis.people.counted import Key
from analysis.statistics import Result
from analysis.tables.cells import Cell, Count, Effect, Interval, Masked, Number
from analysis.tables.table import Table

WAITING = "publié avec la seconde vague"


def coarsen(table: Table, threshold: int) -> tuple[Table, list[Hidden]]:
    """Counts to the nearest multiple of ``threshold``; statistics, and rows whose sum gives a count away, withheld."""
    pinned = _pinned(table, threshold)
    hidden: list[Hidden] = []
    rows = []
    for row in table.rows:
        cells: list[Cell] = []
        for column, cell in zip(table.columns, row.cells, strict=True):
            kept = _coarse(cell, threshold, pinned)
            if isinstance(kept, Masked):
                hidden.append(Hidden(table.id, row.id, row.level, column.id, cell.text(), "waiting"))
            cells.append(kept)
        rows.append(replace(row, cells=tuple(cells)))
    tests = tuple(replace(test, result=Result(test.result.test, 0, undefined=WAITING)) for test in table.tests)
    return _without_statistics(replace(table, rows=tuple(rows), tests=tests), threshold), hidden


def _without_statistics(table: Table, threshold: int) -> Table:
    """The table without the columns that show nothing yet; all of it goes when none is left."""
    if not any(isinstance(cell, (Count, Masked)) for _, _, cell in table.walk()):
        return table
    kept = [place for place, _ in enumerate(table.columns)
            if any(isinstance(row.cells[place], Count) for row in table.rows)]  # fmt: skip
    if not kept:
        return replace(table, rows=(), columns=(), tests=(), notes=(), empty=f"Ce tableau sera {WAITING}.")
    note = f"Effectifs arrondis au multiple de {threshold} le plus proche, tant que l'étude court."
    rows = tuple(replace(row, cells=tuple(row.cells[place] for place in kept)) for row in table.rows)
    rows = tuple(
        row for row in rows if row.role == "variable" or any(not isinstance(cell, Masked) for cell in row.cells)
    )
    return replace(table, columns=tuple(table.columns[place] for place in kept), rows=rows, tests=(), notes=(note,))


def nearest(n: int, step: int) -> int:
    """The multiple of ``step`` nearest to ``n``, the larger of two."""
    return (2 * n + step) // (2 * step) * step


def _coarse(cell: Cell, step: int, pinned: frozenset[Key]) -> Cell:
    if isinstance(cell, Count):
        if cell.who in pinned:
            return Masked(tuple(cell.raw()))
        return replace(cell, n=nearest(cell.n, step), of=None if cell.of is None else nearest(cell.of, step), near=True)
    return Masked(tuple(cell.raw())) if isinstance(cell, (Number, Interval, Effect)) and cell.basis else cell


def _pinned(table: Table, step: int) -> frozenset[Key]:
    """Counts of the rows in which the total, known, leaves a small count only one value."""
    together: dict[tuple[str, str], list[Count]] = {}
    for row, column, cell in table.walk():
        if isinstance(cell, Count):
            together.setdefault((row.id, column.id), []).append(cell)
    return frozenset(cell.who for cells in together.values() if _gives_away(cells, step) for cell in cells)


def _gives_away(cells: Iterable[Count], step: int) -> bool:
    counts = [cell.n for cell in cells]
    bounds = [(max(0, nearest(n, step) - step // 2), nearest(n, step) + (step - 1) // 2) for n in counts]
    total, low, high = sum(counts), sum(one for one, _ in bounds), sum(one for _, one in bounds)
    for n, (least, most) in zip(counts, bounds, strict=True):
        only = max(least, total - (high - most)) == min(most, total - (low - least))
        if only and 1 <= n < step and len(counts) > 1:
            return True
    return False
