"""What a study's own files say of each point of CHERRIES."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from analysis.report.publication import Publication
from divan.sources.french import enumeration, long_date, number, percent, plural, within
from surveys.model import Wave
from surveys.questionnaire import ItemType, Questionnaire


def cherries(publication: Publication) -> dict[str, str]:
    """An answer by point id; points that only people can answer are absent."""
    cohort = publication.cohort
    study, waves = cohort.study, cohort.study.fielded
    return _information(publication) | {
        "open_or_closed": _each(waves, lambda wave: "réservée aux membres" if wave.members_only else "ouverte"),
        "administration": "Questionnaire en ligne, ou importé d'un formulaire en ligne.",
        "voluntary": study.notice.rights,
        "dates": _each(waves, lambda wave: f"du {long_date(wave.opens)} au {long_date(wave.closes)}"),
        "randomisation": "Les questions sont posées dans un ordre fixe.",
        "adaptive": _each(waves, lambda wave: _conditional(wave.questionnaire)),
        "items": _each(waves, lambda wave: _by_page(wave.questionnaire)),
        "screens": _each(waves, lambda wave: plural(len(wave.questionnaire.sections), "page")),
        "completeness": _each(waves, lambda wave: _required(wave.questionnaire)),
        "unique": "Aucun visiteur n'est suivi ; les visites ne sont pas comptées.",
        "view_rate": "Non calculable : les visites ne sont pas comptées.",
        "participation_rate": "Non calculable : les personnes qui ont vu l'enquête ne sont pas comptées.",
        "completion_rate": _completion(publication),
        "cookies": "Aucun.",
        "addresses": "Aucune n'est lue ni gardée.",
        "logs": "Aucun.",
        "timing": "La durée n'est pas mesurée ; seul le jour de l'envoi est gardé.",
        "weighting": f"Ratissage sur {_margins(publication)}." if publication.cohort.plan.weights else "Aucune.",
    }


def _margins(publication: Publication) -> str:
    plan = publication.cohort.plan
    return enumeration([within(plan.variable(name).label) for name in plan.weights.margins]) if plan.weights else ""


def _information(publication: Publication) -> dict[str, str]:
    study = publication.cohort.study
    consent = [item for wave in study.waves for item in wave.questionnaire.items if item.type is ItemType.CONSENT]
    notice = "Une notice d'information précède la première question"
    said = {
        "design": study.about,
        "consent": f"{notice} ; l'accord est une case à cocher." if consent else f"{notice} ; répondre vaut accord.",
        "protection": study.notice.kept,
    }
    if study.pairing:
        said["registration"] = (
            "Par le code de chacun : un code donné par plusieurs personnes n'est jamais apparié, une "
            "réponse envoyée deux fois ne compte qu'une fois."
        )
        said["incomplete"] = "Les questionnaires auxquels manque une question du score ne sont pas analysés."
    return said


def _each(waves: tuple[Wave, ...], say: Callable[[Wave], str]) -> str:
    told = [say(wave) for wave in waves]
    if len(set(told)) == 1:
        return f"{told[0][:1].upper()}{told[0][1:]}."
    return " ".join(f"« {wave.label} » : {one}." for wave, one in zip(waves, told, strict=True))


def _conditional(questionnaire: Questionnaire) -> str:
    n = sum(item.shown_if is not None for item in questionnaire.items)
    if not n:
        return "aucune question conditionnelle"
    return f"{plural(n, 'question')} posée{'s' if n > 1 else ''} selon une réponse"


def _by_page(questionnaire: Questionnaire) -> str:
    return enumeration([number(len(section.items)) for section in questionnaire.sections])


def _required(questionnaire: Questionnaire) -> str:
    n = sum(item.required for item in questionnaire.items)
    return f"{plural(n, 'question')} sur {number(len(questionnaire.items))} demande{'nt' if n > 1 else ''} une réponse"


def _completion(publication: Publication) -> str:
    """Answers with every required item, among those received."""
    said = []
    for wave in publication.cohort.answered:
        required = [item.id for item in wave.questionnaire.items if item.required and item.shown_if is None]
        rows = publication.cohort.responses[wave.id].rows
        if rows and required:
            whole = sum(all(row.get(name) for name in required) for row in rows)
            said.append(
                f"« {wave.label} » : {number(whole)} sur {number(len(rows))} "
                f"({percent(Fraction(whole, len(rows)))}) ont répondu à toutes les questions obligatoires."
            )
    return " ".join(said)
