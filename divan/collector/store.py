"""Where answers are kept, through SQLAlchemy Core, and how they leave.

Nothing here says who answered: no address, no user agent, days instead of times; the retry key and the receipt are
stored as keyed hashes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import sqlalchemy as sql
from sqlalchemy.dialects import postgresql, sqlite

from divan.collector.database import ANSWERS, METADATA, PROOFS, engine_for, failures

Row = dict[str, str]

_LONG_ANSWER = 8192


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer ready to be kept. ``answers`` are tidy columns; ``doubts`` are reasons to quarantine it, or ()."""

    study: str
    wave: str
    submission: str
    receipt: str
    day: str
    definition: str
    answers: Mapping[str, str]
    doubts: tuple[str, ...] = ()
    proof: str = ""
    proof_expires: int = 0


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """One answer as stored; ``id`` grows in the order of arrival and is never used again."""

    id: int
    day: str
    definition: str
    answers: Mapping[str, str]
    doubts: tuple[str, ...]


class AnswerStore:
    """The answers' database. ``url`` is SQLAlchemy's: ``sqlite:///file.db`` or ``postgresql+psycopg://…``.

    ``patience`` is how many seconds it waits for a lock or a server before it says that nothing was saved.
    """

    def __init__(self, url: str, patience: int = 5) -> None:
        self._engine = engine_for(url, patience)
        self._insert = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        with failures():
            METADATA.create_all(self._engine)

    @property
    def engine(self) -> sql.Engine:
        """The connections, which proposals share."""
        return self._engine

    def keep(self, batch: Sequence[Sent]) -> None:
        """Commit a batch in one transaction. An answer sent again counts once; a proof used twice is a doubt.

        A retry key that comes back with other answers leaves the first as they are; the others are set apart.
        """
        with failures(), self._engine.begin() as connection:
            rows = [_row(sent, sent.doubts + self._replay(connection, sent)) for sent in batch]
            insert = self._insert(ANSWERS).on_conflict_do_nothing()
            if connection.execute(insert, rows).rowcount == len(rows):
                return
            reused = list(_reused(connection, rows))
            if reused:
                connection.execute(insert, reused)

    def _replay(self, connection: sql.Connection, sent: Sent) -> tuple[str, ...]:
        """A doubt when the proof has served another answer; a retry of the same answer is none."""
        if not sent.proof:
            return ()
        proof = self._insert(PROOFS).values(proof=sent.proof, submission=sent.submission, expires=sent.proof_expires)
        if connection.execute(proof.on_conflict_do_nothing().returning(PROOFS.c.proof)).first():
            return ()
        same = (PROOFS.c.proof == sent.proof) & (PROOFS.c.submission == sent.submission)
        return () if connection.execute(sql.select(PROOFS.c.proof).where(same)).first() else ("proof_replayed",)

    def kept(self, study: str, wave: str, *, quarantined: bool = False) -> Iterator[KeptAnswer]:
        """Answers of a wave in the order of arrival: the sound ones, or those in quarantine."""
        doubtful = ANSWERS.c.doubts != "" if quarantined else ANSWERS.c.doubts == ""
        query = sql.select(ANSWERS).where(ANSWERS.c.study == study, ANSWERS.c.wave == wave, doubtful)
        with failures(), self._engine.connect() as connection:
            for row in connection.execution_options(yield_per=1000).execute(query.order_by(ANSWERS.c.id)):
                doubts = tuple(filter(None, row.doubts.split(",")))
                yield KeptAnswer(row.id, row.day, row.definition, json.loads(row.answers), doubts)

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

        What is written is as long as an answer: a proof of work of nobody, which has just expired (``now``: seconds
        since 1970), and goes at the next check.
        """
        self.forget_proofs(now)
        long = "." * _LONG_ANSWER
        written = self._insert(PROOFS).values(proof="check", submission=long, expires=now).on_conflict_do_nothing()
        with failures(), self._engine.begin() as connection:
            connection.execute(written)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()


def _row(sent: Sent, doubts: tuple[str, ...]) -> Row:
    return {
        "study": sent.study, "wave": sent.wave, "submission": sent.submission, "receipt": sent.receipt,
        "day": sent.day, "definition": sent.definition, "answers": json.dumps(sent.answers, ensure_ascii=False),
        "doubts": ",".join(doubts),
    }  # fmt: skip


def _reused(connection: sql.Connection, rows: Sequence[Row]) -> Iterator[Row]:
    """Rows whose retry key is already kept with other answers, under a key of their own and with a doubt."""
    keys = ANSWERS.c.submission.in_({row["submission"] for row in rows})
    found = connection.execute(sql.select(ANSWERS.c.submission, ANSWERS.c.answers).where(keys))
    kept = {row.submission: row.answers for row in found}
    for row in rows:
        if kept[row["submission"]] != row["answers"]:
            own = hashlib.sha256(row["answers"].encode("utf-8", "surrogatepass")).hexdigest()
            doubts = ",".join(filter(None, (row["doubts"], "submission_reused")))
            yield row | {"submission": f"{row['submission']}:{own}", "doubts": doubts}
