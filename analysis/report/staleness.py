"""Whether a published report is still what its inputs and the code would make, from what its report.json says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from analysis.plan.loading import load_plan
from analysis.plan.plan_history import is_behind
from analysis.report.analysis_code import analysis_code
from analysis.report.building import RESULTS
from analysis.report.interim import waits_until
from analysis.report.provenance import inputs
from divan.sources.french import civil_day
from divan.sources.problem import ProblemsFound
from surveys.study import load_study

NO_REPORT = "le rapport manque, ou ne dit pas de quoi il est fait"
INPUTS = "ses réponses ou ses définitions ont changé"
HISTORY = "git tient maintenant le plan"
WAVES = "une vague s'est ouverte ou fermée"
CODE = "le code de l'analyse a changé"


@dataclass(frozen=True, slots=True)
class Staleness:
    """Why a report is to be made again; ``answered`` is False when the answers that it was made of are not here."""

    reasons: tuple[str, ...]
    answered: bool = True

    @property
    def rebuildable(self) -> bool:
        """True when there is a reason to make it again, and the answers to do so."""
        return bool(self.reasons) and self.answered


def staleness(root: Path, study_id: str, today: date | None = None) -> Staleness:
    """What has changed since the published report; a clone without the answers says nothing of its inputs."""
    try:
        published = json.loads((root / RESULTS / study_id / "report.json").read_text(encoding="utf-8"))
        made, waited = _made(published), published.get("waits")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Staleness((NO_REPORT,))
    known, sha256 = made
    newer = () if sha256 == analysis_code().sha256 else (CODE,)
    if any(name.endswith(".csv") and _is_material(name) and not (root / name).is_file() for name in known):
        return Staleness(newer, answered=False)
    return Staleness((*_moved(root, study_id, known), *_opened(root, study_id, waited, today or civil_day()), *newer))


def _opened(root: Path, study_id: str, waited: str | None, today: date) -> tuple[str, ...]:
    """Whether the page waits, or shows, on a day when it should not."""
    try:
        study = load_study(root / "surveys" / study_id)
        until = waits_until(study, load_plan(study), today)
    except ProblemsFound:
        return ()
    return () if (until.isoformat() if until else None) == waited else (WAVES,)


def _is_material(name: str) -> bool:
    """Answers, the posts of a thread or their codes: what a clone may be without."""
    return "/responses/" in name or "/chat/" in name or "/coding/" in name


def _made(report: dict[str, Any]) -> tuple[dict[str, str], str]:
    """What the report was made of; nothing is known of the code of one that an older Divan wrote."""
    return {one["path"]: one["sha256"] for one in report["inputs"]}, report.get("code", {}).get("sha256", "")


def _moved(root: Path, study_id: str, known: dict[str, str]) -> tuple[str, ...]:
    """What has become of the inputs; those that cannot be read any more have changed."""
    try:
        study = load_study(root / "surveys" / study_id)
        plan = load_plan(study)
        now = {one.path: one.sha256 for one in inputs(root, study, plan)}
    except ProblemsFound:
        return (INPUTS,)
    if known != now:
        return (INPUTS,)
    return (HISTORY,) if is_behind(root, study, plan) else ()
