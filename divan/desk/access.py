"""Who may see a desk page and send its forms: a session's cookie, our own origin, and the session's token."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from hmac import compare_digest
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from divan.collector.database import StorageUnavailableError
from divan.collector.posted_fields import UnreadableError, read_form
from divan.collector.rate import RateLimit
from divan.collector.sender import address_of
from divan.desk.pages import say, show
from divan.desk.secret import form_token
from divan.desk.sessions import COOKIE_LASTS, Sessions, SignedIn

COOKIE = "__Host-desk"

Texts = dict[str, list[str]]
Read = Callable[[Request, SignedIn], Awaitable[Response]]
Write = Callable[[Request, SignedIn, Texts], Awaitable[Response]]


class Gate:
    """Lets through who is signed in; forms only from our own pages."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions
        self.tries = RateLimit(per_minute=20, burst=20)

    def reading(self, answer: Read) -> Callable[[Request], Awaitable[Response]]:
        """A page for moderators only."""

        async def guarded(request: Request) -> Response:
            try:
                who = await self.who(request)
                return await answer(request, who) if who else _sign_in()
            except StorageUnavailableError:
                return _unavailable()

        return guarded

    def writing(self, answer: Write) -> Callable[[Request], Awaitable[Response]]:
        """A form of moderators only."""

        async def guarded(request: Request) -> Response:
            if not is_ours(request):
                return _foreign()
            try:
                who = await self.who(request)
                if who is None:
                    return _sign_in()
                texts = await read_form(request)
                sent = (texts.get("token") or [""])[0].encode()
                if not compare_digest(sent, form_token(who.session).encode()):
                    return _foreign()
                return await answer(request, who, texts)
            except UnreadableError as unreadable:
                return say("Cet envoi ne se lit pas", unreadable.sentence, unreadable.status)
            except StorageUnavailableError:
                return _unavailable()

        return guarded

    async def who(self, request: Request) -> SignedIn | None:
        """The moderator of this request's cookie."""
        secret = request.cookies.get(COOKIE, "")
        return await asyncio.to_thread(self.sessions.signed_in, secret) if secret else None

    def may_try(self, request: Request) -> bool:
        """Whether this address may try once more to get in."""
        return self.tries.admits(address_of(request) or "?")


def is_ours(request: Request) -> bool:
    """Whether a page of ours sent this: browsers name the origin of every form."""
    origin = request.headers.get("origin", "")
    return bool(origin) and urlsplit(origin).netloc == request.headers.get("host", "-")


def give(response: Response, secret: str) -> Response:
    """Hand the session's secret over, for this host alone, out of reach of scripts and other sites."""
    response.set_cookie(COOKIE, secret, max_age=COOKIE_LASTS, path="/", secure=True, httponly=True, samesite="strict")
    return response


def take_back(response: Response) -> Response:
    """Forget the cookie."""
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="strict")
    return response


def _sign_in() -> Response:
    return show("sign_in.html", status=401)


def _foreign() -> Response:
    sentence = "Cette demande ne vient pas d'une page du bureau. Rouvrez la file et recommencez."
    return say("Rien n'a été fait", sentence, 403)


def _unavailable() -> Response:
    sentence = "La base ne répond pas en ce moment ; réessayez dans une minute. Rien n'est perdu."
    return say("Rien n'a été fait", sentence, 503)
