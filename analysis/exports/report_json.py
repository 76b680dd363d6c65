"""``report.json``: the whole report as numbers, not rounded for show, in the shape of report.schema.json.

Numbers have twelve significant digits: the next ones differ from one processor to another, and a report made again
elsewhere must be the same file.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from analysis.plan.standing import Standing
from analysis.report.publication import Publication
from analysis.report.thread_figures import activity
from analysis.report.versions import Version
from analysis.statistics import Result
from analysis.tables.cells import Cell
from analysis.tables.table import Column, Table, TableRow, Test

DIGITS = 12
PLANNED = {Standing.PLANNED: True, Standing.POST_HOC: False, Standing.DECLARED: None}


def report_json(publication: Publication, files: Mapping[str, bytes], versions: tuple[Version, ...] = ()) -> str:
    """The report, keys in a fixed order, no time of day: two runs give the same bytes; ``files`` stand beside it."""
    return json.dumps(report(publication, files, versions), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def report(publication: Publication, files: Mapping[str, bytes], versions: tuple[Version, ...] = ()) -> dict[str, Any]:
    """The report as plain values."""
    cohort, made = publication.cohort, publication.code
    figures = [figure.table for figure in publication.figures]
    own = [publication.audit.table] if publication.audit else []
    everything = (*publication.tables, *figures, *own)
    return {
        "study": cohort.study.id,
        **({"waits": publication.waits.isoformat()} if publication.waits else {}),
        "waves": {
            name: {"received": one.received, "usable": one.usable}
            for name, one in cohort.counts.items()
            if not publication.waits
        },
        "flow": [
            {"id": step.id, "n": step.n, "excluded": [{"reason": one.reason, "n": one.n} for one in step.excluded]}
            for step in cohort.flow.steps
            if not publication.waits
        ],
        "tests": [test_values(test) for table in everything for test in table.tests],
        "tables": {table.id: table_values(table) for table in everything},
        **(
            {"activity": {name: plain(value) for name, value in activity(publication).items()}}
            if cohort.thread and not publication.waits
            else {}
        ),
        "status": publication.status,
        "versions": [asdict(one) | {"day": one.day.isoformat()} for one in versions],
        "plan": plan_values(publication),
        "inputs": [{"path": one.path, "sha256": one.sha256} for one in publication.inputs],
        "code": {"version": made.version, "commit": made.commit, "sha256": made.sha256},
        "software": publication.software,
        "files": {name: sha256(content).hexdigest() for name, content in sorted(files.items())},
    }


def plan_values(publication: Publication) -> dict[str, Any]:
    """The plan's digest, and each commit that changed it, as far as its history is known."""
    history = publication.marks.history
    return {
        "sha256": publication.cohort.plan.digest,
        "dated": publication.cohort.plan.dated.isoformat(),
        "history": history.held.value,
        "commits": [
            {"commit": one.commit, "day": one.day.isoformat(), "signed": one.signed} for one in history.commits
        ],
    }


def test_values(test: Test) -> dict[str, Any]:
    """A test; what could not be computed is null and ``detail.undefined`` says why."""
    result = test.result
    return {
        "table": test.table,
        "row": test.row,
        "wave": test.wave,
        "test": result.test,
        "statistic": plain(result.statistic),
        "p_value": plain(result.p_value),
        "n": result.n if result.n or not result.undefined else None,
        "detail": _detail(result),
    }


def _detail(result: Result) -> dict[str, Any]:
    own = {"dof": result.dof, "ci_low": result.ci_low, "ci_high": result.ci_high, "effect_size": result.effect_size,
           "effect_low": result.effect_low, "effect_high": result.effect_high}  # fmt: skip
    found = {name: plain(value) for name, value in own.items() if value is not None}
    if result.estimate is not None:
        found["value"] = plain(result.estimate)
    found |= {name: plain(value) for name, value in result.detail.items()}
    return found | ({"undefined": result.undefined} if result.undefined else {})


def table_values(table: Table) -> dict[str, Any]:
    """A table: its columns, then one object a row, one key a figure."""
    return {
        "title": table.title,
        "columns": [{"id": one.id, "label": one.label, "wave": one.wave, "group": one.group} for one in table.columns],
        "rows": [row_values(table, row) for row in table.rows],
        "notes": list(table.notes),
        "planned": PLANNED[table.mark.standing],
    }


def row_values(table: Table, row: TableRow) -> dict[str, Any]:
    """A row: ``row`` and ``level`` name it, other keys are columns (``before``, ``before_percent``)."""
    found: dict[str, Any] = {"row": row.id, "level": row.level, "label": row.label}
    for column, cell in zip(table.columns, row.cells, strict=True):
        found |= cell_values(column, cell)
    return found


def cell_values(column: Column, cell: Cell) -> dict[str, Any]:
    """The figures of a cell by column name; a blank cell has none."""
    values = {f"{column.id}_{suffix}" if suffix else column.id: plain(value) for suffix, value in cell.raw().items()}
    return {name: value for name, value in values.items() if value != ""}


def plain(value: Any) -> Any:
    """A value that JSON can hold, the same on every machine: None for what is not finite."""
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value
