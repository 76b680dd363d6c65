"""``divan remind``: the message for members who have not answered yet. It tells who, at most by code; never what."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from divan.sources.french import long_date, plural
from divan.sources.problem import Problem, ProblemsFound
from surveys.model import Study, Wave
from surveys.questionnaire import CodeFormat
from surveys.responses import read_responses
from surveys.roster import read_roster
from surveys.study import known_wave, load_study
from surveys.wording import typeset


def reminder(root: Path, study_id: str, wave_id: str, today: date | None = None) -> str:
    """The text to send, and to whom. Raises ProblemsFound when the wave is not open that day."""
    study = load_study(root / "surveys" / study_id)
    wave = _open_wave(study, wave_id, today or date.today())
    return typeset(f"{_message(study, wave)}\n\n---\n{_addressees(study, wave)}", "fr")


def _open_wave(study: Study, wave_id: str, today: date) -> Wave:
    wave = known_wave(study, wave_id)
    if wave.state(today) != "open":
        message = f"la vague « {wave_id} » n'est ouverte que du {long_date(wave.opens)} au {long_date(wave.closes)}"
        raise ProblemsFound([Problem(f"surveys/{study.id}/study.yaml", None, message, "relancez ces jours-là")])
    return wave


def _message(study: Study, wave: Wave) -> str:
    return (
        f"Objet : {study.title}\n\n"
        f"Bonjour,\n\n"
        f"Le questionnaire « {wave.label} » est ouvert jusqu'au {long_date(wave.closes)} :\n"
        f"enquetes/{study.id}/{wave.id}/ sur le site du groupe.\n\n"
        f"{wave.questionnaire.introduction.strip()}\n"
        f"Si vous avez déjà répondu, merci ; ce message ne vous concerne plus.\n\n"
        f"{study.notice.who.strip()}"
    )


def _addressees(study: Study, wave: Wave) -> str:
    """Digits that moderators know let them write to those few; a code made of a phrase is nobody's, so all are told."""
    rows = read_responses(study, wave.id).rows
    codes = read_roster(study)
    if study.pairing is None or not codes:
        return f"{plural(len(rows), 'réponse reçue', 'réponses reçues')}. À envoyer à tout le groupe."
    answered = {row.get(study.pairing.code, "") for row in rows}
    silent = [code for code in codes if code not in answered]
    count = f"{plural(len(codes) - len(silent), 'réponse')} de membres sur {len(codes)}"
    if not silent:
        return f"{count}. Tous ont répondu : il n'y a personne à relancer."
    if wave.questionnaire.item(study.pairing.code).format is CodeFormat.PHRASE:
        return f"{count}. Les codes ne disent pas qui est qui : à envoyer à tout le groupe."
    return f"{count}. À envoyer aux {len(silent)} membres de code : {', '.join(silent)}"
