"""Where answers are kept, through SQLAlchemy Core, and how they leave.

Nothing here says who answered: no address, no user agent, days instead of times; the retry key and the receipt are
stored as keyed hashes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import sqlalchemy as sql

from divan.collector.answer_rows import Sent, reused, row_of
from divan.collector.database import (
    ANSWERS,
    HANDED_CODES,
    METADATA,
    PROOFS,
    SPENT_CODES,
    TOKENS,
    engine_for,
    failures,
    insert_of,
)
from divan.collector.older_tables import make_tables
from divan.collector.spending import spend, spend_code

_LONG_ANSWER = 8192


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """One answer as stored; ``id`` grows in the order of arrival and is never used again."""

    id: int
    day: str
    definition: str
    answers: Mapping[str, str]
    doubts: tuple[str, ...]
    admission: str = ""


class AnswerStore:
    """The answers' database. ``url`` is SQLAlchemy's: ``sqlite:///file.db`` or ``postgresql+psycopg://…``.

    ``patience`` is how many seconds it waits for a lock or a server before it says that nothing was saved.
    """

    def __init__(self, url: str, patience: int = 5) -> None:
        self._engine = engine_for(url, patience)
        self._insert = insert_of(self._engine.dialect)
        make_tables(self._engine, METADATA)

    @property
    def engine(self) -> sql.Engine:
        """The connections, which proposals share."""
        return self._engine

    def keep(self, batch: Sequence[Sent]) -> None:
        """Commit a batch in one transaction. An answer sent again counts once; a proof used twice is a doubt.

        A retry key that comes back with other answers leaves the first as they are; the others are set apart.
        CodeRefusedError, and nothing is kept, when one came with a code or a token that admits no more.
        """
        with failures(), self._engine.connect() as connection:
            self._insert_all(connection, batch)
            with failures(committing=True):
                connection.commit()
        if any(sent.code for sent in batch):
            self._leave_no_copy()  # the journal has the code and the answer side by side

    def _insert_all(self, connection: sql.Connection, batch: Sequence[Sent]) -> None:
        for sent in batch:
            spend(connection, sent)
        rows = [row_of(sent, sent.doubts + self._replay(connection, sent)) for sent in batch]
        insert = self._insert(ANSWERS).on_conflict_do_nothing()
        if connection.execute(insert, rows).rowcount == len(rows):
            return
        others = list(reused(connection, rows))
        if others:
            connection.execute(insert, others)

    def spend(self, study: str, wave: str, code: str, blinded: str) -> bool:
        """Spend a code (keyed hash) for a blinded token; False when it has served for another.

        The journal is emptied at once: there, this writing and those of the answers stand in the order of arrival.
        """
        with failures(), self._engine.begin() as connection:
            spent = spend_code(connection, study, wave, code, blinded)
        self._leave_no_copy()
        return spent

    def _replay(self, connection: sql.Connection, sent: Sent) -> tuple[str, ...]:
        """A doubt when the proof has served another answer; a retry of the same answer is none."""
        if not sent.proof:
            return ()
        proof = self._insert(PROOFS).values(proof=sent.proof, submission=sent.submission, expires=sent.proof_expires)
        if connection.execute(proof.on_conflict_do_nothing().returning(PROOFS.c.proof)).first():
            return ()
        same = (PROOFS.c.proof == sent.proof) & (PROOFS.c.submission == sent.submission)
        return () if connection.execute(sql.select(PROOFS.c.proof).where(same)).first() else ("proof_replayed",)

    def has(self, submission: str) -> bool:
        """True when this submission is kept already."""
        found = sql.select(ANSWERS.c.id).where(ANSWERS.c.submission == submission)
        with failures(), self._engine.connect() as connection:
            return connection.execute(found).first() is not None

    def kept(self, study: str, wave: str, *, quarantined: bool = False) -> Iterator[KeptAnswer]:
        """Answers of a wave in the order of arrival: the sound ones, or those in quarantine."""
        doubtful = ANSWERS.c.doubts != "" if quarantined else ANSWERS.c.doubts == ""
        query = sql.select(ANSWERS).where(ANSWERS.c.study == study, ANSWERS.c.wave == wave, doubtful)
        with failures(), self._engine.connect() as connection:
            for row in connection.execution_options(yield_per=1000).execute(query.order_by(ANSWERS.c.id)):
                doubts = tuple(filter(None, row.doubts.split(",")))
                yield KeptAnswer(row.id, row.day, row.definition, json.loads(row.answers), doubts, row.admission)

    def tally(self, study: str, wave: str, definition: str, item: str) -> dict[str, int]:
        """How many sound answers to one form of a questionnaire say each thing at ``item``."""
        same = (ANSWERS.c.study == study) & (ANSWERS.c.wave == wave) & (ANSWERS.c.definition == definition)
        query = sql.select(ANSWERS.c.answers, sql.func.count()).where(same & (ANSWERS.c.doubts == ""))
        with failures(), self._engine.connect() as connection:
            found = connection.execute(query.group_by(ANSWERS.c.answers)).all()
        totals: Counter[str] = Counter()
        for answers, number in found:
            totals[json.loads(answers).get(item, "")] += number
        return totals

    def waves(self, study: str) -> list[str]:
        """The waves of a study to which someone answered, in order."""
        query = sql.select(ANSWERS.c.wave).where(ANSWERS.c.study == study).distinct().order_by(ANSWERS.c.wave)
        with failures(), self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def erase(self, receipt: str) -> int:
        """Erase what was sent under this receipt's keyed hash; the number of answers erased."""
        with failures(), self._engine.begin() as connection:
            erased = connection.execute(sql.delete(ANSWERS).where(ANSWERS.c.receipt == receipt)).rowcount
        self._leave_no_copy()
        return erased

    def admit(self, study: str, wave: str, ids: Sequence[int]) -> int:
        """Take these answers out of quarantine; how many there were."""
        found = (ANSWERS.c.study == study) & (ANSWERS.c.wave == wave) & ANSWERS.c.id.in_(ids) & (ANSWERS.c.doubts != "")
        with failures(), self._engine.begin() as connection:
            return connection.execute(sql.update(ANSWERS).where(found).values(doubts="")).rowcount

    def forget(self, study: str, wave: str, ids: Sequence[int]) -> int:
        """Erase these answers; how many there were."""
        found = (ANSWERS.c.study == study) & (ANSWERS.c.wave == wave) & ANSWERS.c.id.in_(ids)
        with failures(), self._engine.begin() as connection:
            erased = connection.execute(sql.delete(ANSWERS).where(found)).rowcount
        self._leave_no_copy()
        return erased

    def count(self, study: str) -> int:
        """How many answers to a study are kept, in quarantine or not."""
        asked = sql.select(sql.func.count()).select_from(ANSWERS).where(ANSWERS.c.study == study)
        with failures(), self._engine.connect() as connection:
            return connection.execute(asked).scalar_one()

    def forget_study(self, study: str) -> int:
        """Erase every answer to a study, and all that admitted any; how many answers there were."""
        with failures(), self._engine.begin() as connection:
            for table in (TOKENS, SPENT_CODES, HANDED_CODES):
                connection.execute(sql.delete(table).where(table.c.study == study))
            erased = connection.execute(sql.delete(ANSWERS).where(ANSWERS.c.study == study)).rowcount
        self._leave_no_copy()
        return erased

    def _leave_no_copy(self) -> None:
        """SQLite's journal still holds what was erased from the table, until it is emptied."""
        if self._engine.dialect.name == "sqlite":
            with failures(), self._engine.connect() as connection:
                connection.execute(sql.text("PRAGMA wal_checkpoint(TRUNCATE)"))

    def forget_proofs(self, now: int) -> None:
        """Drop proofs that expired before ``now`` (seconds since 1970): they can't be replayed any more."""
        with failures(), self._engine.begin() as connection:
            connection.execute(sql.delete(PROOFS).where(PROOFS.c.expires < now))

    def check(self, now: int) -> None:
        """Raise StorageUnavailableError when an answer could not be saved: what a full disk still reads is no proof.

        What is written, each time, is as long as an answer: a proof of work of nobody, which has just expired
        (``now``: seconds since 1970).
        """
        self.forget_proofs(now)
        row = {"proof": "check", "submission": "." * _LONG_ANSWER, "expires": now}
        with failures(), self._engine.begin() as connection:
            connection.execute(sql.delete(PROOFS).where(PROOFS.c.proof == "check"))
            connection.execute(self._insert(PROOFS).values(row).on_conflict_do_nothing())
        self._leave_no_copy()  # the journal alone may have room where the table has none

    def quarantined(self) -> int:
        """How many answers wait for a moderator."""
        waiting = sql.select(sql.func.count()).select_from(ANSWERS).where(ANSWERS.c.doubts != "")
        with failures(), self._engine.connect() as connection:
            return connection.execute(waiting).scalar_one()

    @property
    def empty(self) -> bool:
        """True when no answer was ever kept here."""
        with failures(), self._engine.connect() as connection:
            return connection.execute(sql.select(ANSWERS.c.id).limit(1)).first() is None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()
