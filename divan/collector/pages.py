"""What the sender is shown: one small page, the same words in HTML for a browser and in JSON for the form's script."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from surveys.quotas import Quota
from surveys.validation import AnswerFault
from surveys.wording import told

FOLDER = Path(__file__).parent / "templates"  # told.html is the page of whoever sent something, answer or proposal
_PAGE = Environment(loader=FileSystemLoader(FOLDER), autoescape=True).get_template("page.html")
STYLE = (FOLDER / "page.css").read_text(encoding="utf-8")
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?")


def headers_for(style: str) -> dict[str, str]:
    """The headers of a page with this style: no script, nothing from elsewhere, nothing kept by the browser."""
    known = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {
        "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{known}'; img-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'",
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }


HEADERS = headers_for(STYLE)


@dataclass(frozen=True, slots=True)
class SenderPage:
    """``title`` and ``sentences`` say what happened; ``receipt`` proves that the answer is on disk.

    ``language`` is that of the form; ``again`` where another person may answer; ``number`` what the form was sent as.
    """

    status: int
    title: str
    sentences: Sequence[str]
    receipt: str = ""
    faults: Sequence[AnswerFault] = ()
    kept_on_device: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    language: str = "fr"
    again: str = ""
    number: str = ""


def respond(request: Request, page: SenderPage) -> Response:
    """The page as HTML, or as JSON when the sender's script asked for it."""
    headers = HEADERS | page.headers
    page = in_its_language(page)
    if wants_json(request):
        faults = [{"item": fault.item, "message": fault.sentence} for fault in page.faults]
        content = {"title": page.title, "message": " ".join(page.sentences), "problems": faults}
        if page.receipt:
            content["receipt"] = page.receipt
        return JSONResponse(content, page.status, headers)
    say = partial(told, language=page.language)
    shown = _PAGE.render(page=page, style=STYLE, home=home_of(request), language=page.language, say=say)
    return HTMLResponse(shown, page.status, headers)


def wants_json(request: Request) -> bool:
    """True for the form's script, which shows by itself what it is told."""
    return "application/json" in request.headers.get("accept", "")


def in_its_language(page: SenderPage) -> SenderPage:
    """The page told in the language of the form."""
    faults = [replace(fault, sentence=told(fault.sentence, page.language)) for fault in page.faults]
    sentences = [told(sentence, page.language) for sentence in page.sentences]
    return replace(page, title=told(page.title, page.language), sentences=sentences, faults=faults)


def home_of(request: Request) -> str:
    """Where the form came from, when its browser says so: the collector may have an address of its own."""
    origin = request.headers.get("origin") or request.headers.get("referer", "").removesuffix("/")
    return f"{origin}/" if _ORIGIN.fullmatch(origin) else "/"


NO_PAGE = SenderPage(
    404, "Cette page n'existe pas", ("Cette adresse ne fait que recevoir des réponses ; les pages sont sur le forum.",)
)


def thanks(receipt: str, words: str) -> SenderPage:
    """The answer is saved."""
    said = words or "Votre réponse est enregistrée."
    keep = (
        "Gardez ce reçu : il permet de faire effacer votre réponse, et nous ne pouvons pas le retrouver pour vous. "
        "Il ne dit rien de vous."
    )
    return SenderPage(200, "Merci !", (said, keep), receipt=receipt)


def already_sent(receipt: str) -> SenderPage:
    """The answer was saved before: going back or loading the page again sends nothing."""
    kept = "Votre réponse est enregistrée, une seule fois. Aucune de vos réponses n'est restée sur cette page."
    return SenderPage(200, "Déjà envoyé", (kept,), receipt=receipt)


def not_open(sentence: str) -> SenderPage:
    """A form asked for outside its dates."""
    return SenderPage(403, "Cette enquête ne prend pas de réponse", (sentence,))


def refused(status: int, sentence: str, headers: dict[str, str] | None = None) -> SenderPage:
    """The request can't be taken as it is."""
    return SenderPage(status, "Votre réponse n'a pas été enregistrée", (sentence,), headers=headers or {})


def too_many() -> SenderPage:
    """An address that writes too often waits."""
    return refused(429, "Trop d'envois en peu de temps ; réessayez dans une minute.", {"Retry-After": "60"})


def to_correct(faults: Sequence[AnswerFault]) -> SenderPage:
    """Some answers do not fit the questionnaire."""
    one = len(faults) == 1
    sentence = "Une réponse est à corriger." if one else f"{len(faults)} réponses sont à corriger."
    here = "Ce que vous aviez rempli est ci-dessous : corrigez, puis renvoyez."
    return SenderPage(422, "Votre réponse n'est pas encore enregistrée", (sentence, here), faults=faults)


WAVE_FULL = "Cette enquête a reçu toutes les réponses qu'elle attendait ; merci d'avoir voulu y répondre."
CHOICE_FULL = "Nous avons déjà toutes les réponses attendues de qui répond ainsi ; merci, vous pouvez vous arrêter là."


def category_full(quota: Quota) -> SenderPage:
    """The category of this answer has all those that it takes."""
    if not quota.item:
        return SenderPage(403, "Cette enquête ne prend plus de réponse", (WAVE_FULL,))
    fault = AnswerFault(quota.item, quota.label, choice_closed(quota))
    return SenderPage(422, "Votre réponse n'a pas été enregistrée", (CHOICE_FULL,), faults=[fault])


def choice_closed(quota: Quota) -> str:
    """What is said beside a question before it is answered, where no script can."""
    return f"Complet : « {quota.label} »."


def not_known() -> SenderPage:
    """The database did not say in time: neither saved nor lost may be claimed."""
    return SenderPage(
        503,
        "On ne sait pas encore si votre réponse est enregistrée",
        (
            "Le service n'a pas répondu à temps ; ce n'est pas votre faute.",
            "Elle reste sur votre appareil : renvoyez-la dans quelques minutes, elle ne comptera qu'une fois.",
        ),
        kept_on_device=True,
        headers={"Retry-After": "60"},
    )


def not_saved() -> SenderPage:
    """The database could not save: said plainly, with what to do."""
    return SenderPage(
        503,
        "Votre réponse n'a pas été enregistrée",
        (
            "Le service ne peut pas l'enregistrer en ce moment ; ce n'est pas votre faute.",
            "Elle reste sur votre appareil : renvoyez-la dans quelques minutes.",
        ),
        kept_on_device=True,
        headers={"Retry-After": "60"},
    )


async def http_error(request: Request, error: Exception) -> Response:
    """The page of an address that is not there, or that takes no such request."""
    status = error.status_code if isinstance(error, HTTPException) else 400
    if status == 404 and request.method in ("GET", "HEAD"):
        return respond(request, NO_PAGE)
    headers = dict(getattr(error, "headers", None) or {})
    readable = request.url.path in ("/health", "/altcha")
    wrong_way = "ne fait que se lire (GET)" if readable else "ne reçoit que des réponses envoyées (POST)"
    sentences = {404: "Cette adresse n'existe pas.", 405: f"Cette adresse {wrong_way}."}
    return respond(request, refused(status, sentences.get(status, "Cette demande est illisible."), headers))
