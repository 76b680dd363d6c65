"""The addresses of the queue: what waits, one proposal, its images, the page as it will be, and the decision."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from divan.desk.access import Gate, Texts
from divan.desk.deciding import REASONS, ChangedSinceRead, Deciding
from divan.desk.git import GitTrouble
from divan.desk.pages import go, say, show
from divan.desk.publications import Publications
from divan.desk.sessions import SignedIn
from divan.desk.showing import Glimpse, Line, difference, glimpse, shown_fields
from divan.forum.group import Group
from divan.forum.proposal import FaultsFound
from divan.proposals.model import OPEN, KeptProposal
from divan.sources.problem import ProblemsFound


@dataclass(frozen=True)
class Reviewing:
    """The moderators' pages."""

    gate: Gate
    deciding: Deciding
    publications: Publications
    group: Callable[[], Group]
    glimpses: dict[tuple[int, int], Glimpse] = field(default_factory=dict)

    async def queue(self, request: Request, who: SignedIn) -> Response:
        """GET /desk/: what waits, urgent first, oldest first."""
        queue, today = self.deciding.queue, self.deciding.today()
        waiting = await asyncio.to_thread(queue.waiting)
        glimpses = await asyncio.to_thread(self._glimpses, waiting)
        troubles = await asyncio.to_thread(self.publications.troubles)
        times = await asyncio.to_thread(queue.times, today)
        done = _DONE.get(request.query_params.get("fait", ""), "")
        return show(
            "queue.html", who, waiting=waiting, glimpses=glimpses, troubles=troubles, times=times, today=today,
            done=done,
        )  # fmt: skip

    def _glimpses(self, waiting: Sequence[KeptProposal]) -> dict[int, Glimpse]:
        """Those of what waits now; the check reads a version once, however often the queue is opened."""
        group, seen = self.group(), dict(self.glimpses)
        now = {(one.id, one.version): seen.get((one.id, one.version)) or glimpse(one, group) for one in waiting}
        self.glimpses.clear()
        self.glimpses.update(now)
        return {number: shown for (number, _), shown in now.items()}

    async def proposal(self, request: Request, who: SignedIn) -> Response:
        """GET: one proposal, whole; its author reads from now on that it is being read."""
        found = await self._find(request)
        if found is None:
            return say("Cette proposition n'existe pas", "Elle a peut-être été retirée par son auteur.", 404, who)
        await asyncio.to_thread(self.deciding.queue.begin, found, self.deciding.today().isoformat())
        return await self._show(found, who)

    async def _show(self, found: KeptProposal, who: SignedIn, sentence: str = "", status: int = 200) -> Response:
        pictures = await asyncio.to_thread(self.deciding.queue.store.pictures, found.id)
        changes, problems = await asyncio.to_thread(self._changes, found)
        troubles = await asyncio.to_thread(self.publications.troubles)
        return show(
            "proposal.html", who, status, proposal=found, fields=shown_fields(found, self.group()), pictures=pictures,
            changes=changes, problems=problems, has_page=any(path.endswith(".md") for path in changes),
            reasons=REASONS, sentence=sentence, trouble=troubles.get(found.id), today=self.deciding.today(),
            open=found.state in OPEN and not found.publishing,
        )  # fmt: skip

    def _changes(self, found: KeptProposal) -> tuple[dict[str, list[Line]], list[str]]:
        if found.kind == "report" or found.state not in OPEN:
            return {}, []
        try:
            files = self.deciding.preview_files(found)
            return difference(self.deciding.repository.folder, files), []
        except ProblemsFound as problems:
            return {}, [f"{one.message} ; {one.remedy}" if one.remedy else one.message for one in problems.problems]
        except FaultsFound as faults:
            return {}, [fault.message for fault in faults.faults]
        except GitTrouble as trouble:
            return {}, [str(trouble)]

    async def decide(self, request: Request, who: SignedIn, texts: Texts) -> Response:
        """POST: one of the four buttons."""
        found = await self._find(request)
        if found is None:
            return say("Cette proposition n'existe pas", "Elle a peut-être été retirée par son auteur.", 404, who)
        if (texts.get("version") or [""])[0] != str(found.version):
            return await self._show(found, who, "Elle a changé depuis que vous l'avez ouverte : relisez-la.", 409)
        action = (texts.get("action") or [""])[0]
        try:
            done = await asyncio.to_thread(self._decide, found, who, action, _words(texts))
        except ChangedSinceRead as changed:
            return await self._show(found, who, str(changed), 409)
        except (ProblemsFound, FaultsFound, GitTrouble):
            return await self._show(found, who, "Elle ne peut pas être publiée telle quelle ; voyez ci-dessous.", 409)
        if not done:
            return await self._show(found, who, "Dites pourquoi, ou choisissez un motif.", 422)
        return go(f"/desk/?fait={action}")

    def _decide(self, found: KeptProposal, who: SignedIn, action: str, words: str) -> str:
        deciding = self.deciding
        if action == "publish":
            return deciding.publish(found, who.moderator)
        if action == "second":
            return deciding.ask_second(found, who.moderator)
        if action in ("return", "refuse") and words:
            return deciding.give_back(found, words) if action == "return" else deciding.refuse(found, words)
        return ""

    async def take_down_page(self, _request: Request, who: SignedIn) -> Response:
        """GET: withdraw a published post."""
        return show("take_down.html", who, sentence="", target="")

    async def take_down(self, _request: Request, who: SignedIn, texts: Texts) -> Response:
        """POST: withdraw it."""
        typed = (texts.get("target") or [""])[0].strip()
        target = typed.rstrip("/").rpartition("/")[2] if "#" not in typed else _post_of(typed)
        try:
            await asyncio.to_thread(self.deciding.take_down, target, who.moderator)
        except (ProblemsFound, FaultsFound):
            return show("take_down.html", who, 422, sentence="Aucun message n'a cette adresse.", target=typed)
        except (GitTrouble, ChangedSinceRead) as trouble:
            return show("take_down.html", who, 503, sentence=f"Pas encore retiré : {trouble}.", target=typed)
        return go("/desk/?fait=publish")

    async def decisions(self, _request: Request, who: SignedIn) -> Response:
        """GET: what was decided, without names."""
        rows = await asyncio.to_thread(self.deciding.queue.decisions)
        times = await asyncio.to_thread(self.deciding.queue.times, self.deciding.today())
        return show("decisions.html", who, rows=rows, times=times)

    async def _find(self, request: Request) -> KeptProposal | None:
        return await asyncio.to_thread(self.deciding.queue.store.by_uid, request.path_params["uid"])

    def routes(self) -> list[Route]:
        """Where all this is."""
        reading, writing = self.gate.reading, self.gate.writing
        return [
            Route("/desk/", reading(self.queue), methods=["GET"]),
            Route("/desk/propositions/{uid}", reading(self.proposal), methods=["GET"]),
            Route("/desk/propositions/{uid}", writing(self.decide), methods=["POST"]),
            Route("/desk/retirer", reading(self.take_down_page), methods=["GET"]),
            Route("/desk/retirer", writing(self.take_down), methods=["POST"]),
            Route("/desk/decisions", reading(self.decisions), methods=["GET"]),
        ]


_DONE = {
    "publish": "Acceptée ; elle paraît dans un instant.",
    "return": "Demandée ; son auteur lira vos mots avec son reçu.",
    "refuse": "Refusée ; son auteur lira pourquoi.",
    "second": "Deux accords seront nécessaires pour publier.",
}


def _words(texts: Texts) -> str:
    free = (texts.get("words") or [""])[0].strip()[:4000]
    chosen = REASONS.get((texts.get("reason") or [""])[0], "")
    return "\n".join(filter(None, (chosen, free)))


def _post_of(address: str) -> str:
    page, _, anchor = address.partition("#")
    return f"{page.rstrip('/').rpartition('/')[2]}#{anchor}"
