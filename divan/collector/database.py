"""The database itself: its tables in SQLite or PostgreSQL, how to connect, and the one error when it fails.

SQLite runs in WAL mode with synchronous FULL: what is committed survives a power cut.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sql
from sqlalchemy.dialects import postgresql, sqlite

from divan.collector.silence import silence

METADATA = sql.MetaData()

ANSWERS = sql.Table(
    "answers",
    METADATA,
    sql.Column("id", sql.Integer, primary_key=True),
    sql.Column("study", sql.Text, nullable=False),
    sql.Column("wave", sql.Text, nullable=False),
    sql.Column("submission", sql.Text, nullable=False, unique=True),
    sql.Column("receipt", sql.Text, nullable=False, index=True),
    sql.Column("day", sql.Text, nullable=False),
    sql.Column("definition", sql.Text, nullable=False),
    sql.Column("answers", sql.Text, nullable=False),
    sql.Column("doubts", sql.Text, nullable=False),
    sql.Column("admission", sql.Text, nullable=False, server_default=""),
    sqlite_autoincrement=True,
)

PROOFS = sql.Table(
    "proofs",
    METADATA,
    sql.Column("proof", sql.Text, primary_key=True),
    sql.Column("submission", sql.Text, nullable=False, server_default=""),
    sql.Column("expires", sql.Integer, nullable=False),
)

#: Each version of a questionnaire that a form may have shown: its text, by its digest.
DEFINITIONS = sql.Table(
    "definitions",
    METADATA,
    sql.Column("digest", sql.Text, primary_key=True),
    sql.Column("study", sql.Text, primary_key=True),
    sql.Column("wave", sql.Text, primary_key=True),
    sql.Column("source", sql.Text, nullable=False),
)

#: The codes handed out for a wave, as keyed hashes: written when they are printed, never changed since.
HANDED_CODES = sql.Table(
    "handed_codes",
    METADATA,
    sql.Column("study", sql.Text, primary_key=True),
    sql.Column("wave", sql.Text, primary_key=True),
    sql.Column("code", sql.Text, primary_key=True),
)

#: Those that have served: one row a wave, whose text is sorted, so that no order nor hour stands beside a code.
SPENT_CODES = sql.Table(
    "spent_codes",
    METADATA,
    sql.Column("study", sql.Text, primary_key=True),
    sql.Column("wave", sql.Text, primary_key=True),
    sql.Column("number", sql.Integer, nullable=False),
    sql.Column("codes", sql.Text, nullable=False),
)

#: The tokens that have served, with the answer that each admitted: blindly signed, they lead to no code.
TOKENS = sql.Table(
    "tokens",
    METADATA,
    sql.Column("token", sql.Text, primary_key=True),
    sql.Column("study", sql.Text, nullable=False),
    sql.Column("wave", sql.Text, nullable=False),
    sql.Column("submission", sql.Text, nullable=False),
)


class StorageUnavailableError(Exception):
    """The answer was not saved: disk full, database locked, server gone. The sender must be told."""


class StorageSilentError(StorageUnavailableError):
    """The database has not said in time whether the answer is saved: the sender may send it again, it counts once."""


_UNAVAILABLE = (sql.exc.OperationalError, sql.exc.InterfaceError, sql.exc.InternalError, sql.exc.TimeoutError, OSError)


class failures:  # noqa: N801 - read as « with failures turned into StorageUnavailable »
    """Turn what a database raises when it can't save into the one error that the sender is told of.

    ``committing``: a server lost then may have saved all the same.
    """

    def __init__(self, *, committing: bool = False) -> None:
        self._committing = committing

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        lost = getattr(error, "connection_invalidated", False)
        if lost and self._committing:
            raise StorageSilentError(type(error).__name__) from error
        if isinstance(error, _UNAVAILABLE) or lost:
            raise StorageUnavailableError(type(error).__name__) from error


def insert_of(dialect: sql.Dialect) -> Callable[[sql.Table], postgresql.Insert | sqlite.Insert]:
    """How a row is inserted that may be there already: each of the two databases says it in its own words."""
    return postgresql.insert if dialect.name == "postgresql" else sqlite.insert


def engine_for(url: str, patience: int) -> sql.Engine:
    """An engine that waits ``patience`` seconds for a lock or a server, and then says so; it repeats no value."""
    silence()
    if sql.make_url(url).get_backend_name() == "postgresql":
        limits = f"-c statement_timeout={patience}s -c lock_timeout={patience}s"
        arguments = {"connect_timeout": max(patience, 2), "options": limits}  # libpq waits two seconds at least
        return sql.create_engine(url, pool_pre_ping=True, pool_size=2, connect_args=arguments, hide_parameters=True)
    engine = sql.create_engine(url, connect_args={"timeout": patience}, hide_parameters=True)
    sql.event.listen(engine, "connect", _durable)
    return engine


def _durable(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA secure_delete=ON")
