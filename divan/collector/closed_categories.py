"""Which categories of a wave have all the answers that they take, as the collector counts them.

Sound answers count. Counts are kept from one answer to the next, and read again from the database where one is full,
at most every few seconds: an answer that was erased leaves its place to another.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from divan.collector.asked_waves import AskedWaves
from divan.collector.pages import HEADERS
from divan.collector.store import AnswerStore
from surveys.model import Study, Wave
from surveys.quotas import Quota, counted, quotas_of

_READ_AGAIN = 10.0  # seconds


@dataclass
class _Counts:
    found: Counter[Quota]
    read: float


@dataclass
class ClosedCategories:
    """What is full, by wave; ``take`` makes room for one answer, or tells which category has none left."""

    store: AnswerStore
    asked: AskedWaves
    _known: dict[tuple[str, str, tuple[Quota, ...]], _Counts] = field(default_factory=dict)
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def tell(self, request: Request) -> Response:
        """GET /enquetes/STUDY/WAVE/formulaire/complet: what takes no more answers, for the form's script."""
        study, wave = await self.asked.named(request.path_params)
        choices: dict[str, list[str]] = {}
        for quota in await self.full(study, wave) if study and wave else []:
            choices.setdefault(quota.item, []).append(quota.choice)
        whole = choices.pop("", None) is not None
        headers = {**HEADERS, "Access-Control-Allow-Origin": "*"}
        return JSONResponse({"whole": whole, "choices": choices}, headers=headers)

    async def full(self, study: Study, wave: Wave) -> list[Quota]:
        """The quotas of the wave that are reached."""
        quotas = quotas_of(wave.questionnaire)
        if not quotas:
            return []
        async with self._one_at_a_time:
            found = await self._counts(study, wave, quotas)
            return [quota for quota in quotas if found[quota] >= quota.most]

    async def take(self, study: Study, wave: Wave, submission: str, answers: Mapping[str, str]) -> Quota | None:
        """Count one more answer; the quota that has no room for it, None when it may be kept or already is."""
        quotas = [quota for quota in quotas_of(wave.questionnaire) if quota.takes(answers)]
        if not quotas or await asyncio.to_thread(self.store.has, submission):
            return None
        async with self._one_at_a_time:
            found = await self._counts(study, wave, quotas_of(wave.questionnaire))
            refusing = next((quota for quota in quotas if found[quota] >= quota.most), None)
            if refusing is None:
                found.update(quotas)
            return refusing

    def give_back(self, study: Study, wave: Wave) -> None:
        """An answer that was counted was not kept: count again next time."""
        self._known.pop(_key(study, wave), None)

    async def _counts(self, study: Study, wave: Wave, quotas: tuple[Quota, ...]) -> Counter[Quota]:
        known = self._known.get(_key(study, wave))
        reached = known and any(known.found[quota] >= quota.most for quota in quotas)
        if known is None or (reached and time.monotonic() - known.read > _READ_AGAIN):
            found = await asyncio.to_thread(self._read, study, wave, quotas)
            known = self._known[_key(study, wave)] = _Counts(found, time.monotonic())
        return known.found

    def _read(self, study: Study, wave: Wave, quotas: tuple[Quota, ...]) -> Counter[Quota]:
        return counted(quotas, (one.answers for one in self.store.kept(study.id, wave.id)))


def _key(study: Study, wave: Wave) -> tuple[str, str, tuple[Quota, ...]]:
    return study.id, wave.id, quotas_of(wave.questionnaire)
