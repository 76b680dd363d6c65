"""What waits for a moderator, and what they decide. A decision is one transaction, and holds for the version read."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

import sqlalchemy as sql

from divan.collector.database import failures
from divan.proposals.model import OPEN, KeptProposal, ProposalState
from divan.proposals.store import SELECTED, ProposalStore, kept
from divan.proposals.tables import AGREEMENTS, DECISIONS, PROPOSALS, PUBLICATIONS

CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class PendingPublication:
    """A decision to publish, until the remote has acknowledged it. ``decided`` and ``next_try``: seconds since 1970."""

    proposal: int
    base: str
    files: Mapping[str, bytes | None]
    author: str
    message: str
    decided: int
    attempts: int = 0
    next_try: int = 0
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class ReviewTimes:
    """How long proposals wait: days, medians; ``waiting`` is how many there are now."""

    waiting: int
    median_age: float | None
    decided: int
    median_review: float | None


class Queue:
    """Proposals as moderators see them."""

    def __init__(self, store: ProposalStore) -> None:
        self.store = store

    def waiting(self) -> list[KeptProposal]:
        """What waits: urgent first, then the oldest."""
        order = PROPOSALS.c.urgent.desc(), PROPOSALS.c.id
        query = SELECTED.where(PROPOSALS.c.state.in_(OPEN)).order_by(*order).limit(500)
        with failures(), self.store.engine.connect() as connection:
            return [kept(row) for row in connection.execute(query)]

    def begin(self, proposal: KeptProposal, day: str) -> None:
        """Its author will read that it is being read, since when."""
        same = (PROPOSALS.c.id == proposal.id) & (PROPOSALS.c.state == ProposalState.RECEIVED)
        with failures(), self.store.engine.begin() as connection:
            connection.execute(sql.update(PROPOSALS).where(same).values(state=ProposalState.READING, since=day))

    def settle(self, proposal: KeptProposal, state: ProposalState, words: str, today: date) -> bool:
        """Return or refuse; False when it changed since it was read."""
        with failures(), self.store.engine.begin() as connection:
            if not self._move(connection, proposal, state=state, words=words, since=today.isoformat()):
                return False
            _log(connection, proposal, state, today)
        return True

    def ask_second(self, proposal: KeptProposal, moderator: int) -> bool:
        """Two moderators must agree from now on; who asks has not agreed yet."""
        with failures(), self.store.engine.begin() as connection:
            return self._move(connection, proposal, second=True, bump=False)

    def agree(self, proposal: KeptProposal, moderator: int) -> bool:
        """Note an agreement to this version; whether there are enough of them to publish."""
        with failures(), self.store.engine.begin() as connection:
            row = {"proposal": proposal.id, "moderator": moderator, "version": proposal.version}
            key = [AGREEMENTS.c.proposal, AGREEMENTS.c.moderator]
            noted = self.store.insert(AGREEMENTS).values(**row)
            connection.execute(noted.on_conflict_do_update(index_elements=key, set_={"version": proposal.version}))
            same = (AGREEMENTS.c.proposal == proposal.id) & (AGREEMENTS.c.version == proposal.version)
            count = connection.execute(sql.select(sql.func.count()).select_from(AGREEMENTS).where(same)).scalar_one()
            second = connection.execute(sql.select(PROPOSALS.c.second).where(PROPOSALS.c.id == proposal.id)).scalar()
        return int(count) >= (2 if second else 1)

    def accept(self, proposal: KeptProposal, publication: PendingPublication, today: date) -> bool:
        """Decide to publish; False when it changed since it was read, or was already accepted."""
        row = {
            "proposal": proposal.id, "base": publication.base, "files": _written(publication.files),
            "author": publication.author, "message": publication.message, "decided": publication.decided,
        }  # fmt: skip
        with failures(), self.store.engine.begin() as connection:
            if not self._move(connection, proposal, state=ProposalState.READING, words="", doubts=""):
                return False
            added = (
                self.store.insert(PUBLICATIONS)
                .values(**row)
                .on_conflict_do_nothing()
                .returning(PUBLICATIONS.c.proposal)
            )
            if connection.execute(added).first() is None:
                return False
            _log(connection, proposal, ProposalState.PUBLISHED, today)
        return True

    def _move(
        self, connection: sql.Connection, proposal: KeptProposal, *, bump: bool = True, **changed: object
    ) -> bool:
        same = (PROPOSALS.c.id == proposal.id) & (PROPOSALS.c.version == proposal.version)
        waiting = ~sql.exists().where(PUBLICATIONS.c.proposal == proposal.id)
        if bump:
            changed["version"] = proposal.version + 1
        update = sql.update(PROPOSALS).where(same & PROPOSALS.c.state.in_(OPEN) & waiting).values(**changed)
        return connection.execute(update).rowcount == 1

    def times(self, today: date) -> ReviewTimes:
        """Medians of what waits and of the last hundred decisions."""
        last = sql.select(DECISIONS.c.days).order_by(DECISIONS.c.id.desc()).limit(100)
        with failures(), self.store.engine.connect() as connection:
            days = [int(row.days) for row in connection.execute(last)]
        ages = [(today - date.fromisoformat(one.arrived)).days for one in self.waiting()]
        return ReviewTimes(len(ages), median(ages) if ages else None, len(days), median(days) if days else None)

    def decisions(self) -> Sequence[Any]:
        """The last hundred decisions: day, kind, what was decided, days waited. No name, no text."""
        columns = DECISIONS.c.day, DECISIONS.c.kind, DECISIONS.c.action, DECISIONS.c.days
        with failures(), self.store.engine.connect() as connection:
            return connection.execute(sql.select(*columns).order_by(DECISIONS.c.id.desc()).limit(100)).all()


def _log(connection: sql.Connection, proposal: KeptProposal, action: ProposalState, today: date) -> None:
    days = max((today - date.fromisoformat(proposal.arrived)).days, 0)
    row = {"day": today.isoformat(), "kind": proposal.kind, "action": action, "days": days}
    connection.execute(sql.insert(DECISIONS).values(**row))


def _written(files: Mapping[str, bytes | None]) -> str:
    return json.dumps({path: _ascii(content) for path, content in files.items()})


def _ascii(content: bytes | None) -> str | None:
    return None if content is None else base64.b64encode(content).decode("ascii")


def read_files(written: str) -> dict[str, bytes | None]:
    """The files of a publication, as kept."""
    return {path: None if text is None else base64.b64decode(text) for path, text in json.loads(written).items()}
