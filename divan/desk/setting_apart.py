"""Answers that a person must look at: quarantined ones, and requests to enter."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from divan.collector.doubts import LABELS
from divan.collector.store import AnswerStore
from divan.desk.access import Gate, Texts
from divan.desk.pages import go, show
from divan.desk.sessions import SignedIn
from surveys.model import Study, StudyKind

_MOST = 200


@dataclass(frozen=True, slots=True)
class Apart:
    """One answer as moderators see it."""

    id: int
    day: str
    reasons: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WaveAnswers:
    """The answers of one wave to look at."""

    study: str
    wave: str
    title: str
    entry: bool
    answers: tuple[Apart, ...]


@dataclass(frozen=True)
class SettingApart:
    """The quarantine's page."""

    gate: Gate
    store: AnswerStore
    studies: Mapping[str, Study]

    def groups(self) -> list[WaveAnswers]:
        """What is to be looked at, by wave; waves without any are left out."""
        found = []
        for study in self.studies.values():
            for wave in study.waves:
                answers = tuple(self._answers(study, wave.id))
                if answers:
                    title = f"{study.title} : {wave.label}"
                    found.append(WaveAnswers(study.id, wave.id, title, study.kind == StudyKind.ENTRY, answers))
        return found

    def _answers(self, study: Study, wave: str) -> Iterator[Apart]:
        kept = [*self.store.kept(study.id, wave, quarantined=True)]
        if study.kind == StudyKind.ENTRY:  # each is for the moderators
            kept += self.store.kept(study.id, wave)
        kept.sort(key=lambda answer: answer.id)
        for answer in kept[:_MOST]:
            reasons = " ; ".join(LABELS.get(doubt, doubt) for doubt in answer.doubts)
            cells = tuple((name, value) for name, value in answer.answers.items() if value)
            yield Apart(answer.id, answer.day, reasons, cells)

    async def page(self, _request: Request, who: SignedIn) -> Response:
        """GET: what is to be looked at."""
        return show("quarantine.html", who, apart=await asyncio.to_thread(self.groups))

    async def decide(self, _request: Request, who: SignedIn, texts: Texts) -> Response:
        """POST: admit or erase one answer."""
        one = {name: (texts.get(name) or [""])[0] for name in ("study", "wave", "answer", "action")}
        number = one["answer"]
        if number.isascii() and number.isdigit() and len(number) < 12 and one["study"] in self.studies:
            act = {"admit": self.store.admit, "erase": self.store.forget}.get(one["action"])
            if act:
                await asyncio.to_thread(act, one["study"], one["wave"], [int(number)])
        return go("/desk/quarantaine")

    def routes(self) -> list[Route]:
        """Where all this is."""
        return [
            Route("/desk/quarantaine", self.gate.reading(self.page), methods=["GET"]),
            Route("/desk/quarantaine", self.gate.writing(self.decide), methods=["POST"]),
        ]
