"""The addresses where one asks for the letter, confirms, and leaves: an opened link changes nothing, a button does.

Programs that read mails open their links; so a link only shows a page, and the mail program's own « unsubscribe »
posts to the same address (RFC 8058).
"""

from __future__ import annotations

import asyncio
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from divan.collector.database import StorageUnavailableError
from divan.collector.pages import FOLDER, HEADERS, STYLE
from divan.collector.posted_fields import UnreadableError, read_form
from divan.collector.rate import RateLimit
from divan.collector.sender import address_of
from divan.letter.configuring import LetterSettings
from divan.letter.subscribers import Subscribers, read_address

_FOLDERS = [Path(__file__).parent / "templates", FOLDER]
_PAGE = Environment(loader=FileSystemLoader(_FOLDERS), autoescape=True).get_template("letter.html")
_PER_MINUTE = 10
TRAP = "website"  # a field that nobody sees: who fills it is a program

_ASKED = (
    "Presque fini",
    (
        "Si cette adresse n'était pas déjà inscrite, un courriel vient d'y partir : ouvrez-le et suivez son lien.",
        "Sans cela, rien ne sera envoyé, et l'adresse est oubliée au bout d'une semaine.",
    ),
)
_WRONG = "Cette adresse ne se lit pas", ("Vérifiez-la : prenom@exemple.fr, sans accent. Rien n'a été gardé.",)
_OFTEN = "Trop de demandes en peu de temps", ("Réessayez dans une minute.",)
_LATER = "Rien n'a été enregistré", ("Le service ne peut pas le faire en ce moment ; réessayez dans quelques minutes.",)
_CONFIRM = "Recevoir la lettre ?", ("Une fois par semaine, s'il y a du nouveau ; chaque lettre dit comment l'arrêter.",)
_WELCOME = "C'est fait", ("Vous recevrez la prochaine lettre.",)
_NOBODY = "Ce lien ne mène plus à rien", ("Il a plus d'une semaine, ou l'adresse est effacée ; redemandez la lettre.",)
_LEAVE = "Ne plus recevoir la lettre ?", ("Votre adresse sera effacée, et rien d'elle ne sera gardé.",)
_LEFT = "C'est fait", ("Votre adresse est effacée.",)


@dataclass(frozen=True)
class LetterDesk:
    """The list, and the settings of the letter."""

    subscribers: Subscribers
    settings: LetterSettings
    today: Callable[[], date]
    rate: RateLimit

    async def ask(self, request: Request) -> Response:
        """POST /letter/: an address to which a mail will ask."""
        who = address_of(request)
        if who and not self.rate.admits(who):
            return self._page(_OFTEN, 429)
        try:
            fields = await read_form(request)
            address = read_address((fields.get("address") or [""])[0][:300])
            if address is None:
                return self._page(_WRONG, 422)
            if not any(fields.get(TRAP, ())):
                await asyncio.to_thread(self._ask, address)
            return self._page(_ASKED)
        except UnreadableError as unreadable:
            return self._page((_WRONG[0], (unreadable.sentence,)), unreadable.status)
        except (StorageUnavailableError, OSError, smtplib.SMTPException):
            return self._page(_LATER, 503)

    def _ask(self, address: str) -> None:
        token = self.subscribers.ask(address, self.today())
        if token is None:
            return
        text = (
            f"Quelqu'un, vous sans doute, a demandé que la lettre de {self.settings.forum} vienne à cette adresse.\n\n"
            f"Pour la recevoir : {self.settings.address}confirm/{token}\n\n"
            "Sinon, ne faites rien : l'adresse sera oubliée dans une semaine.\n"
        )
        try:
            with self.settings.server.opened() as session:
                session.send_message(self.settings.server.message(address, f"La lettre de {self.settings.forum}", text))
        except smtplib.SMTPRecipientsRefused:
            self.subscribers.not_asked(token)  # personne n'apprend ici qu'une adresse n'existe pas
        except (OSError, smtplib.SMTPException):
            self.subscribers.not_asked(token)
            raise

    async def confirm_page(self, _request: Request) -> Response:
        """GET: what the button would do."""
        return self._page(_CONFIRM, button="Recevoir la lettre")

    async def confirm(self, request: Request) -> Response:
        """POST: receive the letter from now on."""
        try:
            found = await asyncio.to_thread(self.subscribers.confirm, request.path_params["token"])
        except StorageUnavailableError:
            return self._page(_LATER, 503)
        return self._page(_WELCOME if found else _NOBODY, 200 if found else 404)

    async def leave_page(self, _request: Request) -> Response:
        """GET: what the button would do."""
        return self._page(_LEAVE, button="Ne plus la recevoir")

    async def leave(self, request: Request) -> Response:
        """POST: receive no letter any more; this always succeeds."""
        try:
            await asyncio.to_thread(self.subscribers.leave, request.path_params["token"])
        except StorageUnavailableError:
            return self._page(_LATER, 503)
        return self._page(_LEFT)

    def _page(self, said: tuple[str, tuple[str, ...]], status: int = 200, button: str = "") -> Response:
        page = {"title": said[0], "sentences": said[1]}
        shown = _PAGE.render(page=page, style=STYLE, home=self.settings.home, button=button)
        return HTMLResponse(shown, status, HEADERS)


def letter_routes(desk: LetterDesk) -> list[Route]:
    """The addresses of the letter."""
    return [
        Route("/letter/", desk.ask, methods=["POST"]),
        Route("/letter/confirm/{token}", desk.confirm_page, methods=["GET"]),
        Route("/letter/confirm/{token}", desk.confirm, methods=["POST"]),
        Route("/letter/leave/{token}", desk.leave_page, methods=["GET"]),
        Route("/letter/leave/{token}", desk.leave, methods=["POST"]),
    ]


def letter_desk(subscribers: Subscribers, settings: LetterSettings, today: Callable[[], date]) -> LetterDesk:
    """The desk of a forum that sends a letter."""
    rate = RateLimit(_PER_MINUTE, burst=_PER_MINUTE)
    return LetterDesk(subscribers, settings, today, rate)
