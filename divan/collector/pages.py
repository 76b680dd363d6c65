"""What the sender is shown: one small page, the same words in HTML for a browser and in JSON for the form's script."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from surveys.validation import AnswerFault

FOLDER = Path(__file__).parent / "templates"  # told.html is the page of whoever sent something, answer or proposal
_PAGE = Environment(loader=FileSystemLoader(FOLDER), autoescape=True).get_template("page.html")
_STYLE = (FOLDER / "page.css").read_text(encoding="utf-8")
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?")
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class SenderPage:
    """``title`` and ``sentences`` say what happened; ``receipt`` proves that the answer is on disk."""

    status: int
    title: str
    sentences: Sequence[str]
    receipt: str = ""
    faults: Sequence[AnswerFault] = ()
    kept_on_device: bool = False
    headers: dict[str, str] = field(default_factory=dict)


def respond(request: Request, page: SenderPage) -> Response:
    """The page as HTML, or as JSON when the sender's script asked for it."""
    headers = HEADERS | page.headers
    if "application/json" in request.headers.get("accept", ""):
        faults = [{"item": fault.item, "message": fault.sentence} for fault in page.faults]
        content = {"title": page.title, "message": " ".join(page.sentences), "problems": faults}
        if page.receipt:
            content["receipt"] = page.receipt
        return JSONResponse(content, page.status, headers)
    return HTMLResponse(_PAGE.render(page=page, style=_STYLE, home=home_of(request)), page.status, headers)


def home_of(request: Request) -> str:
    """Where the form came from, when its browser says so: the collector may have an address of its own."""
    origin = request.headers.get("origin", "")
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


def refused(status: int, sentence: str, headers: dict[str, str] | None = None) -> SenderPage:
    """The request can't be taken as it is."""
    return SenderPage(status, "Votre réponse n'a pas été enregistrée", (sentence,), headers=headers or {})


def to_correct(faults: Sequence[AnswerFault]) -> SenderPage:
    """Some answers do not fit the questionnaire."""
    one = len(faults) == 1
    sentence = "Une réponse est à corriger." if one else f"{len(faults)} réponses sont à corriger."
    back = "Revenez en arrière : votre navigateur a gardé ce que vous aviez rempli."
    return SenderPage(422, "Votre réponse n'est pas encore enregistrée", (sentence, back), faults=faults)


def not_saved() -> SenderPage:
    """The database could not save: said plainly, with what to do."""
    return SenderPage(
        503,
        "Votre réponse n'a pas été enregistrée",
        (
            "Le service ne peut pas l'enregistrer en ce moment ; ce n'est pas votre faute.",
            "Elle reste sur votre appareil : revenez en arrière et renvoyez-la dans quelques minutes.",
        ),
        kept_on_device=True,
        headers={"Retry-After": "60"},
    )
