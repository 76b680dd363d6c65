"""What ``divan check`` says of plans: each one's faults, and those of the printed figures that it names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis.audit.printed import load_printed
from analysis.plan.date_faults import date_problems
from analysis.plan.loading import load_plan, plan_path
from divan.sources.problem import Problem, ProblemsFound
from surveys.model import Study, StudyKind
from surveys.study import load_study, study_folders


def check_plans(root: Path) -> list[Problem]:
    """Every fault of every plan under ``root``; a study whose own files are faulty is left to their check."""
    found: list[Problem] = []
    for study in _loadable(root):
        if plan_path(study).is_file():
            try:
                plan = load_plan(study)
                found += date_problems(study, plan)
                if plan.printed:
                    load_printed(plan, study)
            except ProblemsFound as problems:
                found.extend(problems.problems)
    return found


def _loadable(root: Path) -> Iterator[Study]:
    for folder in study_folders(root):
        try:
            study = load_study(folder)
        except ProblemsFound:
            continue
        if study.kind is StudyKind.STUDY:
            yield study
