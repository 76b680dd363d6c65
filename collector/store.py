"""Where answers are kept: two tables in SQLite or PostgreSQL, through SQLAlchemy Core.

SQLite runs in WAL mode with synchronous FULL: what is committed survives a power cut. Nothing here says who
answered: no address, no user agent, days instead of times; the retry key and the receipt are stored as keyed hashes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import sqlalchemy as sql
from sqlalchemy.dialects import postgresql, sqlite

_METADATA = sql.MetaData()

ANSWERS = sql.Table(
    "answers",
    _METADATA,
    sql.Column("id", sql.Integer, primary_key=True),
    sql.Column("study", sql.Text, nullable=False),
    sql.Column("wave", sql.Text, nullable=False),
    sql.Column("submission", sql.Text, nullable=False, unique=True),
    sql.Column("receipt", sql.Text, nullable=False, index=True),
    sql.Column("day", sql.Text, nullable=False),
    sql.Column("definition", sql.Text, nullable=False),
    sql.Column("answers", sql.Text, nullable=False),
    sql.Column("doubts", sql.Text, nullable=False),
    sqlite_autoincrement=True,
)

PROOFS = sql.Table(
    "proofs",
    _METADATA,
    sql.Column("proof", sql.Text, primary_key=True),
    sql.Column("submission", sql.Text, nullable=False),
    sql.Column("expires", sql.Integer, nullable=False),
)


Row = dict[str, str]

_LONG_ANSWER = 8192


class StorageUnavailableError(Exception):
    """The answer was not saved: disk full, database locked, server gone. The sender must be told."""


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
class Kept:
    """One answer as stored; ``id`` grows in the order of arrival and is never used again."""

    id: int
    day: str
    definition: str
    answers: Mapping[str, str]
    doubts: tuple[str, ...]


class Store:
    """The answers' database. ``url`` is SQLAlchemy's: ``sqlite:///file.db`` or ``postgresql+psycopg://…``.

    ``patience`` is how many seconds it waits for a lock or a server before it says that nothing was saved.
    """

    def __init__(self, url: str, patience: int = 5) -> None:
        self._engine = _engine(url, patience)
        self._insert = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        with _failures():
            _METADATA.create_all(self._engine)

    def keep(self, batch: Sequence[Sent]) -> None:
        """Commit a batch in one transaction. An answer sent again counts once; a proof used twice is a doubt.

        A retry key that comes back with other answers leaves the first as they are; the others are set apart.
        """
        with _failures(), self._engine.begin() as connection:
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

    def kept(self, study: str, wave: str, *, quarantined: bool = False) -> Iterator[Kept]:
        """Answers of a wave in the order of arrival: the sound ones, or those in quarantine."""
        doubtful = ANSWERS.c.doubts != "" if quarantined else ANSWERS.c.doubts == ""
        query = sql.select(ANSWERS).where(ANSWERS.c.study == study, ANSWERS.c.wave == wave, doubtful)
        with _failures(), self._engine.connect() as connection:
            for row in connection.execution_options(yield_per=1000).execute(query.order_by(ANSWERS.c.id)):
                doubts = tuple(filter(None, row.doubts.split(",")))
                yield Kept(row.id, row.day, row.definition, json.loads(row.answers), doubts)

    def erase(self, receipt: str) -> int:
        """Erase what was sent under this receipt's keyed hash; the number of answers erased."""
        with _failures(), self._engine.begin() as connection:
            erased = connection.execute(sql.delete(ANSWERS).where(ANSWERS.c.receipt == receipt)).rowcount
        self._leave_no_copy()
        return erased

    def admit(self, study: str, wave: str, ids: Sequence[int]) -> int:
        """Take these answers out of quarantine; how many there were."""
        found = (ANSWERS.c.study == study) & (ANSWERS.c.wave == wave) & ANSWERS.c.id.in_(ids) & (ANSWERS.c.doubts != "")
        with _failures(), self._engine.begin() as connection:
            return connection.execute(sql.update(ANSWERS).where(found).values(doubts="")).rowcount

    def forget(self, study: str, wave: str, ids: Sequence[int]) -> int:
        """Erase these answers; how many there were."""
        found = (ANSWERS.c.study == study) & (ANSWERS.c.wave == wave) & ANSWERS.c.id.in_(ids)
        with _failures(), self._engine.begin() as connection:
            erased = connection.execute(sql.delete(ANSWERS).where(found)).rowcount
        self._leave_no_copy()
        return erased

    def _leave_no_copy(self) -> None:
        """SQLite's journal still holds what was erased from the table, until it is emptied."""
        if self._engine.dialect.name == "sqlite":
            with _failures(), self._engine.connect() as connection:
                connection.execute(sql.text("PRAGMA wal_checkpoint(TRUNCATE)"))

    def forget_proofs(self, now: int) -> None:
        """Drop proofs that expired before ``now`` (seconds since 1970): they can't be replayed any more."""
        with _failures(), self._engine.begin() as connection:
            connection.execute(sql.delete(PROOFS).where(PROOFS.c.expires < now))

    def check(self, now: int) -> None:
        """Raise StorageUnavailableError when an answer could not be saved: what a full disk still reads is no proof.

        What is written is as long as an answer: a proof of work of nobody, which has just expired (``now``: seconds
        since 1970), and goes at the next check.
        """
        self.forget_proofs(now)
        long = "." * _LONG_ANSWER
        written = self._insert(PROOFS).values(proof="check", submission=long, expires=now).on_conflict_do_nothing()
        with _failures(), self._engine.begin() as connection:
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


_UNAVAILABLE = (sql.exc.OperationalError, sql.exc.InterfaceError, sql.exc.InternalError, sql.exc.TimeoutError, OSError)


class _failures:  # noqa: N801 - read as « with failures turned into StorageUnavailable »
    """Turn what a database raises when it can't save into the one error that the sender is told of."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, _UNAVAILABLE) or getattr(error, "connection_invalidated", False):
            raise StorageUnavailableError(type(error).__name__) from error


def _engine(url: str, patience: int) -> sql.Engine:
    if sql.make_url(url).get_backend_name() == "postgresql":
        limits = f"-c statement_timeout={patience}s -c lock_timeout={patience}s"
        arguments = {"connect_timeout": max(patience, 2), "options": limits}  # libpq waits two seconds at least
        return sql.create_engine(url, pool_pre_ping=True, pool_size=2, connect_args=arguments)
    engine = sql.create_engine(url, connect_args={"timeout": patience})
    sql.event.listen(engine, "connect", _durable)
    return engine


def _durable(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA secure_delete=ON")
