"""A consultation on one page: it asks, its answers are grouped, one votes; the page says where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from divan.builder.page import Page
from divan.catalogue.site import Site, site_pages
from plugins.compose import published_detector
from plugins.form_sending import origin_of, sending_of
from surveys.consultation import Stage, load_reasons, question_of, stage_of, vote_of
from surveys.form import form_scripts, render_form, render_notice
from surveys.model import FEWEST_SHOWN, Study, Wave
from surveys.poll import tallies
from surveys.responses import read_responses
from surveys.study import load_study, study_folders
from surveys.wording import typeset


def pages(site: Site) -> Iterator[Page]:
    """The page of each consultation, drawn again when a study changes or a day brings another stage."""
    folders = [
        folder.name
        for folder in study_folders(site.settings.root)
        if "kind: consultation" in (folder / "study.yaml").read_text(encoding="utf-8")
    ]
    for name in folders:
        yield _page(site, load_study(site.settings.root / "surveys" / name), site.settings.today)


def _page(site: Site, study: Study, today: date) -> Page:
    stage, vote = stage_of(study, today), vote_of(study)
    open_wave = {Stage.ASKS: study.waves[0], Stage.VOTES: vote}.get(stage)
    question = question_of(study)
    context: dict[str, Any] = {
        "stage": stage.value,
        "study": {"title": typeset(study.title, "fr"), "about": typeset(" ".join(study.about.split()), "fr")},
        "question": typeset(question.text, "fr") if question else "",
        "asks": _window(study.waves[0]),
        "vote": _window(vote) if vote else None,
        "reasons": _reasons(study, stage),
        "fewest": FEWEST_SHOWN,
        **_form(site, study, open_wave),
    }
    return Page(f"enquetes/{study.id}/", "consultation.html", context, title=typeset(study.title, "fr"),
                section="enquetes", description=typeset(" ".join(study.about.split()), "fr"))  # fmt: skip


def _window(wave: Wave) -> dict[str, Any]:
    return {"opens": wave.opens, "closes": wave.closes, "url": f"{wave.id}/"}


def _form(site: Site, study: Study, wave: Wave | None) -> dict[str, Any]:
    """The form of the wave that is open, as its own page has it."""
    if wave is None:
        return {"form_html": "", "notice_html": "", "scripts": (), "collector_origin": "", "detector_url": ""}
    sending = sending_of(site.settings, study)
    scripts = form_scripts(wave.questionnaire, sending, by_token=wave.by_token)
    return {
        "form_html": render_form(study, wave, sending=sending, thanks_url=f"{wave.id}/merci/"),
        "notice_html": render_notice(study),
        "scripts": scripts,
        "collector_origin": origin_of(sending),
        "detector_url": published_detector()[0].url if "form-hint.js" in scripts else "",
    }


def _reasons(study: Study, stage: Stage) -> list[dict[str, Any]]:
    """The reasons once they can be voted on; votes once the vote is over, small counts withheld."""
    if stage not in (Stage.VOTES, Stage.TOLD):
        return []
    vote, votes = vote_of(study), {}
    if vote and (stage is Stage.TOLD or study.live):
        answers = read_responses(study, vote.id)
        choices = next(item.choices for item in vote.questionnaire.items if item.choices)
        if answers.rows:
            counted = tallies(vote, answers)
            votes = {choice.id: one for choice, one in zip(choices, counted, strict=True)}
    return [
        {"label": typeset(one.label, "fr"), "answers": one.answers, "voted": one.id in votes,
         "votes": votes[one.id].n if one.id in votes else None}
        for one in load_reasons(study)
    ]  # fmt: skip


def register() -> None:
    """Offer the consultations to every build."""
    site_pages.connect(pages)
