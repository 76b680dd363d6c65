"""The form as the collector shows it: to whoever has no script, and to whoever has something to correct.

Each showing has a number of its own in its address, under which its answer counts once: going back to that address,
or loading it again, tells that the answer is there.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from divan.collector import pages
from divan.collector.database import StorageUnavailableError
from divan.collector.filled_form import filled
from divan.collector.identity import Key
from divan.collector.pages import FOLDER, STYLE, SenderPage, headers_for, home_of, in_its_language, respond
from divan.collector.store import AnswerStore
from divan.sources.problem import ProblemsFound
from surveys.form import render_form, render_notice
from surveys.model import Sending, Study, Wave
from surveys.quotas import Quota
from surveys.translation import languages, translated
from surveys.validation import AnswerFault

_TEMPLATE = Environment(loader=FileSystemLoader(FOLDER), autoescape=True).get_template("form_page.html")
_STYLE = STYLE + (FOLDER / "form.css").read_text(encoding="utf-8")
_HEADERS = headers_for(_STYLE)
_NUMBER = re.compile(r"[0-9A-Za-z_-]{8,64}")
#: « Back » would otherwise bring the filled form back as it was, from the browser's memory.
_NO_FILLED_FORM = {"Clear-Site-Data": '"cache"'}
_HERE = Sending("collector", "")


def new_number() -> str:
    """What an answer is sent as, once."""
    return secrets.token_hex(16)


def told_in(study: Study, wave: Wave, language: str) -> tuple[Study, Wave]:
    """The study and its wave in the language that the form was in; in their own when they have no such words."""
    if language == wave.questionnaire.language:
        return study, wave
    try:
        return translated(study, wave, language) if language in languages(study, wave) else (study, wave)
    except ProblemsFound:
        return study, wave


def language_of(request: Request) -> str:
    """The language that the form's address names; the page's own words are French otherwise."""
    return request.query_params.get("lang", "")[:2] or "fr"


@dataclass(frozen=True)
class ServedForms:
    """Forms with a number, and what their address says once they are sent."""

    store: AnswerStore
    key: Key

    async def show(self, request: Request, study: Study, wave: Wave, closed: str, full: Sequence[Quota]) -> Response:
        """GET …/formulaire/NUMBER: the form, or what has become of it."""
        number, language = request.path_params.get("number", ""), language_of(request)
        search = f"?lang={language}" if language != "fr" else ""
        if not number:
            return _elsewhere(f"formulaire/{new_number()}{search}")
        if receipt := await self._receipt(study, wave, number):
            told = told_in(study, wave, language)[1].questionnaire
            page = (
                pages.thanks(receipt, told.thanks) if "merci" in request.query_params else pages.already_sent(receipt)
            )
            page = replace(page, language=language, again=f"../formulaire{search}", headers=_NO_FILLED_FORM)
            return respond(request, page)
        if closed or not _NUMBER.fullmatch(number):
            return respond(
                request, replace(pages.not_open(closed or "Son adresse a été mal copiée."), language=language)
            )
        if any(not quota.item for quota in full):
            return respond(request, replace(pages.category_full(full[0]), language=language))
        notes = tuple(AnswerFault(quota.item, quota.label, pages.choice_closed(quota)) for quota in full)
        page = SenderPage(200, wave.label, (), faults=notes, language=language, number=number)
        return self.form(request, study, wave, page, {})

    async def _receipt(self, study: Study, wave: Wave, number: str) -> str:
        submission = self.key.submission(study.id, wave.id, number)
        try:
            known = await asyncio.to_thread(self.store.has, submission)
        except StorageUnavailableError:
            return ""  # the form is shown; sent again, it counts once
        return self.key.receipt(submission) if known else ""

    def form(
        self, request: Request, study: Study, wave: Wave, page: SenderPage, fields: Mapping[str, Sequence[str]]
    ) -> Response:
        """The form with what was filled, what is wrong beside it, and what ``page`` says above."""
        study, wave = told_in(study, wave, page.language)
        base = "../" if "/formulaire/" in request.url.path else _base(request)
        html = render_form(study, wave, sending=_HERE, thanks_url=f"{base}merci/", served=True)
        page = in_its_language(replace(page, title=page.title if page.status != 200 else _title(study, wave)))
        shown = _TEMPLATE.render(
            page=page, style=_STYLE, home=home_of(request), language=wave.questionnaire.language,
            notice="" if page.status != 200 else render_notice(study, wave.questionnaire.language),
            form=filled(html, {**fields, "submission": [page.number]}, page.faults),
        )  # fmt: skip
        return HTMLResponse(shown, page.status, _HEADERS | page.headers)

    def sent(self, request: Request, page: SenderPage) -> Response:
        """After a form without script: the address where its receipt is read, which loads again without sending."""
        if not _NUMBER.fullmatch(page.number):
            return respond(request, page)
        search = f"&lang={page.language}" if page.language != "fr" else ""
        return _elsewhere(f"{_base(request)}formulaire/{page.number}?merci=1{search}")


def _title(study: Study, wave: Wave) -> str:
    return f"{study.title} : {wave.questionnaire.title}"


def _base(request: Request) -> str:
    """The wave's own address, as seen from the one that was asked for."""
    path = request.url.path
    return "./" if path.endswith("/") else f"{path.rpartition('/')[2]}/"


def _elsewhere(address: str) -> Response:
    return RedirectResponse(address, 303, {"Cache-Control": "no-store", "Referrer-Policy": "origin"})
