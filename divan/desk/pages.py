"""The desk's pages: a template, a strict policy, and never in a cache."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse

from divan.desk.secret import form_token
from divan.desk.sessions import SignedIn
from divan.proposals.following import day

FOLDER = Path(__file__).parent / "templates"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
KINDS = {
    "case": "Cas", "topic": "Sujet", "reply": "Réponse", "resolution": "Suite d'un fil", "correction": "Correction",
    "member": "Fiche de membre", "service": "Fiche de service", "hashtag": "Hashtag", "withdrawal": "Retrait demandé",
    "report": "Signalement",
}  # fmt: skip
STATES = {
    "received": "arrivée", "reading": "en lecture", "returned": "à reprendre par son auteur", "published": "publiée",
    "refused": "refusée", "withdrawn": "retirée",
}  # fmt: skip

_PAGES = Environment(
    loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_PAGES.filters["day"] = day
_PAGES.globals.update(kinds=KINDS, states=STATES)


def show(template: str, who: SignedIn | None = None, status: int = 200, **context: Any) -> HTMLResponse:
    """A page of the desk; its forms carry the token of the session."""
    token = form_token(who.session) if who else ""
    html = _PAGES.get_template(template).render(who=who, token=token, **context)
    return HTMLResponse(html, status, HEADERS)


def go(address: str) -> RedirectResponse:
    """After a form: the next page, by GET."""
    return RedirectResponse(address, 303, HEADERS)


def say(title: str, sentence: str, status: int, who: SignedIn | None = None) -> HTMLResponse:
    """A page that only says something."""
    return show("said.html", who, status, title=title, sentence=sentence)
