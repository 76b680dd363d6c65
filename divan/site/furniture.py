"""What the theme's templates may call and say: the site's facts, dates in words, sentences of a language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from divan.builder.rendering import Furniture, environment
from divan.builder.settings import SETTINGS_FILE, Settings, load_settings
from divan.builder.template_faults import syntax_faults
from divan.catalogue.site import edition
from divan.site import filters
from divan.site.code import CODE
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.sentences import catalogue_file, translations
from divan.sources.typography import typeset_html


@dataclass(frozen=True)
class SiteFacts:
    """What templates know of the site as ``site``."""

    name: str
    tagline: str
    lang: str
    url: str
    audience: str
    repository_url: str
    contribute_url: str
    report_url: str
    proposals_url: str
    proposals_origin: str
    sends_letter: bool
    votes_url: str
    votes_origin: str
    emergency_number: str
    menu: tuple[tuple[str, str], ...]


def site_facts(settings: Settings) -> SiteFacts:
    """The site as its settings describe it."""
    proposals = settings.get("PROPOSALS_URL") or ""  # sans collecteur, une proposition n'a pas d'adresse
    sending = settings.get("SURVEYS_SENDING") or {}
    votes = f"{sending['url']}/avis/" if sending.get("way") == "collector" else ""
    return SiteFacts(
        name=settings.get("SITENAME", ""),
        tagline=settings.get("SITESUBTITLE", ""),
        lang=settings.get("DEFAULT_LANG", "fr"),
        url=settings.url,
        audience=edition(settings),
        repository_url=settings.get("REPOSITORY_URL", ""),
        contribute_url=settings.get("CONTRIBUTE_URL", ""),
        report_url=settings.get("REPORT_URL", ""),
        proposals_url=proposals,
        proposals_origin=_origin(proposals),
        votes_url=votes,
        votes_origin=_origin(votes),
        sends_letter=bool(settings.get("LETTER")),
        emergency_number=settings.get("EMERGENCY_NUMBER", "15"),
        menu=settings.menu,
    )


def _origin(url: str) -> str:
    return "{0.scheme}://{0.netloc}".format(urlsplit(url)) if "://" in url else ""


def furniture(settings: Settings) -> Furniture:
    """What the settings make of it."""
    lang = settings.get("DEFAULT_LANG", "fr")
    return Furniture(
        facts=site_facts(settings),
        filters={
            "longdate": partial(filters.longdate, lang=lang),
            "isodate": filters.isodate,
            "rfc3339": partial(filters.rfc3339, zone=settings.timezone),
            "number": filters.number,
            "plural": filters.plural,
        },
        functions={"when": partial(filters.when, lang=lang)},
        words=partial(translations, lang),
        code=CODE,
        files=(catalogue_file(lang),),
        finish=typeset_html if lang == "fr" else str,
    )


def template_problems(root: Path) -> list[Problem]:
    """What ``divan check`` says of the templates of the repository at ``root``; nothing where there are no settings."""
    if not (root / SETTINGS_FILE).is_file():
        return []
    try:
        settings = load_settings(root)
        env = environment(settings)
        env.filters.update(furniture(settings).filters)
    except ProblemsFound as found:
        return list(found.problems)
    env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    return syntax_faults(env, settings)
