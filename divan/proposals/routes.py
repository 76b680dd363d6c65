"""The addresses where authors send a proposal and follow it. A receipt travels in a body, never in an address."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from divan.collector.database import StorageUnavailableError
from divan.collector.identity import read_receipt
from divan.collector.posted_fields import UnreadableError
from divan.collector.rate import RateLimit
from divan.collector.sender import address_of
from divan.privacy.browser_files import DETECTOR
from divan.proposals import pages
from divan.proposals.following import standing
from divan.proposals.model import KeptProposal
from divan.proposals.pages import AuthorPage, respond
from divan.proposals.posted_form import PostedForm, read_proposal_form
from divan.proposals.sending import Intake, Refused, own_fields, states_open_to

_PER_MINUTE, _BURST = 120, 300  # a hospital's physicians have one address together
_TRIES_PER_MINUTE = 30


@dataclass(frozen=True)
class Answering:
    """The routes, with what they share."""

    intake: Intake
    sending: RateLimit
    tries: RateLimit

    async def send(self, request: Request) -> Response:
        """POST /proposals/: keep one proposal."""
        return respond(request, await _guarded(request, self.sending, self._send))

    async def _send(self, form: PostedForm) -> AuthorPage:
        try:
            return pages.received(await self.intake.receive(form))
        except Refused as refused:
            hidden = [("kind", form.one("kind")), ("submission", form.one("submission"))]
            return pages.to_correct(refused.faults, pages.typed(form.one("kind"), "", own_fields(form), hidden))

    async def ask(self, request: Request) -> Response:
        """GET /proposals/receipt: one field."""
        return respond(request, pages.ask_receipt())

    async def follow(self, request: Request) -> Response:
        """POST /proposals/receipt: where a proposal stands, or what its author wants of it."""
        return respond(request, await _guarded(request, self.tries, self._follow))

    async def _follow(self, form: PostedForm) -> AuthorPage:
        receipt = read_receipt(form.one("receipt")[:40])
        found = await self._find(receipt) if receipt else None
        if receipt is None or found is None:
            return pages.ask_receipt(404, "Aucune proposition n'a ce reçu : vérifiez qu'il est copié en entier.")
        action = form.one("action")
        if action and action not in states_open_to(found):
            return await self._standing(found, receipt, 409, "Ce n'est plus possible : voyez où elle en est.")
        try:
            return await self._act(action, found, receipt, form)
        except Refused as refused:
            kind = form.one("kind") or found.kind
            hidden = [("receipt", receipt), ("action", action), ("kind", form.one("kind"))]
            return pages.to_correct(refused.faults, pages.typed(kind, "receipt", own_fields(form), hidden, kept=True))

    async def _act(self, action: str, found: KeptProposal, receipt: str, form: PostedForm) -> AuthorPage:
        day = self.intake.today().isoformat()
        if action == "complete":
            return pages.received(await self.intake.complete(found, form))
        if action == "amend" and not await self.intake.amend(found, form):
            return await self._standing(
                found, receipt, 409, "Elle a changé entre-temps : relisez-la avant de corriger."
            )
        if action == "withdraw" and found.may_change:
            if not await asyncio.to_thread(self.intake.store.withdraw, found, day):
                return await self._standing(
                    found, receipt, 409, "Un modérateur vient d'en décider : voyez où elle en est."
                )
        elif action == "withdraw":
            return pages.received(await self.intake.ask_withdrawal(found, receipt))
        return await self._standing(found, receipt)

    async def _find(self, receipt: str) -> KeptProposal | None:
        return await asyncio.to_thread(self.intake.store.by_receipt, self.intake.key.stored_receipt(receipt))

    async def _standing(self, found: KeptProposal, receipt: str, status: int = 200, sentence: str = "") -> AuthorPage:
        now = await asyncio.to_thread(self.intake.store.by_uid, found.uid) or found
        pictures = await asyncio.to_thread(self.intake.store.pictures, now.id)
        return standing(now, pictures, receipt, status, sentence)


async def _guarded(
    request: Request, rate: RateLimit, answer: Callable[[PostedForm], Awaitable[AuthorPage]]
) -> AuthorPage:
    address = address_of(request)
    if address and not rate.admits(address):
        return pages.refused(429, "Beaucoup d'envois viennent d'arriver de votre réseau ; réessayez dans une minute.")
    try:
        return await answer(await read_proposal_form(request))
    except UnreadableError as unreadable:
        return pages.refused(unreadable.status, unreadable.sentence)
    except StorageUnavailableError:
        return pages.refused(503, "Le service ne peut rien enregistrer en ce moment ; renvoyez dans quelques minutes.")


def routes(intake: Intake) -> list[Route]:
    """What the collector answers for proposals."""
    answering = Answering(
        intake, RateLimit(_PER_MINUTE, burst=_BURST), RateLimit(_TRIES_PER_MINUTE, burst=_TRIES_PER_MINUTE)
    )
    return [
        Route("/proposals/", answering.send, methods=["POST"]),
        Route("/proposals/receipt", answering.ask, methods=["GET"]),
        Route("/proposals/receipt", answering.follow, methods=["POST"]),
        STYLE,
        Route("/proposals/check.js", _script, methods=["GET"]),
        Route("/proposals/check/{folder}/{name}", _rules, methods=["GET"]),
    ]


async def _style(_request: Request) -> Response:
    return FileResponse(pages.FOLDER / "page.css", headers={"X-Content-Type-Options": "nosniff"})


async def _script(_request: Request) -> Response:
    return FileResponse(pages.FOLDER / "check.js", headers={"X-Content-Type-Options": "nosniff"})


async def _rules(request: Request) -> Response:
    """GET: one of the files that look for identities in the browser."""
    asked = (request.path_params["folder"], request.path_params["name"])
    file = next((file for file in DETECTOR if (file.parent.name, file.name) == asked), None)
    if file is None:
        raise HTTPException(404)
    return FileResponse(file, headers={"X-Content-Type-Options": "nosniff"})


STYLE = Route("/proposals/page.css", _style, methods=["GET"])  # of the desk's pages too
