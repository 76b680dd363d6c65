"""The public edition of a report, in four rules. With k the threshold (5 unless the plan says otherwise).

1. **A table is made of what is told.** The levels of a question are merged in one order (``blocks``), the same for each
   table and wave, until each count is 0 or at least k. Where two questions cross, so is each cell of the cross, those
   who gave no answer included (``silences``). The table is then made anew of these people, tests and figures with it:
   what they tell, its counts tell already. A question for which nothing is coarse enough leaves the table, whole.
2. **A mean is exact when its sum tells nothing** (``sums``); else it is that of the levels as they are told. So is the
   score that the questions make, described, as they are, in those alone who answered all of them.
3. **A spread, or quartiles, have four times k people**, and leave open how many gave each value (``spreads``): each
   quartile is somebody's answer.
4. **Digits are those of reading** (``digits``): no rank sum, tie count, variance or long decimal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.disclosure.crossings import crossing
from analysis.disclosure.digits import readable_cell, readable_test
from analysis.disclosure.figure_gate import FigureGate
from analysis.disclosure.told_answers import Cut, ToldAnswers
from analysis.people.cohort import Cohort
from analysis.people.counted import Key, Spread
from analysis.statistics import Result
from analysis.tables.cells import Cell, Count, Masked, Text
from analysis.tables.table import Column, Table, TableRow, Test
from divan.sources.french import enumeration, number

Build = Callable[[Cohort], list[Table]]
NOT_TOLD = "Ce tableau n'est pas publié : il ne compte que quelques personnes, même en regroupant les réponses."
WITHHELD = "non publié, car il repose sur trop peu de personnes"


@dataclass(frozen=True, slots=True)
class Withheld:
    """What the public edition leaves out, for the moderators: a table, and the question of it."""

    table: str
    row: str
    reason: str


@dataclass(frozen=True, slots=True)
class ToldTable:
    """A table as everybody may read it, and what was left out of it."""

    table: Table
    withheld: tuple[Withheld, ...] = ()


class PublicEdition:
    """The gate that every table and figure of a report goes through; without a threshold, it is open."""

    def __init__(self, cohort: Cohort) -> None:
        self.cohort, self.k = cohort, cohort.plan.threshold
        self._answers: dict[str, ToldAnswers] = {}

    def of(self, build: Build, exact: Sequence[Table]) -> list[ToldTable]:
        """The public tables that ``build`` makes, ``exact`` being what it makes of all answers."""
        if self.k <= 1:
            return [ToldTable(table) for table in exact]
        made: dict[tuple[tuple[str, int], ...], dict[str, Table]] = {}
        return [self._published(build, table, made) for table in exact]

    def _published(
        self, build: Build, exact: Table, made: dict[tuple[tuple[str, int], ...], dict[str, Table]]
    ) -> ToldTable:
        answers = self._population(exact.population)

        def cut_as(cut: Cut) -> Table | None:
            if cut.steps not in made:
                made[cut.steps] = {one.id: one for one in build(answers.cohort(cut))}
            return made[cut.steps].get(exact.id)

        plain = cut_as(answers.cut_for(()))
        crossings = {crossing(part) for table in (exact, plain) if table for part in _rests_on(table)}
        cut = answers.cut_for(sorted(crossings, key=lambda one: (one.group, one.axes)))
        table = cut_as(cut)
        return _nothing(exact) if table is None else _told(exact, table, FigureGate(answers, cut))

    def _population(self, name: str) -> ToldAnswers:
        if name not in self._answers:
            self._answers[name] = ToldAnswers(self.cohort, name)
        return self._answers[name]


def _rests_on(table: Table) -> Iterator[Spread | Key]:
    for _, _, cell in table.walk():
        yield from (cell.who,) if isinstance(cell, Count) else getattr(cell, "basis", ())
    for test in table.tests:
        yield from test.basis


def _told(exact: Table, table: Table, gate: FigureGate) -> ToldTable:
    """The table made of what is told, without the questions of which nothing is, and rounded."""
    gone = {row.id for row, _, cell in table.walk() if isinstance(cell, Count) and gate.hides_count(cell)}
    rows = [replace(row, cells=tuple(_public(row, column, cell, gate)
                                     for column, cell in zip(table.columns, row.cells, strict=True)))
            for row in table.rows if row.id not in gone or Count not in map(type, row.cells)]  # fmt: skip
    tests = tuple(_withheld(test) if gate.hides_test(test) else readable_test(test) for test in table.tests)
    whole = _without_empty(replace(table, rows=tuple(rows), tests=tests))
    if not whole.rows and exact.rows:
        return _nothing(exact)
    labels = [*_left_out(exact, {one.id for one in whole.rows}, gone)]
    found = [f"«\u00a0{label}\u00a0»" for label in labels]
    few = (f"Trop peu de personnes, même en regroupant les réponses, pour publier {enumeration(found)}.",) * bool(found)
    withheld = tuple(Withheld(exact.id, label, NOT_TOLD) for label in labels)
    return ToldTable(replace(whole, notes=(*whole.notes, *_filled(gate.cut), *few)), withheld)


def _left_out(exact: Table, shown: set[str], gone: set[str]) -> Iterator[str]:
    """The questions that are told no more; of one that still is, its counts that are not."""
    seen: set[str] = set()
    for row in exact.rows:
        if row.id not in seen and (row.id not in shown or (row.id in gone and Count in map(type, row.cells))):
            seen |= {row.id} - shown
            yield row.label


def _filled(cut: Cut) -> Iterator[str]:
    """What stands for a silence, where it is counted as an answer."""
    labels = {cut.people.variables[name].label: n for name, n in sorted(cut.filled.items())}
    found = [f"«\u00a0{label}\u00a0» ({number(n)})" for label, n in labels.items()]
    if found:
        yield f"Sans réponse, comptées ici avec la plus fréquente, ou la médiane\u00a0: {enumeration(found)}."


def _public(row: TableRow, column: Column, cell: Cell, gate: FigureGate) -> Cell:
    if isinstance(cell, Count | Masked) or (isinstance(cell, Text) and not cell.words):
        return readable_cell(cell)
    return Masked(tuple(cell.raw())) if gate.hides_cell(row, column, cell) else readable_cell(cell)


def _without_empty(table: Table) -> Table:
    """The table without the rows, then the columns, with nothing left to tell; a drawing wants all of them."""
    shown = [row for row in table.rows if not _is_empty(row.cells)]
    headed = {row.id for row in shown if row.role != "variable"}
    rows = [row for row in shown if row.role != "variable" or row.id in headed or _tells(row.cells)]
    kept = [place for place, _ in enumerate(table.columns)
            if not table.kind or not rows or not _is_empty([row.cells[place] for row in rows])]  # fmt: skip
    narrow = tuple(replace(row, cells=tuple(row.cells[place] for place in kept)) for row in rows)
    return replace(table, columns=tuple(table.columns[place] for place in kept), rows=narrow)


def _is_empty(cells: Sequence[Cell]) -> bool:
    return any(isinstance(cell, Masked) for cell in cells) and not _tells(cells)


def _tells(cells: Sequence[Cell]) -> bool:
    return any(not isinstance(cell, Masked) and cell.text() not in ("", "—") for cell in cells)


def _withheld(test: Test) -> Test:
    return replace(test, result=Result(test.result.test, 0, undefined=WITHHELD))


def _nothing(table: Table) -> ToldTable:
    nothing = replace(table, rows=(), tests=tuple(map(_withheld, table.tests)), notes=(), empty=NOT_TOLD)
    return ToldTable(nothing, (Withheld(table.id, "", NOT_TOLD),))
