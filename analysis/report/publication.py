"""Everything a report publishes, computed once, told once; pages and files are only ways to write it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from analysis.audit import Audit, audit
from analysis.disclosure import PublicEdition, ToldTable, Withheld
from analysis.disclosure.open_survey import nearest, postponed
from analysis.figures import draw, figure_table
from analysis.figures.figure import Figure
from analysis.people.cohort import Cohort
from analysis.plan.plan_history import PlanHistory, plan_history
from analysis.report.analysis_code import AnalysisCode, analysis_code
from analysis.report.interim import open_until
from analysis.report.open_answers import OpenQuestion, open_questions
from analysis.report.plan_marks import PlanMarks
from analysis.report.provenance import Input, inputs, software
from analysis.report.thread_quotes import QuotedCode, thread_quotes
from analysis.tables.families import build_planned
from analysis.tables.table import Table
from divan.sources.problem import Problem, noted, stop_if


@dataclass(frozen=True, eq=False)
class Publication:
    """A report's contents; what was ``withheld`` and the ``exact`` tables are for the moderators alone.

    ``open_until`` is the last day of the waves that are open when it is made, or None.
    """

    cohort: Cohort
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    open: tuple[OpenQuestion, ...]
    quotes: tuple[QuotedCode, ...]
    audit: Audit | None
    inputs: tuple[Input, ...]
    software: dict[str, str]
    code: AnalysisCode
    withheld: tuple[Withheld, ...]
    exact: tuple[Table, ...]
    marks: PlanMarks
    open_until: date | None = None

    @property
    def waits(self) -> date | None:
        """The day after which results may be public, when they may not yet."""
        return None if self.cohort.plan.interim else self.open_until

    @property
    def is_open(self) -> bool:
        """True while only about how many people answered may be told: who answers next would show in a difference."""
        study = self.cohort.study
        unpaired = study.pairing is not None and not self.cohort.paired
        return self.cohort.plan.threshold > 1 and (self.open_until is not None or unpaired)

    @property
    def n(self) -> int:
        """People analysed, to the nearest multiple of the threshold while the survey is open."""
        return nearest(self.cohort.n, self.cohort.plan.threshold) if self.is_open else self.cohort.n

    @property
    def status(self) -> str:
        """``provisional`` or ``final``; nothing is final, whatever the plan says, before every wave has answers."""
        plan, study = self.cohort.plan, self.cohort.study
        if self.open_until or not self.cohort.n or len(self.cohort.answered) < len(study.waves):
            return "provisional"
        cut = self.cohort.data_cut
        return plan.status or ("provisional" if cut is None or cut < study.waves[-1].closes else "final")

    def table(self, show: str) -> Table | None:
        """The first table of this kind, or None."""
        return next((table for table in self.tables if table.kind == show), None)


def compose(root: Path, cohort: Cohort, history: PlanHistory | None = None) -> Publication:
    """Compute everything as it may be told. Raises ProblemsFound with every fault of what moderators approved.

    ``history`` is that of the plan, when it has been read already.
    """
    marks = PlanMarks(cohort, history or plan_history(root, cohort.study, cohort.plan))
    edition = PublicEdition(cohort)
    problems: list[Problem] = []
    exact: list[Table] = []
    tables, drawn = (
        [one for build in builds for one in _published(edition, marks, build, exact, problems)]
        for builds in ([partial(build_planned, spec) for spec in cohort.plan.tables],
                       [partial(figure_table, spec) for spec in cohort.plan.figures])
    )  # fmt: skip
    stop_if(problems)
    figures = {one.table.id: one.table for one in drawn}
    told = tuple(one.table for one in tables)
    made = Publication(
        cohort=cohort,
        tables=told,
        figures=tuple(draw(cohort, figures)),
        open=open_questions(cohort),
        quotes=thread_quotes(cohort),
        audit=audit(cohort, [*told, *figures.values()]),
        inputs=inputs(root, cohort.study, cohort.plan),
        software=software(),
        code=analysis_code(),
        withheld=tuple(left for one in (*tables, *drawn) for left in one.withheld),
        exact=tuple(exact),
        marks=marks,
    )
    return _postponed(made) if made.is_open else made


def _published(
    edition: PublicEdition, marks: PlanMarks, build: Callable[[Cohort], list[Table]], exact: list[Table],
    problems: list[Problem],
) -> list[ToldTable]:  # fmt: skip
    found: list[ToldTable] = []
    with noted(problems):
        made = build(edition.cohort)
        exact += made
        found += [replace(one, table=marks.marked([one.table])[0]) for one in edition.of(build, made)]
    return found


def _postponed(made: Publication) -> Publication:
    """What an open survey tells: which tables there will be."""
    return replace(made, tables=tuple(map(postponed, made.tables)), figures=(), open=(), quotes=(), audit=None)


def held_back(publication: Publication, today: date) -> Publication:
    """What may be public on that day: nothing that anybody answered, when a wave is open; the moderator keeps all."""
    made = replace(publication, open_until=open_until(publication.cohort.study, today))
    if made.waits:
        return replace(made, tables=(), figures=(), open=(), quotes=(), audit=None)
    return _postponed(made) if made.is_open else made
