"""« Qu'auriez-vous fait ? »: what is chosen under a case is counted, and told to whoever has chosen.

Only a count leaves; the database keeps which choice, the day, and a keyed hash by which a second sending counts once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from divan.collector.answer_rows import Sent
from divan.collector.database import StorageUnavailableError
from divan.collector.identity import Key
from divan.collector.pages import HEADERS
from divan.collector.posted_fields import UnreadableError, read_form
from divan.collector.store import AnswerStore
from divan.collector.writer import Writer
from divan.forum.asked import FEWEST, asked, seal_of_choices

CHOICES = "#avis"  # in the place of a study: no study is called so
_ANY_ORIGIN = {"Access-Control-Allow-Origin": "*"}


@dataclass(frozen=True)
class CaseChoices:
    """Counts the choices under the cases of the forum at ``root``."""

    root: Path
    store: AnswerStore
    writer: Writer
    key: Key
    today: Callable[[], date]
    may_write: Callable[[Request], bool]

    async def choose(self, request: Request) -> Response:
        """POST /avis/CASE: keep one choice, tell how many chose each."""
        thread = request.path_params["thread"]
        offered = await asyncio.to_thread(asked, self.root, thread)
        if not offered:
            return _told({"message": "Ce cas ne propose pas de choix."}, 404)
        if not self.may_write(request):
            return _told({"message": "Trop d'envois en peu de temps ; réessayez dans une minute."}, 429)
        try:
            fields = await read_form(request)
            chosen = (fields.get("choice") or [""])[0]
            if chosen not in map(str, range(len(offered))):
                return _told({"message": "Ce choix n'est pas de ceux que le cas propose."}, 422)
            await self.writer.keep(self._sent(thread, offered, chosen, (fields.get("submission") or [""])[0]))
        except UnreadableError as unreadable:
            return _told({"message": unreadable.sentence}, unreadable.status)
        except StorageUnavailableError:
            return _told({"message": "Le choix n'a pas pu être compté ; réessayez dans quelques minutes."}, 503)
        return await self._counted(thread, offered)

    async def count(self, request: Request) -> Response:
        """GET /avis/CASE: how many chose each, for a device that has chosen already."""
        thread = request.path_params["thread"]
        offered = await asyncio.to_thread(asked, self.root, thread)
        return await self._counted(thread, offered) if offered else _told({"message": "Rien à compter ici."}, 404)

    async def _counted(self, thread: str, offered: tuple[str, ...]) -> Response:
        try:
            return _told({"counts": await asyncio.to_thread(counts, self.store, thread, offered)})
        except StorageUnavailableError:
            return _told({"message": "Le compte ne se lit pas en ce moment."}, 503)

    def _sent(self, thread: str, offered: tuple[str, ...], chosen: str, sent: str) -> Sent:
        submission = self.key.submission(CHOICES, thread, sent)
        return Sent(
            study=CHOICES, wave=thread, submission=submission, day=self.today().isoformat(),
            receipt=self.key.stored_receipt(self.key.receipt(submission)), definition=seal_of_choices(offered),
            answers={"choice": chosen},
        )  # fmt: skip

    def routes(self) -> list[Route]:
        """Its address."""
        return [
            Route("/avis/{thread}", self.choose, methods=["POST"]),
            Route("/avis/{thread}", self.count, methods=["GET"]),
        ]


def counts(store: AnswerStore, thread: str, offered: tuple[str, ...]) -> list[int] | None:
    """How many chose each of the choices ``offered``, in order; None while they are fewer than ``FEWEST``."""
    found = store.tally(CHOICES, thread, seal_of_choices(offered), "choice")
    numbers = [found.get(str(place), 0) for place in range(len(offered))]
    return numbers if sum(numbers) >= FEWEST else None


def _told(content: dict[str, object], status: int = 200) -> Response:
    return JSONResponse(content, status, HEADERS | _ANY_ORIGIN)
