"""Surveys on the site: a list of them, and for each wave its form, while the window is open, and its thanks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from divan.builder.page import File, Page
from divan.builder.settings import Settings
from divan.catalogue.site import Site, site_pages
from divan.catalogue.thread_page import thread_fragments
from divan.sources.problem import Problem, stop_if
from plugins.compose import published_detector
from plugins.form_sending import origin_of, sending_of, sending_problems
from surveys.form import form_scripts, render_form, render_notice
from surveys.form_addresses import form_action, form_without_script
from surveys.kinds.question_images import image_problems, images_of
from surveys.model import Sending, Study, StudyKind, Wave
from surveys.poll import render_poll
from surveys.responses import read_responses
from surveys.study import load_study, study_folders
from surveys.translation import languages, translated
from surveys.wording import typeset, wording

SOURCES = "surveys/"


def pages(site: Site) -> Iterator[Page | File]:
    """The index of surveys; for each wave the page of its form, in each of its languages, and the one that thanks."""
    yield Page("enquetes/", "survey_index.html", {"surveys": windows(site)}, title="Enquêtes", section="enquetes",
               description="Les questionnaires du groupe : en cours, à venir, clos.")  # fmt: skip
    results = set() if site.closed else {path.split("/")[2] for path in site.under("content/results/")}
    for form in site.remembered("forms", SOURCES, lambda: _forms(site)):
        results_url = f"resultats/{form['study']}/" if form["study"] in results else ""
        yield from _form_pages(form, results_url, site.settings.today, _states_shown(site.settings))
    yield from _images(site)


def _images(site: Site) -> Iterator[File]:
    """The images of questions, of the studies that have any, while a form may show them."""
    named = [path for path in site.under(SOURCES) if path.count("/") == 3 and path.split("/")[2] == "images"]
    problems: list[Problem] = []
    for study in {path.split("/")[1] for path in named}:
        known = load_study(site.settings.root / SOURCES / study)
        problems += image_problems(known)
        if any(wave.state(site.settings.today) in _states_shown(site.settings) for wave in known.waves):
            for file in sorted({image.file for image in images_of(known)}):
                path = f"{SOURCES}{study}/images/{file}"
                if path in site.under(SOURCES):
                    yield File(f"enquetes/{study}/images/{file}", site.settings.root / path, site.under(SOURCES)[path])
    stop_if(problems)


def _forms(site: Site) -> list[dict[str, Any]]:
    """What the pages of each wave hold, drawn from its definition: plain values."""
    studies = [load_study(folder) for folder in study_folders(site.settings.root)]
    stop_if(sending_problems(site.settings, studies))
    return [
        _form(*translated(study, wave, language), study, sending_of(site.settings, study))
        for study in studies
        for wave in study.waves
        for language in languages(study, wave)
    ]


def pages_to_try(study: Study, wave: Wave) -> Iterator[Page]:
    """The pages of one wave as they will be once it is open, sent to where they are read."""
    sending = Sending("collector", "")
    for language in languages(study, wave):
        yield from _form_pages(_form(*translated(study, wave, language), study, sending), "", wave.opens)


def _form(study: Study, wave: Wave, original: Study, sending: Sending) -> dict[str, Any]:
    """``study`` and ``wave`` as told in one language, ``original`` in the study's own."""
    asked = wave.questionnaire
    own = original.wave(wave.id).questionnaire.language == asked.language
    place = f"enquetes/{study.id}/{wave.id}/"
    first, *more = languages(original, original.wave(wave.id))
    others = {one: f"{one}/" for one in more} if own else {first: "../"}
    thanks = "merci/" if own else f"../merci/{asked.language}/"
    return {
        "study": study.id,
        "language": asked.language,
        "title": typeset(study.title, asked.language),
        "label": typeset(wave.label if own else asked.title, asked.language),
        "url": place if own else f"{place}{asked.language}/",
        "thanks": f"{place}merci/" if own else f"{place}merci/{asked.language}/",
        "numbered": form_without_script(wave, sending, form_action(study, wave, sending, "./" if own else "../")),
        "said": typeset(asked.thanks, asked.language),
        "anonymous": study.kind is not StudyKind.ENTRY,
        "opens": wave.opens.isoformat(),
        "closes": wave.closes.isoformat(),
        "html": render_form(study, wave, sending=sending, thanks_url=thanks, others=others),
        "notice": render_notice(study, asked.language),
        "origin": origin_of(sending),
        "scripts": form_scripts(asked, sending, by_token=wave.by_token),
    }


def _states_shown(settings: Settings) -> tuple[str, ...]:
    """In which states of its wave a form is shown: « divan serve » shows those to come, to who writes them."""
    return ("open", "before") if settings.get("FORMS_AHEAD") else ("open",)


def _form_pages(
    form: dict[str, Any], results_url: str, today: date, asked_in: Sequence[str] = ("open",)
) -> Iterator[Page]:
    opens, closes = date.fromisoformat(form["opens"]), date.fromisoformat(form["closes"])
    state = _state(opens, closes, today)
    study = {"title": form["title"], "url": form["url"]}
    wave = {"label": form["label"], "opens": opens, "closes": closes, "language": form["language"]}
    shared = {"study": study, "wave": wave, "results_url": results_url, "collector_origin": form["origin"],
              "numbered_url": form["numbered"], "words": wording(form["language"])}  # fmt: skip
    detector = published_detector()[0].url if "form-hint.js" in form["scripts"] else ""
    asks = state in asked_in
    shown = {"form_html": form["html"], "notice_html": form["notice"], "detector_url": detector} if asks else {}
    context = {**shared, "state": state, "asks": asks, "scripts": form["scripts"], **shown}
    title = f"{form['title']} : {form['label']}"
    yield Page(form["url"], "survey_form.html", context, title=title, section="enquetes",
               description=f"{title}, un questionnaire du groupe.")  # fmt: skip
    told = {**shared, "said": form["said"], "anonymous": form["anonymous"], "scripts": ("thanks.js",)}
    yield Page(form["thanks"], "survey_thanks.html", told, title="Merci", section="enquetes", noindex=True)


def pinned(site: Site) -> list[dict[str, Any]]:
    """Studies whose window is open today, for the home page; entry, polls and consultations have their own places."""
    return [one for one in windows(site) if one["state"] == "open" and not one["consults"]]


def windows(site: Site) -> list[dict[str, Any]]:
    """Every wave of every study, with the days between which it is open."""
    return [survey(row, site.settings.today) for row in _waves(site)]


def polls(settings: Settings) -> dict[str, str]:
    """The HTML of each poll, by the thread that it is attached to."""
    return {study.topic: _poll(settings, study) for study in map(load_study, _poll_folders(settings.root))}


def _poll_folders(root: Path) -> list[Path]:
    """Folders of polls, told without reading every questionnaire."""
    return [
        folder for folder in study_folders(root) if "kind: poll" in (folder / "study.yaml").read_text(encoding="utf-8")
    ]


def _poll(settings: Settings, study: Study) -> str:
    answers = read_responses(study, study.waves[0].id)
    url = f"../../enquetes/{study.id}/{study.waves[0].id}/"
    return render_poll(study, answers, sending=sending_of(settings, study), today=settings.today, form_url=url)


def _state(opens: date, closes: date, today: date) -> str:
    return "before" if today < opens else "open" if today <= closes else "closed"


def survey(row: tuple[str, ...], today: date) -> dict[str, Any]:
    """One wave of a study, as templates show it."""
    study, title, about, wave, label, opens, closes, url = row
    first, last = date.fromisoformat(opens), date.fromisoformat(closes)
    return {
        "id": f"{study}-{wave}", "consults": url == f"enquetes/{study}/",
        "title": f"{title} : {label}", "url": url, "state": _state(first, last, today),
        "opens": first, "closes": last, "text": about,
    }  # fmt: skip


def _waves(site: Site) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = site.remembered("waves", SOURCES, lambda: _read(site))
    return found


def _read(site: Site) -> list[tuple[str, ...]]:
    studies = [load_study(folder) for folder in study_folders(site.settings.root)]
    listed = (StudyKind.STUDY, StudyKind.CONSULTATION)
    return [_row(study, n) for study in studies if study.kind in listed for n in range(len(study.waves))]


def _row(study: Study, n: int) -> tuple[str, ...]:
    wave = study.waves[n]
    about = typeset(" ".join(study.about.split()), "fr")
    title, label = typeset(study.title, "fr"), typeset(wave.label, "fr")
    place = f"enquetes/{study.id}/" + ("" if study.kind is StudyKind.CONSULTATION else f"{wave.id}/")
    return study.id, title, about, wave.id, label, wave.opens.isoformat(), wave.closes.isoformat(), place


def register() -> None:
    """Offer the surveys' pages to every build, and to threads their polls."""
    site_pages.connect(pages)
    thread_fragments.connect(polls)
