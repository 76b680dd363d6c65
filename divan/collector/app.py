"""The collector: a form comes in, is checked against its questionnaire, committed, and only then thanked for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from divan.collector.database import StorageUnavailableError
from divan.collector.doubts import examine, new_challenge
from divan.collector.identity import Key
from divan.collector.pages import HEADERS, NO_PAGE, SenderPage, not_saved, refused, respond, thanks, to_correct
from divan.collector.posted_fields import Fields, UnreadableError, read_form
from divan.collector.rate import RateLimit
from divan.collector.sender import address_of
from divan.collector.store import AnswerStore, Sent
from divan.collector.writer import Writer
from divan.sources.french import civil_day
from surveys.model import Study, Wave
from surveys.validation import validate

Along = Callable[[], AbstractAsyncContextManager[None]]

_ANY_ORIGIN = {"Access-Control-Allow-Origin": "*"}  # no cookie, no credential: any page may post, as any form may


@dataclass(frozen=True)
class CollectorSettings:
    """``studies`` by id; ``ignore_window`` takes answers outside the dates; ``today`` is the French civil day."""

    studies: dict[str, Study]
    store: AnswerStore
    key: Key
    ignore_window: bool = False
    proof_required: bool = False
    per_minute: int = 30
    today: Callable[[], date] = civil_day


class Collector:
    """The routes, with what they share."""

    def __init__(self, settings: CollectorSettings, along: Sequence[Along] = ()) -> None:
        self.settings = settings
        self._along = along
        self.writer = Writer(settings.store)
        self.rate = RateLimit(settings.per_minute, burst=settings.per_minute)

    async def receive(self, request: Request) -> Response:
        """POST /enquetes/STUDY/WAVE/: keep one answer."""
        response = respond(request, await self._receive(request))
        response.headers.update(_ANY_ORIGIN)
        return response

    async def _receive(self, request: Request) -> SenderPage:
        study = self.settings.studies.get(request.path_params["study"])
        wave = next((w for w in study.waves if w.id == request.path_params["wave"]), None) if study else None
        if study is None or wave is None:
            return refused(404, "Cette enquête n'existe pas ; son adresse a peut-être été mal copiée.")
        if closed := self._closed(wave):
            return refused(403, closed)
        if not self._may_write(request):
            return refused(429, "Trop d'envois en peu de temps ; réessayez dans une minute.", {"Retry-After": "60"})
        try:
            return await self._keep(study, wave, await read_form(request))
        except UnreadableError as unreadable:
            return refused(unreadable.status, unreadable.sentence)
        except StorageUnavailableError:
            return not_saved()

    async def _keep(self, study: Study, wave: Wave, fields: Fields) -> SenderPage:
        outcome = validate(wave.questionnaire, fields)
        if outcome.faults:
            return to_correct(outcome.faults)
        key = self.settings.key
        submission = key.submission(study.id, wave.id, (fields.get("submission") or [""])[0])
        receipt = key.receipt(submission)
        examined = examine(fields, key.secret, proof_required=self.settings.proof_required)
        await self.writer.keep(
            Sent(
                study=study.id,
                wave=wave.id,
                submission=submission,
                receipt=key.stored_receipt(receipt),
                day=self.settings.today().isoformat(),
                definition=wave.questionnaire.digest,
                answers=outcome.answers,
                doubts=examined.doubts,
                proof=examined.proof,
                proof_expires=examined.proof_expires,
            )
        )
        return thanks(receipt, wave.questionnaire.thanks)

    def _closed(self, wave: Wave) -> str:
        state = "open" if self.settings.ignore_window else wave.state(self.settings.today())
        return {
            "before": "Cette enquête n'est pas encore ouverte.",
            "closed": "Cette enquête est close ; merci d'avoir voulu y répondre.",
        }.get(state, "")

    def _may_write(self, request: Request) -> bool:
        address = address_of(request)
        return not address or self.rate.admits(address)

    async def challenge(self, _request: Request) -> Response:
        """GET /altcha: a proof of work to solve."""
        return JSONResponse(new_challenge(self.settings.key.secret), headers=HEADERS | _ANY_ORIGIN)

    async def health(self, _request: Request) -> Response:
        """GET /health: 200 when answers can be saved, 503 when they can't."""
        try:
            await asyncio.to_thread(self.settings.store.check, int(time.time()))
        except StorageUnavailableError:
            return JSONResponse({"status": "unavailable"}, 503, HEADERS)
        return JSONResponse({"status": "ok"}, headers=HEADERS)

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        """Start the writer with the server; on stop, finish what waits."""
        with suppress(StorageUnavailableError):  # a database that is busy at this moment is tidied the next time
            await asyncio.to_thread(self.settings.store.forget_proofs, int(time.time()))
        self.writer.start()
        async with AsyncExitStack() as running:
            for companion in self._along:
                await running.enter_async_context(companion())
            yield
        await self.writer.stop()
        self.settings.store.close()


def create_app(
    settings: CollectorSettings, beside: Sequence[BaseRoute] = (), along: Sequence[Along] = (), *, surveys: bool = True
) -> Starlette:
    """The ASGI application; ``beside`` are routes of the same server, ``along`` what runs while it does.

    Without ``surveys`` it takes no answer.
    """
    collector = Collector(settings, along)
    answers = [
        Route("/enquetes/{study}/{wave}/", collector.receive, methods=["POST"]),
        Route("/enquetes/{study}/{wave}", collector.receive, methods=["POST"]),
        Route("/altcha", collector.challenge, methods=["GET"]),
    ]
    health = Route("/health", collector.health, methods=["GET"])
    routes = [*beside, *(answers if surveys else ()), health]
    app = Starlette(routes=routes, lifespan=collector.lifespan, exception_handlers={HTTPException: _http_error})
    app.router.redirect_slashes = False
    return app


def load_studies(root: Path) -> dict[str, Study]:
    """Every study of ``root/surveys``, by id; ProblemsFound when one of them is faulty."""
    from surveys.study import load_study, study_folders

    return {folder.name: load_study(folder) for folder in study_folders(root)}


async def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    if status == 404 and request.method in ("GET", "HEAD"):
        return respond(request, NO_PAGE)
    headers = dict(getattr(error, "headers", None) or {})
    readable = request.url.path in ("/health", "/altcha")
    wrong_way = "ne fait que se lire (GET)" if readable else "ne reçoit que des réponses envoyées (POST)"
    sentences = {404: "Cette adresse n'existe pas.", 405: f"Cette adresse {wrong_way}."}
    return respond(request, refused(status, sentences.get(status, "Cette demande est illisible."), headers))
