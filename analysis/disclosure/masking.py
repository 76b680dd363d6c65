"""Apply the masking to tables: counts, and every statistic that rests on a masked count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from analysis.disclosure.ledger import spread_cells
from analysis.disclosure.suppression import Masking
from analysis.people.counted import Basis, Key, Spread
from analysis.people.respondents import GROUP, MISSING, Respondents
from analysis.statistics import Result
from analysis.tables.cells import Cell, Count, Masked, Text
from analysis.tables.table import Table, Test

WITHHELD = "masqué, car il repose sur un petit effectif"
TOO_SMALL = "Ce tableau croisé n'est pas publié : la plupart de ses effectifs sont trop petits."
TOO_MUCH = 0.5
CROSSED = 2


@dataclass(frozen=True, slots=True)
class Hidden:
    """One cell taken away, for the moderator: where it was, its value as it would have been shown, and why."""

    table: str
    row: str
    level: str
    column: str
    value: str
    reason: str


def mask_table(table: Table, people: Respondents, masking: Masking) -> tuple[Table, list[Hidden]]:
    """The table as it may be published, and what was taken away."""
    hides = _hides(people, masking)
    hidden: list[Hidden] = []
    rows = []
    for row in table.rows:
        cells = []
        for column, cell in zip(table.columns, row.cells, strict=True):
            reason = _reason(cell, masking, hides)
            if reason:
                hidden.append(Hidden(table.id, row.id, row.level, column.id, cell.text(), reason))
            cells.append(Masked(tuple(cell.raw())) if reason else _without_telling_base(cell, hides))
        rows.append(replace(row, cells=tuple(cells)))
    return replace(table, rows=tuple(rows), tests=_tests(table.tests, hides)), hidden


def _hides(people: Respondents, masking: Masking) -> Callable[[Basis], bool]:
    """Tell whether a basis holds a masked or a small count."""
    known: dict[Spread | Key, bool] = {}

    def part_hides(part: Spread | Key) -> bool:
        if part not in known:
            cells = spread_cells(people, part) if isinstance(part, Spread) else [part]
            known[part] = any(who in masking or 1 <= people.count(who) < masking.threshold for who in cells)
        return known[part]

    return lambda basis: any(part_hides(part) for part in basis)


def _reason(cell: Cell, masking: Masking, hides: Callable[[Basis], bool]) -> str:
    if isinstance(cell, Count):
        return masking.reasons.get(cell.who, "")
    basis: Basis = getattr(cell, "basis", ())
    empty = isinstance(cell, Text) and not cell.words
    return "derived" if basis and not empty and hides(basis) else ""


def _without_telling_base(cell: Cell, hides: Callable[[Basis], bool]) -> Cell:
    """The cell; its percentage goes when its base is masked, or tells how many did not answer and they are few."""
    if not isinstance(cell, Count) or cell.of is None:
        return cell
    others = [(name, cell.who - {(name, level)}) for name, level in cell.who if name != GROUP]
    silent = [rest | {(name, MISSING)} for name, rest in others]
    wider = [rest for _, rest in others if len(rest) >= CROSSED]
    return replace(cell, of=None) if hides((*silent, *wider)) else cell


def _tests(tests: tuple[Test, ...], hides: Callable[[Basis], bool]) -> tuple[Test, ...]:
    """Tests without the figures that would give a masked count back; Holm's p goes with any of its family."""
    gone = {(test.table, test.result.test) for test in tests if hides(test.basis)}
    kept = []
    for test in tests:
        if hides(test.basis):
            kept.append(replace(test, result=Result(test.result.test, 0, undefined=WITHHELD)))
        elif (test.table, test.result.test) in gone and "p_holm" in test.result.detail:
            detail = {name: value for name, value in test.result.detail.items() if name not in ("p_holm", "family")}
            kept.append(replace(test, result=replace(test.result, detail=detail)))
        else:
            kept.append(test)
    return tuple(kept)


def says_too_little(table: Table, threshold: int) -> bool:
    """True for a cross table most of whose counts are small: hiding it whole spares the tables it would drag along."""
    crossed = [cell.n for _, _, cell in table.walk() if isinstance(cell, Count) and len(cell.who) > CROSSED and cell.n]
    return sum(n < threshold for n in crossed) > TOO_MUCH * len(crossed)


def withdrawn(table: Table) -> Table:
    """The table with every count taken away, and a sentence that says so."""
    rows = tuple(replace(row, cells=tuple(_taken(cell) for cell in row.cells)) for row in table.rows)
    tests = tuple(replace(test, result=Result(test.result.test, 0, undefined=WITHHELD)) for test in table.tests)
    return replace(table, rows=rows, tests=tests, notes=(*table.notes, TOO_SMALL))


def _taken(cell: Cell) -> Cell:
    return cell if isinstance(cell, Text) and not cell.words else Masked(tuple(cell.raw()))
