"""The page where a member writes a case, a topic or a reply, and what its script reads to look it over.

The rules that find identities are the repository's own files, published as they are: the author's browser and
``divan check`` cannot differ.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from divan.builder.digest import digest
from divan.builder.page import File, Page
from divan.builder.settings import Settings
from divan.catalogue.site import Site, site_pages
from divan.forum.case_parts import CASE_PARTS
from divan.forum.group import SCHEMAS
from divan.privacy.detect import RULES_PATH
from divan.sources.problem import Problem, ProblemsFound

URL = "proposer/"
FORGES = ("github", "gitlab", "forgejo")
DETECT_PATH = RULES_PATH.with_name("detect.js")


def pages(site: Site) -> Iterator[Page | File]:
    """The page, the vocabulary as JSON, and the privacy rules with the script that runs them."""
    rules, detect = _published(RULES_PATH), _published(DETECT_PATH)
    head = json.loads((SCHEMAS / "case.schema.json").read_text(encoding="utf-8"))["properties"]
    context = {
        "parts": [{"id": part.id, "title": part.title, "required": part.required} for part in CASE_PARTS],
        "areas": [{"id": area.id, "label": area.label} for area in site.group.areas],
        "departements": [{"id": code, "label": site.group.place_label(code)} for code, _ in site.group.places],
        "specialties": site.rows.specialties(),
        "longest_title": head["title"]["maxLength"],
        "pseudonym": {"pattern": head["author"]["pattern"], "longest": head["author"]["maxLength"]},
        "ways": ways_out(site.settings),
        "timezone": site.settings.get("TIMEZONE", "Europe/Paris"),
        "vocabulary_url": f"{URL}vocabulary.json",
        "rules_url": rules.url,
        "detect_url": detect.url,
    }
    yield Page(URL, "compose.html", context, title="Proposer", section="proposer",
               description="Écrire un cas, un sujet ou une réponse, relu avant de quitter l'appareil.")  # fmt: skip
    words = [(entry.name, *entry.synonyms) for entry in site.vocabulary.entries]
    yield Page(f"{URL}vocabulary.json", "vocabulary.json", {"words": words})
    yield from (rules, detect)


def ways_out(settings: Settings) -> dict[str, Any]:
    """Where a post may go: the repository on its forge ('' when there is none), the moderators' address."""
    forge = settings.get("FORGE", "github")
    if forge not in FORGES:
        raise ProblemsFound([Problem("pelicanconf.py", None, f"FORGE doit valoir {', '.join(FORGES)}, pas {forge}",
                                     "corrigez ce réglage, ou laissez REPOSITORY_URL vide")])  # fmt: skip
    return {
        "forge": forge,
        "repository": str(settings.get("REPOSITORY_URL") or "").rstrip("/"),
        "branch": settings.get("REPOSITORY_BRANCH", "main"),
        "email": settings.get("MODERATION_EMAIL", ""),
    }


def _published(file: Path) -> File:
    seal = digest(file.read_bytes()).hex()
    return File(f"{URL}{file.stem}.{seal[:10]}{file.suffix}", file, seal)


def register() -> None:
    """Offer the page to every build."""
    site_pages.connect(pages)
