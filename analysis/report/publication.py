"""Everything a report publishes, computed once, masked once; pages and files are only ways to write it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.audit import Audit, audit
from analysis.disclosure import Hidden, protect
from analysis.figures import draw, figure_tables
from analysis.figures.figure import Figure
from analysis.people.cohort import Cohort
from analysis.report.analysis_code import AnalysisCode, analysis_code
from analysis.report.open_answers import OpenQuestion, open_questions
from analysis.report.provenance import Input, inputs, software
from analysis.tables.families import build_tables
from analysis.tables.table import Table


@dataclass(frozen=True, eq=False)
class Publication:
    """A report's contents; ``hidden`` and ``unmasked`` are for the moderator alone."""

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

    @property
    def status(self) -> str:
        """``provisional`` or ``final``; nothing is final, whatever the plan says, before every wave has answers."""
        plan, study = self.cohort.plan, self.cohort.study
        if not self.cohort.n or len(self.cohort.answered) < len(study.waves):
            return "provisional"
        cut = self.cohort.data_cut
        return plan.status or ("provisional" if cut is None or cut < study.waves[-1].closes else "final")

    def table(self, show: str) -> Table | None:
        """The first table of this kind, or None."""
        return next((table for table in self.tables if table.kind == show), None)


def compose(root: Path, cohort: Cohort) -> Publication:
    """Compute and mask everything. Raises ProblemsFound with every fault of what moderators approved."""
    tables = dated(cohort, build_tables(cohort))
    figures = {table.id: table for table in dated(cohort, list(figure_tables(cohort).values()))}
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
    )


def dated(cohort: Cohort, tables: Sequence[Table]) -> list[Table]:
    """The tables, each marked planned or post hoc."""
    plan, study = cohort.plan, cohort.study
    return [replace(table, post_hoc=plan.is_post_hoc(table.added, study)) for table in tables]
