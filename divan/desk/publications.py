"""Decisions to publish that the remote has not acknowledged yet: kept, tried again, told."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sql

from divan.collector.database import failures
from divan.desk.queue import CONFLICT, PendingPublication, read_files
from divan.proposals.model import KeptProposal, ProposalState
from divan.proposals.store import SELECTED, ProposalStore, kept
from divan.proposals.tables import AGREEMENTS, PROPOSALS, PUBLICATIONS

_LONGEST_PAUSE = 300


class Publications:
    """What waits for the remote."""

    def __init__(self, store: ProposalStore) -> None:
        self._engine = store.engine

    def due(self, now: int) -> list[tuple[KeptProposal, PendingPublication]]:
        """What may be tried now, oldest decisions first."""
        with failures(), self._engine.connect() as connection:
            rows = connection.execute(
                sql.select(PUBLICATIONS).where(PUBLICATIONS.c.next_try <= now).order_by(PUBLICATIONS.c.proposal)
            ).all()
            proposals = {row.proposal: self._proposal(connection, row.proposal) for row in rows}
        return [(proposals[row.proposal], _publication(row)) for row in rows]

    def next_try(self) -> int | None:
        """When something is to be tried again (seconds since 1970); None when nothing waits."""
        with failures(), self._engine.connect() as connection:
            return connection.execute(sql.select(sql.func.min(PUBLICATIONS.c.next_try))).scalar()

    def troubles(self) -> dict[int, str]:
        """What keeps each proposal from the site, in French, by its number; '' while nothing does."""
        with failures(), self._engine.connect() as connection:
            rows = connection.execute(sql.select(PUBLICATIONS.c.proposal, PUBLICATIONS.c.trouble))
            return {row.proposal: row.trouble for row in rows}

    def postpone(self, publication: PendingPublication, trouble: str, now: int) -> None:
        """Try again later, each time a little more; ``trouble`` is shown meanwhile."""
        pause = min(2**publication.attempts * 2, _LONGEST_PAUSE)
        later = {"attempts": publication.attempts + 1, "next_try": now + pause, "trouble": trouble}
        with failures(), self._engine.begin() as connection:
            connection.execute(sql.update(PUBLICATIONS).where(_of(publication)).values(**later))

    def acknowledge(self, publication: PendingPublication, link: str, today: date) -> None:
        """The remote holds it: its author reads « published », with the address."""
        done = {"state": ProposalState.PUBLISHED, "since": today.isoformat(), "link": link}
        with failures(), self._engine.begin() as connection:
            if connection.execute(sql.delete(PUBLICATIONS).where(_of(publication))).rowcount == 1:
                same = PROPOSALS.c.id == publication.proposal
                connection.execute(sql.update(PROPOSALS).where(same).values(**done))

    def give_back(self, publication: PendingPublication) -> None:
        """What it changes has changed meanwhile: back to the moderators, who read it again."""
        marked = {"doubts": CONFLICT, "version": PROPOSALS.c.version + 1}
        with failures(), self._engine.begin() as connection:
            connection.execute(sql.delete(PUBLICATIONS).where(_of(publication)))
            connection.execute(sql.delete(AGREEMENTS).where(AGREEMENTS.c.proposal == publication.proposal))
            connection.execute(sql.update(PROPOSALS).where(PROPOSALS.c.id == publication.proposal).values(**marked))

    def _proposal(self, connection: sql.Connection, number: int) -> KeptProposal:
        return kept(connection.execute(SELECTED.where(PROPOSALS.c.id == number)).one())


def _of(publication: PendingPublication) -> sql.ColumnElement[bool]:
    return PUBLICATIONS.c.proposal == publication.proposal


def _publication(row: sql.Row[tuple[object, ...]]) -> PendingPublication:
    found = row._mapping
    return PendingPublication(
        found["proposal"], found["base"], read_files(found["files"]), found["author"], found["message"],
        found["decided"], found["attempts"], found["next_try"], found["trouble"],
    )  # fmt: skip
