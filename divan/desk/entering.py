"""The addresses to get in: a link that works once, then a passkey, or the cookie where there is none."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from divan.collector.database import StorageUnavailableError
from divan.collector.posted_fields import UnreadableError, read_form
from divan.desk import passkeys
from divan.desk.access import Gate, Texts, give, is_ours, take_back
from divan.desk.moderators import Moderators
from divan.desk.pages import HEADERS, go, say, show
from divan.desk.sessions import SignedIn

_NO_LINK = "Ce lien a déjà servi, ou n'a plus cours : demandez-en un autre à qui tient le serveur."
_SLOWER = "Trop d'essais en peu de temps ; attendez une minute."


class Entering:
    """Sign in, sign out, devices."""

    def __init__(self, gate: Gate, moderators: Moderators) -> None:
        self._gate, self._sessions, self._moderators = gate, gate.sessions, moderators

    async def link(self, request: Request) -> Response:
        """GET: the page of an invitation. What messengers do to preview a link does not use it up; the button does."""
        if not self._gate.may_try(request):
            return say("Un instant", _SLOWER, 429)
        token = request.path_params["token"]
        try:
            if not await asyncio.to_thread(self._moderators.is_invited, token):
                return say("Ce lien ne marche plus", _NO_LINK, 404)
        except StorageUnavailableError:
            return say("Un instant", "La base ne répond pas ; réessayez dans une minute.", 503)
        return show("enter.html", name=_device_name(request))

    async def enter(self, request: Request) -> Response:
        """POST: this device is known from now on."""
        if not is_ours(request) or not self._gate.may_try(request):
            return say("Rien n'a été fait", "Rouvrez le lien reçu, et recommencez.", 403)
        try:
            texts = await read_form(request)
            name = (texts.get("device") or [""])[0].strip() or _device_name(request)
            device = await asyncio.to_thread(self._moderators.accept, request.path_params["token"], name)
            if device is None:
                return say("Ce lien ne marche plus", _NO_LINK, 404)
            return give(go("/desk/appareils"), await asyncio.to_thread(self._sessions.open, device))
        except UnreadableError as unreadable:
            return say("Rien n'a été fait", unreadable.sentence, unreadable.status)
        except StorageUnavailableError:
            return say("Un instant", "La base ne répond pas ; réessayez dans une minute.", 503)

    async def passkey_options(self, request: Request, who: SignedIn, _texts: Texts) -> Response:
        """POST: what the browser needs to make a passkey."""
        options = await asyncio.to_thread(passkeys.to_register, self._sessions, who, request.headers["origin"])
        return Response(options, media_type="application/json", headers=HEADERS)

    async def passkey_register(self, request: Request, who: SignedIn, texts: Texts) -> Response:
        """POST: the passkey that it made."""
        answer = (texts.get("credential") or [""])[0]
        origin = request.headers["origin"]
        done = await asyncio.to_thread(passkeys.register, self._sessions, who, origin, answer)
        return JSONResponse({"done": done}, 200 if done else 400, HEADERS)

    async def sign_in_options(self, request: Request) -> Response:
        """POST: what the browser needs to sign in with a passkey."""
        if refusal := self._refusal(request):
            return refusal
        try:
            options = await asyncio.to_thread(passkeys.to_sign_in, self._sessions, request.headers["origin"])
        except StorageUnavailableError:
            return JSONResponse({"done": False}, 503, HEADERS)
        return Response(options, media_type="application/json", headers=HEADERS)

    async def sign_in(self, request: Request) -> Response:
        """POST: the passkey's answer; a new session, whatever cookie came."""
        if refusal := self._refusal(request):
            return refusal
        try:
            answer = ((await read_form(request)).get("credential") or [""])[0]
            origin = request.headers["origin"]
            secret = await asyncio.to_thread(passkeys.sign_in, self._sessions, origin, answer)
        except UnreadableError as unreadable:
            return JSONResponse({"done": False}, unreadable.status, HEADERS)
        except StorageUnavailableError:
            return JSONResponse({"done": False}, 503, HEADERS)
        if secret is None:
            return JSONResponse({"done": False}, 401, HEADERS)
        return give(JSONResponse({"done": True}, headers=HEADERS), secret)

    def _refusal(self, request: Request) -> Response | None:
        if not is_ours(request):
            return JSONResponse({"done": False}, 403, HEADERS)
        return None if self._gate.may_try(request) else JSONResponse({"done": False}, 429, HEADERS)

    async def devices(self, _request: Request, who: SignedIn) -> Response:
        """GET: this moderator's devices."""
        listed = await asyncio.to_thread(self._moderators.listed)
        mine = next((one.devices for one in listed if one.name == who.name), ())
        return show("devices.html", who, devices=mine)

    async def forget_device(self, _request: Request, who: SignedIn, texts: Texts) -> Response:
        """POST: revoke one of one's own devices."""
        number = (texts.get("device") or [""])[0]
        if number.isascii() and number.isdigit() and len(number) < 10:
            await asyncio.to_thread(self._moderators.revoke_device, int(number), who.moderator)
        return go("/desk/appareils")

    async def leave(self, _request: Request, who: SignedIn, _texts: Texts) -> Response:
        """POST: close this session."""
        await asyncio.to_thread(self._sessions.close, who.session)
        return take_back(go("/desk/"))

    def routes(self) -> list[Route]:
        """Where all this is."""
        reading, writing = self._gate.reading, self._gate.writing
        return [
            Route("/desk/entrer/{token}", self.link, methods=["GET"]),
            Route("/desk/entrer/{token}", self.enter, methods=["POST"]),
            Route("/desk/cle/demander", writing(self.passkey_options), methods=["POST"]),
            Route("/desk/cle/garder", writing(self.passkey_register), methods=["POST"]),
            Route("/desk/cle/entrer", self.sign_in_options, methods=["POST"]),
            Route("/desk/cle/verifier", self.sign_in, methods=["POST"]),
            Route("/desk/appareils", reading(self.devices), methods=["GET"]),
            Route("/desk/appareils", writing(self.forget_device), methods=["POST"]),
            Route("/desk/sortir", writing(self.leave), methods=["POST"]),
        ]


def _device_name(request: Request) -> str:
    """A name to propose, which the moderator may change: nothing else is kept of what the browser says."""
    agent = request.headers.get("user-agent", "")
    known = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux")
    return next((name for name in known if name in agent), "Cet appareil")
