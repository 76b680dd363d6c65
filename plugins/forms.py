"""Surveys on the site: a list of them, and for each wave its form while the window is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from plugins.engine.page import Page
from plugins.engine.site import Site, site_pages
from surveys.model import Study
from surveys.study import load_study, study_folders

SOURCES = "surveys/"


def pages(site: Site) -> Iterator[Page]:
    """The index of surveys."""
    surveys = [survey(row, site.settings.today) for row in _waves(site)]
    yield Page("enquetes/", "survey_index.html", {"surveys": surveys}, title="Enquêtes", section="enquetes",
               description="Les questionnaires du groupe : en cours, à venir, clos.")  # fmt: skip


def pinned(site: Site) -> list[dict[str, Any]]:
    """Surveys whose window is open today, for the home page."""
    today = [survey(row, site.settings.today) for row in _waves(site)]
    return [one for one in today if one["state"] == "open"]


def survey(row: tuple[str, ...], today: date) -> dict[str, Any]:
    """One wave of a study, as templates show it."""
    study, title, about, wave, label, opens, closes = row
    first, last = date.fromisoformat(opens), date.fromisoformat(closes)
    state = "before" if today < first else "open" if today <= last else "closed"
    return {
        "title": f"{title} : {label}", "url": f"enquetes/{study}/{wave}/", "state": state, "opens": first,
        "closes": last, "text": about,
    }  # fmt: skip


def _waves(site: Site) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = site.remembered("waves", SOURCES, lambda: _read(site))
    return found


def _read(site: Site) -> list[tuple[str, ...]]:
    studies = [load_study(folder) for folder in study_folders(site.settings.root)]
    return [_row(study, n) for study in studies for n in range(len(study.waves))]


def _row(study: Study, n: int) -> tuple[str, ...]:
    wave = study.waves[n]
    about = study.about.strip()
    return study.id, study.title, about, wave.id, wave.label, wave.opens.isoformat(), wave.closes.isoformat()


def register() -> None:
    """Offer the surveys' pages to every build."""
    site_pages.connect(pages)
