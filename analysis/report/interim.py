"""While people still answer, no result is public, unless the plan declares that some are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from analysis.plan.loading import load_plan
from analysis.plan.specification import Plan
from divan.sources.french import civil_day, long_date
from surveys.model import Study
from surveys.study import load_study


def open_until(study: Study, today: date) -> date | None:
    """The last day of the waves that are open, or None."""
    return max((wave.closes for wave in study.fielded if wave.state(today) == "open"), default=None)


def waits_until(study: Study, plan: Plan, today: date) -> date | None:
    """The same, where results wait for it: those who answer then would read what the others said."""
    return None if plan.interim else open_until(study, today)


def waiting(root: Path, study_id: str) -> str:
    """What the command adds when nothing is published yet: until when, where the figures are, how to declare some."""
    study = load_study(root / "surveys" / study_id)
    until = waits_until(study, load_plan(study), civil_day())
    if until is None:
        return ""
    return (
        f" ; une vague est ouverte jusqu'au {long_date(until)}, aucun résultat n'est publié avant. Vos chiffres sont "
        f"dans surveys/{study_id}/review/ ; « interim: … » dans plan.yaml déclare des résultats intermédiaires."
    )
