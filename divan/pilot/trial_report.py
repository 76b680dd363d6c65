"""The report of the answers of a trial, made where nothing of it stays: what it lacks is known before the study."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from divan.sources.problem import Problem, ProblemsFound
from surveys.model import Study
from surveys.responses import Responses, Row, write_responses
from surveys.study import load_study

_NOT_TAKEN = shutil.ignore_patterns("responses", "raw", "versions", "review*.yaml")


def report_on(study: Study, answers: Mapping[str, Sequence[Row]], root: Path) -> tuple[int, list[Problem]]:
    """How many files the report has, made in the empty folder ``root``, and every fault that it meets.

    ``answers`` are those of each wave; a day outside its dates is brought to the nearest one of it.
    """
    from analysis.report.building import build_report

    shutil.copytree(study.folder, root / "surveys" / study.id, ignore=_NOT_TAKEN)
    tried = load_study(root / "surveys" / study.id)
    for wave in tried.waves:
        rows = answers.get(wave.id, ())
        if rows:
            inside = tuple({**row, "date": _inside(row["date"], wave.opens, wave.closes)} for row in rows)
            write_responses(tried, Responses(wave, inside))
    after = max(wave.closes for wave in tried.waves) + timedelta(days=1)
    try:
        return len(build_report(root, study.id, after)), []
    except ProblemsFound as found:
        return 0, list(found.problems)


def _inside(day: str, opens: date, closes: date) -> str:
    return min(max(day, opens.isoformat()), closes.isoformat())
