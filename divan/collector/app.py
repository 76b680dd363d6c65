"""The collector: a form comes in, is checked against its questionnaire, committed, and only then thanked for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from divan.collector import pages
from divan.collector.answer_admission import AnswerGate, one
from divan.collector.answer_keeping import AnswerKeeping
from divan.collector.asked_waves import AskedWaves
from divan.collector.case_choices import CaseChoices
from divan.collector.closed_categories import ClosedCategories
from divan.collector.database import StorageUnavailableError
from divan.collector.doubts import new_challenge
from divan.collector.health import Health
from divan.collector.identity import Key
from divan.collector.pages import HEADERS, SenderPage, http_error, refused, respond, wants_json
from divan.collector.posted_fields import Fields, UnreadableError, read_form
from divan.collector.rate import TOGETHER, RateLimit
from divan.collector.sender import address_of
from divan.collector.served_forms import ServedForms, language_of, new_number, told_in
from divan.collector.shown_versions import StudiesOnDisk
from divan.collector.signed_tokens import SignedTokens
from divan.collector.store import AnswerStore
from divan.collector.writer import Writer
from divan.sources.french import civil_day
from surveys.model import Study, Wave
from surveys.validation import INVITATION, TOKEN

Along = Callable[[], AbstractAsyncContextManager[None]]
Take = Callable[[Request, Study, Wave, Fields], Awaitable[Response]]

_ANY_ORIGIN = {"Access-Control-Allow-Origin": "*"}  # no cookie, no credential: any page may post, as any form may


@dataclass(frozen=True)
class CollectorSettings:
    """``studies`` by id; ``root`` holds the cases whose choices are counted, None to count none.

    ``signing_keys`` is the folder of those that sign tokens.

    ``ignore_window`` takes answers outside the dates; ``today`` is the French civil day. ``on_disk`` follows the files
    of the studies, and knows the versions that forms have shown. ``patience``: seconds before a sender is told that the
    database has not said whether it saved.
    """

    studies: dict[str, Study]
    store: AnswerStore
    key: Key
    root: Path | None = None
    signing_keys: Path | None = None
    on_disk: StudiesOnDisk | None = None
    ignore_window: bool = False
    proof_required: bool = False
    per_minute: int = 30
    patience: float = 15
    today: Callable[[], date] = civil_day


class Collector:
    """The routes, with what they share."""

    def __init__(self, settings: CollectorSettings, along: Sequence[Along] = ()) -> None:
        self.settings = settings
        self._along = along
        self.writer = Writer(settings.store, settings.patience)
        self.health = Health(settings.store, self.writer, settings.root, settings.patience)
        self.rate = RateLimit(settings.per_minute, burst=TOGETHER * settings.per_minute)
        self.forms = ServedForms(settings.store, settings.key)
        self.asked = AskedWaves(settings.studies, settings.on_disk, None if settings.ignore_window else settings.today)
        self.categories = ClosedCategories(settings.store, self.asked)
        gate = AnswerGate(settings.key, settings.signing_keys)
        self.keeping = AnswerKeeping(self.writer, gate, self.categories, settings.today, settings.proof_required)
        self.tokens = SignedTokens(settings.store, gate)

    async def receive(self, request: Request) -> Response:
        """POST /enquetes/STUDY/WAVE/: keep one answer."""
        return await self._receive(request, self._answer)

    async def sign(self, request: Request) -> Response:
        """POST /enquetes/STUDY/WAVE/jeton: spend a code, sign the token that a device has blinded."""
        return await self._receive(request, self._sign)

    async def show(self, request: Request) -> Response:
        """GET /enquetes/STUDY/WAVE/formulaire: the form for whoever has no script."""
        study, wave = await self.asked.named(request.path_params)
        if study is None or wave is None:
            return respond(request, pages.NO_PAGE)
        full = await self.categories.full(study, wave)
        return await self.forms.show(request, study, wave, self.asked.closed(wave), full)

    async def _receive(self, request: Request, take: Take) -> Response:
        study, wave = await self.asked.named(request.path_params)
        if study is None or wave is None:
            refusal = refused(404, "Cette enquête n'existe pas ; son adresse a peut-être été mal copiée.")
        elif closed := self.asked.closed(wave):
            refusal = refused(403, closed)
        elif not wave.by_token and not self._may_write(request):
            refusal = pages.too_many()
        else:
            try:
                response = await take(request, study, wave, await read_form(request))
            except UnreadableError as unreadable:
                refusal = refused(unreadable.status, unreadable.sentence)
            else:
                response.headers.update(_ANY_ORIGIN)
                return response
        response = respond(request, replace(refusal, language=language_of(request)))
        response.headers.update(_ANY_ORIGIN)
        return response

    async def _answer(self, request: Request, study: Study, wave: Wave, fields: Fields) -> Response:
        """What is told of a form: its receipt, or the form again, as it was filled."""
        number = one(fields, "submission") or new_number()
        asked = await self.asked.version(study, wave, one(fields, "digest"))
        language = language_of(request)
        told = told_in(study, wave, language)[1]
        page = self._too_many_guesses(request, wave, fields)
        page = page or await self.keeping.keep(study, told, asked, fields | {"submission": [number]})
        self._count_guess(request, page, fields)
        page = replace(page, language=language, number=number)
        if wants_json(request):
            return respond(request, page)
        if page.receipt:
            return self.forms.sent(request, page)
        return self.forms.form(request, study, replace(wave, questionnaire=asked or wave.questionnaire), page, fields)

    async def _sign(self, request: Request, study: Study, wave: Wave, fields: Fields) -> Response:
        if not wave.by_token:
            return respond(request, refused(404, "Cette enquête ne demande pas de code."))
        signed = self._too_many_guesses(request, wave, fields) or await self.tokens.sign(study.id, wave, fields)
        if isinstance(signed, Response):
            return signed
        self._count_guess(request, signed, fields)
        return respond(request, replace(signed, language=language_of(request)))

    def _too_many_guesses(self, request: Request, wave: Wave, fields: Fields) -> SenderPage | None:
        """An address that has tried many codes waits; a signed token can't be guessed, and never does."""
        typed = wave.by_token and not one(fields, TOKEN)
        return pages.too_many() if typed and not self._may_write(request, counted=False) else None

    def _count_guess(self, request: Request, page: SenderPage, fields: Fields) -> None:
        if one(fields, INVITATION) and any(fault.item == INVITATION for fault in page.faults):
            self._may_write(request)

    def _may_write(self, request: Request, *, counted: bool = True) -> bool:
        address = address_of(request)
        return not address or self.rate.admits(address, counted=counted)

    def choices(self) -> list[Route]:
        """Where the choices under cases are counted."""
        known = self.settings
        if known.root is None:
            return []
        return CaseChoices(known.root, known.store, self.writer, known.key, known.today, self._may_write).routes()

    async def challenge(self, _request: Request) -> Response:
        """GET /altcha: a proof of work to solve."""
        return JSONResponse(new_challenge(self.settings.key.secret), headers=HEADERS | _ANY_ORIGIN)

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
        Route("/enquetes/{study}/{wave}/jeton", collector.sign, methods=["POST"]),
        Route("/enquetes/{study}/{wave}/formulaire", collector.show, methods=["GET"]),
        Route("/enquetes/{study}/{wave}/formulaire/complet", collector.categories.tell, methods=["GET"]),
        Route("/enquetes/{study}/{wave}/formulaire/{number}", collector.show, methods=["GET"]),
        Route("/altcha", collector.challenge, methods=["GET"]),
    ]
    health = Route("/health", collector.health.tell, methods=["GET"])
    routes = [*beside, *((*answers, *collector.choices()) if surveys else ()), health]
    app = Starlette(routes=routes, lifespan=collector.lifespan, exception_handlers={HTTPException: http_error})
    app.router.redirect_slashes = False
    return app
