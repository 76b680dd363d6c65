"""Everything a report publishes, computed once, masked once; pages and files are only ways to write it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from analysis.audit import Audit, audit
from analysis.disclosure import Hidden, protect
from analysis.figures import draw, figure_tables
from analysis.figures.figure import Figure
from analysis.people.cohort import Cohort
from analysis.plan.plan_history import PlanHistory, plan_history
from analysis.report.analysis_code import AnalysisCode, analysis_code
from analysis.report.interim import open_until
from analysis.report.open_answers import OpenQuestion, open_questions
from analysis.report.plan_marks import PlanMarks
from analysis.report.provenance import Input, inputs, software
from analysis.tables.families import build_tables
from analysis.tables.table import Table


@dataclass(frozen=True, eq=False)
class Publication:
    """A report's contents; ``hidden`` and ``unmasked`` are for the moderator alone.

    ``open_until`` is the last day of the waves that are open when it is made, or None.
    """

    cohort: Cohort
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    open: tuple[OpenQuestion, ...]
    audit: Audit | None
    inputs: tuple[Input, ...]
    software: dict[str, str]
    code: AnalysisCode
    hidden: tuple[Hidden, ...]
    unmasked: tuple[Table, ...]
    marks: PlanMarks
    open_until: date | None = None

    @property
    def waits(self) -> date | None:
        """The day after which results may be public, when they may not yet."""
        return None if self.cohort.plan.interim else self.open_until

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
    """Compute and mask everything. Raises ProblemsFound with every fault of what moderators approved.

    ``history`` is that of the plan, when it has been read already.
    """
    marks = PlanMarks(cohort, history or plan_history(root, cohort.study, cohort.plan))
    tables = marks.marked(build_tables(cohort))
    figures = {table.id: table for table in marks.marked(list(figure_tables(cohort).values()))}
    safe = protect(cohort, tables, figures)
    return Publication(
        cohort=cohort,
        tables=safe.tables,
        figures=tuple(draw(cohort, dict(safe.figures))),
        open=open_questions(cohort),
        audit=audit(cohort, [*safe.tables, *safe.figures.values()]),
        inputs=inputs(root, cohort.study, cohort.plan),
        software=software(),
        code=analysis_code(),
        hidden=safe.hidden,
        unmasked=(*tables, *figures.values()),
        marks=marks,
    )


def held_back(publication: Publication, today: date) -> Publication:
    """What may be public on that day: nothing that anybody answered, when a wave is open; the moderator keeps all."""
    made = replace(publication, open_until=open_until(publication.cohort.study, today))
    return replace(made, tables=(), figures=(), open=(), audit=None) if made.waits else made
