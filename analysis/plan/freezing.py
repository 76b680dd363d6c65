"""``divan plan freeze``: the digest of a plan, to deposit with a registry before the answers, and kept beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from analysis.plan.committed import Held
from analysis.plan.date_faults import date_problems
from analysis.plan.loading import load_plan
from analysis.plan.plan_entries import entries_digest
from analysis.plan.plan_history import PlanHistory, plan_history
from divan.privacy.detect import find_identifiers
from divan.privacy.rules import case_rules
from divan.sources.french import NBSP, civil_day, long_date
from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.sources.writing import write_beside
from surveys.model import Study
from surveys.study import load_study

LONGEST_DEPOSIT = 200


@dataclass(frozen=True, slots=True)
class Frozen:
    """A plan as it was on ``day``: the SHA-256 of its text, a digest of what it asks, its commit, where it lies."""

    day: date
    sha256: str
    asks: str
    commit: str = ""
    deposit: str = ""


def frozen_path(study: Study) -> Path:
    """Where the frozen plans of a study are told."""
    return study.folder / "plan-frozen.json"


def load_frozen(study: Study) -> tuple[Frozen, ...]:
    """The plans that were frozen, the first one first; raises ProblemsFound when they cannot be read."""
    path = frozen_path(study)
    if not path.is_file():
        return ()
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return tuple(Frozen(**{**one, "day": date.fromisoformat(one["day"])}) for one in told)
    except (ValueError, KeyError, TypeError):
        shown = f"surveys/{study.id}/{path.name}"
        raise ProblemsFound([Problem(shown, None, "ce fichier n'est plus celui que « divan plan freeze » a écrit",
                                     "reprenez-le dans git")]) from None  # fmt: skip


def freeze(root: Path, study_id: str, deposit: str = "", today: date | None = None) -> str:
    """Note the plan as it is, and say the digest to deposit; the same plan is noted once.

    Raises ProblemsFound when the plan is faulty, when git does not hold it, or when the deposit names somebody.
    """
    study = load_study(root / "surveys" / study_id)
    plan = load_plan(study)
    deposit = deposit.strip()
    history = plan_history(root, study, plan)
    stop_if([*date_problems(study, plan), *_not_held(study, history), *_deposit_problems(deposit)])
    day = today or civil_day()
    known = load_frozen(study)
    same = next((one for one in known if one.sha256 == plan.digest), None)
    commit = history.commits[-1].commit if history.commits else ""
    made = replace(same, deposit=deposit or same.deposit) if same else Frozen(
        day, plan.digest, entries_digest(plan.entries), commit, deposit)  # fmt: skip
    if made != same:
        told = [*(one for one in known if one is not same), made]
        write_beside(frozen_path(study), json.dumps([asdict(one) for one in told], indent=1, default=str,
                                                    ensure_ascii=False) + "\n")  # fmt: skip
    return "\n".join(_told(study, made, again=same is not None, opened=day >= study.revealing.opens))


def _told(study: Study, frozen: Frozen, *, again: bool, opened: bool) -> Iterator[str]:
    yield f"surveys/{study.id}/plan.yaml, SHA-256{NBSP}:"
    yield frozen.sha256
    yield f"Commit{NBSP}: {frozen.commit or 'aucun, faute de git'}"
    if again:
        yield f"Ce plan était déjà arrêté ainsi, le {long_date(frozen.day)}."
    if opened:
        yield (
            f"La vague «{NBSP}{study.revealing.label}{NBSP}» est ouverte depuis le {long_date(study.revealing.opens)}"
            f"{NBSP}: ce dépôt ne prouvera rien de ce qui la précède."
        )
    if frozen.deposit:
        yield f"Dépôt noté{NBSP}: {frozen.deposit}"
    else:
        yield (
            "Déposez cette empreinte hors d'ici (OSF, ClinicalTrials.gov, bureau des thèses, courriel à un tiers), puis"
            f'{NBSP}:\n  divan plan freeze {study.id} --deposit "OSF, https://osf.io/…"'
        )
    yield f"Committez surveys/{study.id}/{frozen_path(study).name}."


def _not_held(study: Study, history: PlanHistory) -> Iterator[Problem]:
    """Where there is a git, it has this very text: a digest of what nobody can find again proves nothing."""
    if history.held is Held.UNTRACKED or (history.known and history.uncommitted):
        message = "un plan s'arrête tel que git le tient, et ce texte n'y est pas"
        yield Problem(f"surveys/{study.id}/plan.yaml", None, message, "committez-le, puis recommencez")


def _deposit_problems(deposit: str) -> Iterator[Problem]:
    if len(deposit) > LONGEST_DEPOSIT or not deposit.isprintable():
        yield Problem("--deposit", None, f"un dépôt se dit en une ligne de {LONGEST_DEPOSIT} signes au plus",
                      "donnez le nom du registre et le numéro ou l'adresse du dépôt")  # fmt: skip
    for finding in find_identifiers(deposit, case_rules()):
        yield Problem("--deposit", None, f"{finding.rule.says} : « {finding.masked} »",
                      "le dépôt paraît sur la page : dites-le sans nommer personne")  # fmt: skip
