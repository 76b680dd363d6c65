"""A study opened in pandas, for a notebook: the very cohort that the tables of a report are made from."""

from __future__ import annotations

from pathlib import Path

from analysis.people.assembling import gather
from analysis.people.cohort import Cohort
from analysis.plan.loading import load_plan
from analysis.plan.specification import Plan
from divan.sources.problem import Problem, ProblemsFound
from surveys.study import load_study


def open_study(study_id: str, root: Path | str = ".") -> Cohort:
    """Open ``surveys/<study_id>`` of the group's folder ``root``; ProblemsFound when its files do not hold.

    Its ``waves`` are the answers as the questionnaire words them, its ``people`` who is analysed and their scores, its
    ``answers`` the variables of the plan, none without one.
    """
    folder = Path(root) / "surveys" / study_id
    if not (folder / "study.yaml").is_file():
        known = ", ".join(sorted(path.parent.name for path in folder.parent.glob("*/study.yaml"))) or "aucune"
        raise ProblemsFound(
            [Problem(f"surveys/{study_id}", None, "cette étude n'existe pas", f"études d'ici : {known}")]
        )
    study = load_study(folder)
    planned = (folder / "plan.yaml").is_file()
    return gather(study, load_plan(study) if planned else Plan(study.waves[0].opens, "", (), ()))
