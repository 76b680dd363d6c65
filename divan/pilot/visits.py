"""What the pages of a form on trial tell of themselves: how long each was in view, and where somebody stopped."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median

from starlette.requests import Request
from starlette.responses import Response

MOST_VISITS, LONGEST = 10_000, 20_000


@dataclass(frozen=True, slots=True)
class Visit:
    """One showing of a form: ``seconds`` in view by page, the ``last`` page that was, and whether it was sent."""

    study: str
    wave: str
    seconds: Mapping[str, float]
    last: str
    sent: bool

    @property
    def length(self) -> float:
        """All its seconds, which only grow."""
        return sum(self.seconds.values())


@dataclass
class Visits:
    """The latest that each showing told, in memory only."""

    _told: dict[str, Visit] = field(default_factory=dict)

    async def hear(self, request: Request) -> Response:
        """POST /essai/visite: what a page tells."""
        self.heard(await request.body())
        return Response(status_code=204)

    def heard(self, body: bytes) -> None:
        """Keep what a page tells, drop what none of ours would."""
        read = _read(body) if len(body) <= LONGEST else None
        if read is None or (read[0] not in self._told and len(self._told) >= MOST_VISITS):
            return
        before = self._told.get(read[0])
        if before is None or not (before.sent or before.length > read[1].length):  # they may come out of order
            self._told[read[0]] = read[1]

    def of(self, study: str, wave: str) -> list[Visit]:
        """The showings of one wave's form."""
        return [one for one in self._told.values() if (one.study, one.wave) == (study, wave)]


def page_times(visits: list[Visit], pages: int) -> Iterator[tuple[float | None, int, int]]:
    """By page: the median of its seconds among who saw it (None when nobody did), how many did, how many stopped."""
    for number in range(1, pages + 1):
        name = f"p{number}"
        seen = [visit.seconds[name] for visit in visits if name in visit.seconds]
        stopped = sum(visit.last == name and not visit.sent for visit in visits)
        yield (median(seen) if seen else None), len(seen), stopped


def _read(body: bytes) -> tuple[str, Visit] | None:
    """The number of the showing and what it tells; None when it is not what our page sends."""
    try:
        told = json.loads(body)
        seconds = {str(name): float(length) for name, length in told["seconds"].items() if 0 <= length < 1e6}
        words = [told[name] for name in ("visit", "study", "wave", "last")]
        if not all(isinstance(word, str) and len(word) < 200 for word in words):
            return None
        return words[0], Visit(words[1], words[2], seconds, words[3], told["sent"] is True)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
