"""The pages where anyone writes to the moderators, one for each kind of proposal, and what their scripts read.

They are plain forms for the collector, which need no script. What finds identities (rules, tagger, reader of signs) is
the repository's own files, published as they are under one seal: the browser and ``divan check`` cannot differ.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from divan.builder.digest import digest
from divan.builder.page import File, Page
from divan.builder.settings import Settings
from divan.catalogue.site import Site, site_pages
from divan.forum.case_parts import CASE_PARTS
from divan.forum.group import SCHEMAS
from divan.forum.model import Member, Service
from divan.forum.proposal.kinds import load_kinds
from divan.privacy.browser_files import DETECTOR
from divan.sources.problem import Problem, ProblemsFound

URL = "proposer/"
FORGES = ("github", "gitlab", "forgejo")
POSTS = {"case": (URL, "Un cas"), "topic": (f"{URL}sujet/", "Un sujet"), "reply": (f"{URL}reponse/", "Une réponse")}
REQUESTS = {
    "resolution": ("suite/", "Ajouter la suite d'un fil", "La suite d'un fil"),
    "correction": ("correction/", "Corriger un message", "Une correction"),
    "member": ("membre/", "Ma fiche dans l'annuaire", "Ma fiche"),
    "service": ("service/", "Une fiche de service", "Un service"),
    "hashtag": ("mot/", "Un mot de la liste commune", "Un hashtag"),
    "withdrawal": ("retrait/", "Demander un retrait", "Un retrait"),
    "report": ("signalement/", "Signaler un message", "Un signalement"),
}


def pages(site: Site) -> Iterator[Page | File]:
    """The forms, the page that follows a receipt, the vocabulary as JSON, the privacy rules with their script."""
    detector = published_detector()
    shared = _shared(site)
    for kind, (url, label) in POSTS.items():
        yield Page(url, "compose.html", {**shared, "kind": kind}, title=f"Proposer\u00a0: {label.lower()}",
                   section="proposer", description="Écrire, relu avant de quitter l'appareil.")  # fmt: skip
    if site.settings.get("PROPOSALS_URL"):
        yield from _requests(site, shared)
        yield Page(
            f"{URL}suivi/",
            "follow.html",
            {},
            title="Où en est ma proposition",
            section="proposer",
            description="Suivre, corriger ou retirer ce que l’on a proposé, avec son reçu.",
        )
    words = [(entry.name, *entry.synonyms) for entry in site.hashtags]
    yield Page(f"{URL}vocabulary.json", "vocabulary.json", {"words": words})
    names = asdict(site.group.names)
    setup = {
        "detect": detector[0].url.removeprefix(URL),
        "zone": shared["timezone"],
        "names": names,
    }
    yield Page(f"{URL}setup.json", "setup.json", setup)
    yield from detector


def _shared(site: Site) -> dict[str, Any]:
    head = json.loads((SCHEMAS / "case.schema.json").read_text(encoding="utf-8"))["properties"]
    requests = REQUESTS.values() if site.settings.get("PROPOSALS_URL") else ()
    others = [*POSTS.values(), *((f"{URL}{url}", label) for url, _, label in requests)]
    return {
        "parts": [{"id": part.id, "title": part.title, "required": part.required} for part in CASE_PARTS],
        "areas": [("", "Choisir"), *((area.id, area.label) for area in site.group.areas)],
        "departements": [("", "Ne pas dire"), *((code, site.group.place_label(code)) for code, _ in site.group.places)],
        "specialties": site.rows.specialties(),
        "longest_title": head["title"]["maxLength"],
        "pattern": head["author"]["pattern"],
        "ways": ways_out(site.settings),
        "timezone": site.settings.timezone,
        "service_kinds": [("", "Choisir"), *((one.id, one.label) for one in site.group.services)],
        "others": others,
    }


def _requests(site: Site, shared: dict[str, Any]) -> Iterator[Page]:
    """One form for each other kind, then one for each entry of the directories, filled in with what it says."""
    entries: dict[str, Sequence[Member | Service]] = {"member": site.members, "service": site.services}
    context = {key: shared[key] for key in ("departements", "service_kinds", "pattern")}
    for kind, (url, title, _) in REQUESTS.items():
        about = "post" if load_kinds()[kind].about in ("thread", "post") else ""
        said = {**context, "kind": kind, "about": about, "entry": None}
        yield Page(f"{URL}{url}", "proposal.html", said, title=title, section="proposer",
                   description=f"{title}\u00a0: un formulaire, relu par les modérateurs.")  # fmt: skip
        for entry in entries.get(kind, ()):
            yield Page(f"{URL}{url}{entry.id}/", "proposal.html", {**said, "entry": entry},
                       title=f"Corriger\u00a0: {entry.name}", section="proposer", noindex=True)  # fmt: skip


def ways_out(settings: Settings) -> dict[str, Any]:
    """Where a post may go: the repository on its forge ('' where strangers can't propose), the moderators' address.

    A private repository answers them 404; so does a Forgejo that keeps its editor to those who may write.
    """
    forge = settings.get("FORGE", "github")
    if forge not in FORGES:
        raise ProblemsFound([Problem("pelicanconf.py", None, f"FORGE doit valoir {', '.join(FORGES)}, pas {forge}",
                                     "corrigez ce réglage, ou laissez REPOSITORY_URL vide")])  # fmt: skip
    is_open = settings.get("FORGE_OPEN", forge != "forgejo")
    return {
        "forge": forge,
        "repository": str(settings.get("REPOSITORY_URL") or "").rstrip("/") if is_open else "",
        "branch": settings.get("REPOSITORY_BRANCH", "main"),
        "email": settings.get("MODERATION_EMAIL", ""),
    }


def published_detector() -> list[File]:
    """The files of the detector, its door first, in their own folders so that they find each other."""
    seal = digest(b"".join(file.read_bytes() for file in DETECTOR)).hex()[:10]
    return [
        File(f"{URL}{seal}/{file.parent.name}/{file.name}", file, digest(file.read_bytes()).hex()) for file in DETECTOR
    ]


def register() -> None:
    """Offer the page to every build."""
    site_pages.connect(pages)
