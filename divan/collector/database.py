"""The database itself: two tables in SQLite or PostgreSQL, how to connect, and the one error when it fails.

SQLite runs in WAL mode with synchronous FULL: what is committed survives a power cut.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sql

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
    sqlite_autoincrement=True,
)

PROOFS = sql.Table(
    "proofs",
    METADATA,
    sql.Column("proof", sql.Text, primary_key=True),
    sql.Column("submission", sql.Text, nullable=False),
    sql.Column("expires", sql.Integer, nullable=False),
)


class StorageUnavailableError(Exception):
    """The answer was not saved: disk full, database locked, server gone. The sender must be told."""


_UNAVAILABLE = (sql.exc.OperationalError, sql.exc.InterfaceError, sql.exc.InternalError, sql.exc.TimeoutError, OSError)


class failures:  # noqa: N801 - read as « with failures turned into StorageUnavailable »
    """Turn what a database raises when it can't save into the one error that the sender is told of."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, _UNAVAILABLE) or getattr(error, "connection_invalidated", False):
            raise StorageUnavailableError(type(error).__name__) from error


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
