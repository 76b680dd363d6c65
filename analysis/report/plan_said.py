"""What a page says of its plan: when git first held it, what came after the answers, what has left it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.plan.committed import Held
from analysis.plan.freezing import load_frozen
from analysis.plan.plan_entries import PlanEntry, entries_digest
from analysis.plan.plan_history import PlanHistory, Stood
from analysis.plan.standing import Mark
from analysis.report.plan_marks import PlanMarks, setting_names
from analysis.report.publication import Publication
from divan.sources.french import long_date, number, typographic

_KINDS = {"table": "tableau", "test": "test", "figure": "figure", "variable": "variable", "open": "question ouverte"}
_UNKNOWN = {
    Held.NO_GIT: "ce dossier n'est pas un dépôt git",
    Held.SHALLOW: "cette copie du dépôt est coupée de son passé",
    Held.UNTRACKED: "le plan n'y a jamais été commité",
}


@dataclass(frozen=True, slots=True)
class PlanSaid:
    """Sentences in the order of the page, then what was planned and is no more."""

    sentences: tuple[str, ...]
    left: tuple[str, ...]


def plan_said(publication: Publication) -> PlanSaid:
    """All that a reader must know to believe the word « prévu »."""
    marks = publication.marks
    said = [*_dated(publication), *_deposited(publication), *_proof(marks.history), *_late(marks)]
    return PlanSaid(tuple(map(typographic, said)), tuple(map(typographic, _left(marks))))


def _dated(publication: Publication) -> Iterator[str]:
    plan, history = publication.cohort.plan, publication.marks.history
    yield f"Le plan se dit arrêté le {long_date(plan.dated)} (empreinte {plan.digest[:12]})."
    if plan.late_reason:
        yield f"Il est daté d'après l'ouverture : {plan.late_reason}"
    if history.known:
        first = history.commits[0].day
        late = ", plus tard qu'il ne le dit" if first > plan.dated else ""
        yield f"Git le tient depuis le {long_date(first)}{late} (commit {history.commits[0].commit[:10]})."
        if len(history.commits) > 1:
            times = "une fois" if len(history.commits) == 2 else f"{number(len(history.commits) - 1)} fois"
            yield f"Il y a été récrit {times}, la dernière le {long_date(history.commits[-1].day)}."
    yield (
        "« Prévu » : git tenait cette analyse, telle qu'elle est, la veille de la première réponse de la vague qu'elle "
        "lit, ou de son ouverture tant que nul n'a répondu. « Post hoc » : ajoutée ou changée ensuite, le jour dit ; "
        "c'est une piste plutôt qu'une preuve."
    )


def _deposited(publication: Publication) -> Iterator[str]:
    """The digests that were frozen, the last one whole, and whether the plan is still that one."""
    frozen = load_frozen(publication.cohort.study)
    if not frozen:
        return
    last, plan = frozen[-1], publication.cohort.plan
    where = f" et déposé ({last.deposit})" if last.deposit else ""
    late = ", après les premières réponses" if last.day >= publication.marks.deadline() else ""
    yield f"Plan arrêté{where} le {long_date(last.day)}{late}, sous l'empreinte SHA-256 {last.sha256}."
    if last.sha256 == plan.digest:
        yield "Celui d'aujourd'hui est le même, octet pour octet."
    elif last.asks == entries_digest(plan.entries):
        yield "Celui d'aujourd'hui demande la même chose ; seuls ses mots ou ses espaces ont changé."
    else:
        yield "Il a changé depuis ; ce qui est venu après les réponses le dit."


def _proof(history: PlanHistory) -> Iterator[str]:
    """How far git can be believed."""
    if not history.known:
        yield (
            f"L'historique manque : {_UNKNOWN[history.held]}. Rien ne prouve donc quand chaque analyse a été décidée ; "
            "« déclaré » veut dire que le plan le dit, et rien d'autre."
        )
        return
    if history.dirty:
        yield "Le plan a été changé depuis, sans que git le sache : ce changement n'a pas de date."
    if history.rewritten:
        yield (
            "L'historique du dépôt a été récrit : une partie du plan y est plus ancienne que ne le savait un rapport "
            "d'avant, ou n'y a jamais été. Les jours sont ceux des commits d'aujourd'hui."
        )
    if history.backdated:
        yield (
            "Des dates de commits reculent : un commit porte un jour antérieur à ceux qu'il suit. C'est le jour de ces "
            "derniers qui compte ici."
        )
    unsigned = sum(not one.signed for one in history.commits)
    if unsigned:
        which = "Aucune version du plan n'est signée" if unsigned == len(history.commits) else (
            f"{number(unsigned)} des {number(len(history.commits))} versions du plan ne sont pas signées")  # fmt: skip
        yield (
            f"{which} : le jour d'un commit est celui qu'annonçait la machine de son auteur. Seuls une signature, la "
            "forge ou une empreinte déposée ailleurs l'attesteraient."
        )


def _late(marks: PlanMarks) -> Iterator[str]:
    """Variables and settings that came after the answers: no title shows them."""
    said = [_late_one(entry, mark) for entry, mark in marks.late()]
    if said and marks.history.known and marks.history.commits[0].day >= marks.deadline():
        yield "Le plan entier est venu après l'ouverture de la vague : aucune de ses analyses n'y est prouvée prévue."
    elif said and marks.history.known:
        yield f"Décidés ou changés après les réponses : {' ; '.join(said)}."


def _late_one(entry: PlanEntry, mark: Mark) -> str:
    value = f" ({entry.label})" if entry.kind == "setting" and entry.label else ""
    name = setting_names()[entry.id] if entry.kind == "setting" else f"variable « {entry.label} »"
    return f"{name}{value}" + (f", le {long_date(mark.since)}" if mark.since else "")


def _left(marks: PlanMarks) -> Iterator[str]:
    """What stood in the plan before the answers and is no more, and what was away for a time."""
    day = marks.deadline()
    now = {(one.kind, one.says) for one in marks.cohort.plan.entries}
    for stood in marks.history.stood:
        if stood.kind in _KINDS and stood.before(day) and (stood.kind, stood.says) not in now and stood.spans[-1][1]:
            yield f"{_named(stood)}, prévu avant les réponses, a quitté le plan le {long_date(stood.spans[-1][1])}"
        elif stood.kind in _KINDS and (stood.kind, stood.says) in now:
            for (_, gone), (back, _) in zip(stood.spans, stood.spans[1:], strict=False):
                if gone and gone != back:
                    yield f"{_named(stood)}, retiré le {long_date(gone)}, a été remis le {long_date(back)}"


def _named(stood: Stood) -> str:
    label = f" ({stood.label})" if stood.label else ""
    return f"{_KINDS[stood.kind]} {stood.id}{label}"
