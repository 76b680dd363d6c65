"""How each part of a report stands before the answers: what git held of the plan when the first of them arrived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from analysis.people.chat_members import CHAT_MEMBERS
from analysis.people.cohort import Cohort
from analysis.people.stacking import STACK, WAVE
from analysis.plan.plan_entries import SETTINGS, PlanEntry, named_test
from analysis.plan.plan_history import PlanHistory
from analysis.plan.specification import FigureSpec, PlannedTest, TableSpec
from analysis.plan.standing import Mark, Standing, latest
from analysis.tables.families import families
from analysis.tables.table import Table, Test
from surveys.responses import Row


@dataclass(frozen=True, eq=False)
class PlanMarks:
    """The marks of a plan's parts, given what is known of its past."""

    cohort: Cohort
    history: PlanHistory

    def marked(self, tables: Sequence[Table]) -> list[Table]:
        """The tables and their tests, each with its mark."""
        return [self._table(table) for table in tables]

    def late(self) -> list[tuple[PlanEntry, Mark]]:
        """Variables and settings that stand since after the answers."""
        own = [(one, self._stands(one, self.deadline())) for one in self.cohort.plan.entries
               if one.kind in ("variable", "setting")]  # fmt: skip
        return [(entry, mark) for entry, mark in own if mark.standing is Standing.POST_HOC]

    def deadline(self, *waves: str) -> date:
        """The day of the first answer of the last of these waves, or the day it opens; the second's by default."""
        named = [one for one in self.cohort.study.fielded if one.id in waves] or [self.cohort.study.revealing]
        last = max(named, key=lambda wave: wave.opens)
        return self._first_days[last.id] or last.opens

    @cached_property
    def _first_days(self) -> Mapping[str, date | None]:
        """The day of the first answer of each wave."""
        days = {wave.id: [row["date"] for row in self._rows(wave.id) if row.get("date")]
                for wave in self.cohort.study.fielded}  # fmt: skip
        return {wave: date.fromisoformat(min(own)) if own else None for wave, own in days.items()}

    def _rows(self, wave: str) -> Sequence[Row]:
        if self.cohort.study.stacked:
            return [row for row in self.cohort.responses[STACK].rows if row[WAVE] == wave]
        received = self.cohort.responses.get(wave)
        return received.rows if received else ()

    def _table(self, table: Table) -> Table:
        specs: tuple[TableSpec | FigureSpec, ...] = (*self.cohort.plan.tables, *self.cohort.plan.figures)
        spec = next((one for one in specs if one.id == table.entry), None)
        if spec is None:
            return table
        day = self._day_of(spec, table)
        mark = latest([self._spec(spec, day), *self._needs(spec, day)])
        tests = tuple(
            replace(one, mark=latest([mark, *self._asked(spec, one, table.tests, day)])) for one in table.tests
        )
        return replace(table, mark=mark, tests=tests)

    def _day_of(self, spec: TableSpec | FigureSpec, table: Table) -> date:
        if table.population == CHAT_MEMBERS and self.cohort.study.chat:
            return self.cohort.study.chat.opens  # its posts are what it counts
        waves = spec.waves if isinstance(spec, TableSpec) else ()
        return self.deadline(*(waves or ((spec.wave,) if spec.wave else ())))

    def _spec(self, spec: TableSpec | FigureSpec, day: date) -> Mark:
        kind = "table" if isinstance(spec, TableSpec) else "figure"
        return self._stands(self._entry(kind, spec.id), day, spec.added)

    def _needs(self, spec: TableSpec | FigureSpec, day: date) -> list[Mark]:
        """The marks of what it computes with: its variables, and the score where it needs one."""
        names = {*spec.variables, *(spec.by if isinstance(spec, TableSpec) else (spec.by,) if spec.by else ())}
        marks = [
            self._stands(one, day) for one in self.cohort.plan.entries if one.kind == "variable" and one.id in names
        ]
        scored = families()[spec.show].composite if isinstance(spec, TableSpec) else spec.show == "boxes"
        return [*marks, *([self._stands(self._entry("setting", "composite"), day)] if scored else ())]

    def _asked(self, spec: TableSpec | FigureSpec, test: Test, all_tests: Sequence[Test], day: date) -> list[Mark]:
        """The mark of the entry that asked for a test; one chosen by the code (« auto ») is of those left over."""
        wanted: Sequence[PlannedTest] = spec.tests if isinstance(spec, TableSpec) else ()
        named = [one for one in wanted if one.test == test.result.test]
        done = {one.result.test for one in all_tests}
        chosen = named or [one for one in wanted if one.test not in done]
        return [self._stands(self._entry("test", named_test(spec.id, one.test)), day, one.added) for one in chosen]

    def _entry(self, kind: str, name: str) -> PlanEntry | None:
        return next((one for one in self.cohort.plan.entries if (one.kind, one.id) == (kind, name)), None)

    def _stands(self, entry: PlanEntry | None, day: date, added: date | None = None) -> Mark:
        owned = added if added is not None and added >= day else None
        if entry is None or not self.history.known:
            return Mark(Standing.POST_HOC, owned) if owned else Mark()
        stood = self.history.of(entry.kind, entry.says)
        if stood and stood.before(day) and not owned:
            return Mark(Standing.PLANNED)
        since = stood.since if stood else None
        if since is None and not owned and not self._begun(day):
            return Mark()
        return Mark(Standing.POST_HOC, max((one for one in (since, owned) if one), default=None))

    def _begun(self, day: date) -> bool:
        """Whether answers that this day is the first of have come."""
        return self.cohort.data_cut is not None and self.cohort.data_cut >= day


def setting_names() -> dict[str, str]:
    """What a reader calls each setting of a plan."""
    said = ("seuil de masquage", "seuil des tests", "niveau de confiance", "correction des tests", "type de quartile",
            "score", "critère principal")  # fmt: skip
    return dict(zip(SETTINGS, said, strict=True))
