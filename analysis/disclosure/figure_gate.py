"""Which figures of a table, cut as everybody may read it, stay among the researchers."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.disclosure.crossings import crossing
from analysis.disclosure.silences import answered, is_silence
from analysis.disclosure.told_answers import Cut, ToldAnswers
from analysis.people.counted import Basis, Key, Spread
from analysis.people.respondents import MISSING, SCORED, Mask
from analysis.people.variable import YES
from analysis.tables.cells import Count, Effect, Interval, Number, Text
from analysis.tables.table import Column, TableRow, Test

MEASURES = frozenset({"sd", "q1", "median", "q3", "low", "high", "beyond"})
PARTS = 4
OF_SPREADS = frozenset({"paired_t"})
"""Tests whose p and effect are the mean and the SD again."""


@dataclass(frozen=True, eq=False)
class FigureGate:
    """The figures of a table that is made of the people of a ``cut``."""

    answers: ToldAnswers
    cut: Cut

    def hides(self, basis: Basis, parts: int = 1) -> bool:
        """Whether a figure that rests on ``basis``, cut into ``parts``, is not told."""
        few, numbers = parts * self.answers.k, self.answers.numbers
        return any(
            crossing(one) in self.cut.refused or numbers.is_of_itself(one) or 0 < self._who(one).sum() < few
            for one in basis
        )

    def hides_cell(self, row: TableRow, column: Column, cell: Number | Interval | Effect | Text) -> bool:
        """Whether the figure of a cell is not told."""
        measures, basis = {row.level, column.statistic}, cell.basis
        if measures & MEASURES:
            return self.hides(basis, PARTS) or self._narrow(basis) or self._sums_tell(cell, basis)
        spread = (isinstance(cell, Interval) and cell.form != "percent") or any(
            name.endswith(tuple(OF_SPREADS)) for name in (row.level, column.id)
        )
        return self.hides(basis) or (spread and self._narrow(basis)) or self._sums_tell(cell, basis)

    def hides_test(self, test: Test) -> bool:
        """Whether a test is not told."""
        estimated = test.result.estimate is not None and any(map(self.answers.score_groups.tell, test.basis))
        return self.hides(test.basis) or estimated or (test.result.test in OF_SPREADS and self._narrow(test.basis))

    def hides_count(self, cell: Count) -> bool:
        """Whether a count is not told; a silence by itself, of those analysed, is no small count."""
        found = crossing(cell.who)
        if found in self.cut.refused:
            return True
        silence = found.alone and any(
            level == MISSING or (is_silence(name) and level not in (YES, SCORED)) for name, level in cell.who
        )
        return 0 < cell.n < self.answers.k and not silence

    def _who(self, one: Spread | Key) -> Mask:
        """Those who gave the value."""
        among, axes = (one.among, one.axes) if isinstance(one, Spread) else (one, ())
        people = self.cut.people
        kept = people.matching(among)
        if any(level == MISSING for _, level in among):
            return kept & False
        for name in axes:
            kept = kept & answered(people, name)
        return kept

    def _sums_tell(self, cell: Number | Interval | Effect | Text, basis: Basis) -> bool:
        """Whether a figure of the score of groups, other than a p, gives its sum there."""
        if isinstance(cell, Number) and cell.form == "p":
            return False
        return any(map(self.answers.score_groups.tell, basis))

    def _narrow(self, basis: Basis) -> bool:
        """Whether a mean and a spread of these people say how many gave a value."""
        return any(
            not self.answers.numbers.spread_is_open(self.cut.people, name, one, self._who(one))
            for one in basis
            for name in self.answers.numbers.of(one)
        )
