"""Where proposals are kept: what is acknowledged is committed, and what is sent twice counts once."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence

import sqlalchemy as sql

from divan.collector.database import failures, insert_of
from divan.collector.older_tables import make_tables
from divan.forum.proposal import Picture
from divan.proposals.model import OPEN, KeptProposal, New, ProposalState
from divan.proposals.tables import AGREEMENTS, CORRESPONDENTS, METADATA, PICTURES, PROPOSALS, PUBLICATIONS

SELECTED = sql.select(PROPOSALS, PUBLICATIONS.c.proposal.label("publishing")).select_from(
    PROPOSALS.outerjoin(PUBLICATIONS)
)


class ProposalStore:
    """The proposals of a collector, in the database of its answers."""

    def __init__(self, engine: sql.Engine) -> None:
        self.engine = engine
        self.insert = insert_of(engine.dialect)
        make_tables(engine, METADATA)

    def keep(self, new: New) -> None:
        """Commit a proposal. The same one again counts once; another text under its retry key takes its place, or,
        once a moderator has decided, stands beside it.
        """
        with failures(), self.engine.begin() as connection:
            if self._add(connection, new, new.submission):
                return
            known = PROPOSALS.c.submission == new.submission
            row = connection.execute(SELECTED.where(known).with_for_update(of=PROPOSALS)).one()
            if row.kind == new.kind and row.fields == _written(new):
                return
            if row.kind != new.kind or not self._replace(connection, kept(row), new):
                own = hashlib.sha256(f"{new.kind}\0{_written(new)}".encode("utf-8", "surrogatepass")).hexdigest()
                self._add(connection, new, f"{new.submission}:{own}")

    def keep_one(self, new: New) -> KeptProposal:
        """Keep a proposal that was not there yet, and return it."""
        self.keep(new)
        with failures(), self.engine.connect() as connection:
            return kept(connection.execute(SELECTED.where(PROPOSALS.c.submission == new.submission)).one())

    def _add(self, connection: sql.Connection, new: New, submission: str) -> bool:
        row = {
            "uid": secrets.token_hex(8), "submission": submission, "receipt": new.receipt, "kind": new.kind,
            "target": new.target, "fields": _written(new), "state": ProposalState.RECEIVED, "since": new.day,
            "arrived": new.day, "urgent": new.urgent, "doubts": new.doubts,
        }  # fmt: skip
        added = self.insert(PROPOSALS).values(**row).on_conflict_do_nothing().returning(PROPOSALS.c.id)
        number = connection.execute(added).scalar()
        if number is None:
            return False
        self._illustrate(connection, number, new.pictures)
        if new.email:
            connection.execute(sql.insert(CORRESPONDENTS).values(proposal=number, address=new.email))
        return True

    def _illustrate(self, connection: sql.Connection, number: int, pictures: Sequence[Picture]) -> None:
        rows = [
            {"proposal": number, "position": place, "suffix": p.suffix, "alt": p.alt, "content": p.content}
            for place, p in enumerate(pictures, 1)
        ]
        if rows:
            connection.execute(sql.insert(PICTURES), rows)

    def amend(self, old: KeptProposal, new: New, *, keep_pictures: bool = False) -> bool:
        """Put a corrected text in the place of ``old``; False when a moderator decided, or it changed, meanwhile."""
        with failures(), self.engine.begin() as connection:
            return self._replace(connection, old, new, keep_pictures=keep_pictures)

    def _replace(self, connection: sql.Connection, old: KeptProposal, new: New, *, keep_pictures: bool = False) -> bool:
        waiting = sql.exists().where(PUBLICATIONS.c.proposal == old.id)
        same = (PROPOSALS.c.id == old.id) & (PROPOSALS.c.version == old.version) & PROPOSALS.c.state.in_(OPEN)
        state = ProposalState.RECEIVED if old.state == ProposalState.RETURNED else old.state
        changed = {
            "fields": _written(new), "target": new.target, "state": state, "version": old.version + 1,
            "urgent": old.urgent or new.urgent,
        }  # fmt: skip
        if state != old.state:
            changed["since"] = new.day
        if connection.execute(sql.update(PROPOSALS).where(same & ~waiting).values(**changed)).rowcount != 1:
            return False
        if not keep_pictures:
            connection.execute(sql.delete(PICTURES).where(PICTURES.c.proposal == old.id))
            self._illustrate(connection, old.id, new.pictures)
        return True

    def by_receipt(self, receipt: str) -> KeptProposal | None:
        """The proposal last sent under this receipt's keyed hash."""
        newest = SELECTED.where(PROPOSALS.c.receipt == receipt).order_by(PROPOSALS.c.id.desc()).limit(1)
        with failures(), self.engine.connect() as connection:
            row = connection.execute(newest).first()
        return kept(row) if row else None

    def by_uid(self, uid: str) -> KeptProposal | None:
        """The proposal of this random name."""
        with failures(), self.engine.connect() as connection:
            row = connection.execute(SELECTED.where(PROPOSALS.c.uid == uid)).first()
        return kept(row) if row else None

    def pictures(self, number: int) -> list[Picture]:
        """Its images, in the order sent."""
        query = sql.select(PICTURES).where(PICTURES.c.proposal == number).order_by(PICTURES.c.position)
        with failures(), self.engine.connect() as connection:
            return [Picture(row.content, row.suffix, row.alt) for row in connection.execute(query)]

    def withdraw(self, old: KeptProposal, day: str) -> bool:
        """Erase what was sent, by its author's wish; False when a moderator decided meanwhile."""
        waiting = sql.exists().where(PUBLICATIONS.c.proposal == old.id)
        same = (PROPOSALS.c.id == old.id) & (PROPOSALS.c.version == old.version)
        same &= PROPOSALS.c.state.in_(OPEN) & ~waiting
        emptied = {"fields": "{}", "target": "", "words": "", "state": ProposalState.WITHDRAWN, "since": day}
        with failures(), self.engine.begin() as connection:
            version = PROPOSALS.c.version + 1
            if connection.execute(sql.update(PROPOSALS).where(same).values(**emptied, version=version)).rowcount != 1:
                return False
            for table in (PICTURES, CORRESPONDENTS, AGREEMENTS):
                connection.execute(sql.delete(table).where(table.c.proposal == old.id))
        self._leave_no_copy()
        return True

    def _leave_no_copy(self) -> None:
        """SQLite's journal still holds what was erased from the table, until it is emptied."""
        if self.engine.dialect.name == "sqlite":
            with failures(), self.engine.connect() as connection:
                connection.execute(sql.text("PRAGMA wal_checkpoint(TRUNCATE)"))


def kept(row: sql.Row[tuple[object, ...]]) -> KeptProposal:
    """A row of ``SELECTED`` as a proposal."""
    found = row._mapping
    return KeptProposal(
        id=found["id"], uid=found["uid"], kind=found["kind"], target=found["target"],
        fields=json.loads(found["fields"]), state=ProposalState(found["state"]), since=found["since"],
        arrived=found["arrived"], words=found["words"], link=found["link"], version=found["version"],
        second=found["second"], urgent=found["urgent"], doubts=found["doubts"],
        publishing=found["publishing"] is not None,
    )  # fmt: skip


def _written(new: New) -> str:
    return json.dumps({name: list(values) for name, values in sorted(new.fields.items())}, ensure_ascii=False)
