"""One encrypted file that holds the whole database and its keys, read while the collector runs; and the way back.

The file is what ``age -p`` reads (age-encryption.org): an SQLite database of the same tables, whatever held them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pyrage
import sqlalchemy as sql

from divan.collector.database import failures
from divan.collector.older_tables import columns_there
from divan.sources.problem import Problem, ProblemsFound

_AT_ONCE = 1000  # rows
_KEYS = sql.Table(
    "divan_keys",
    sql.MetaData(),
    sql.Column("path", sql.Text, primary_key=True),
    sql.Column("content", sql.Text, nullable=False),
)


def back_up(engine: sql.Engine, tables: Sequence[sql.Table], keys: Mapping[str, str], passphrase: str) -> bytes:
    """The encrypted content of a backup: every row of ``tables`` at one moment, and the keys by their paths."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "copy.sqlite"
        copy = sql.create_engine(f"sqlite:///{file}")
        _KEYS.create(copy)
        with copy.begin() as into:
            if keys:
                into.execute(sql.insert(_KEYS), [{"path": path, "content": key} for path, key in keys.items()])
            with failures(), engine.connect() as connection:
                _hold_still(connection)
                there = set(sql.inspect(connection).get_table_names())
                for table in (table for table in tables if table.name in there):
                    table.create(into)
                    _copy(connection, into, table)
        copy.dispose()
        encrypted: bytes = pyrage.passphrase.encrypt(file.read_bytes(), passphrase)
        return encrypted


def opened(content: bytes, passphrase: str, shown: str) -> sqlite3.Connection:
    """The database that a backup holds, in memory; raises ProblemsFound for another file or another passphrase."""
    try:
        plain = pyrage.passphrase.decrypt(content, passphrase)
    except pyrage.DecryptError:
        message = "cette sauvegarde ne s'ouvre pas : une autre phrase, ou un autre fichier"
        raise ProblemsFound([Problem(shown, None, message, "donnez la phrase de ce jour-là")]) from None
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    copy.deserialize(plain)
    return copy


def put_back(engine: sql.Engine, tables: Sequence[sql.Table], copy: sqlite3.Connection) -> dict[str, int]:
    """Rows written by table, into a database that holds none; raises ProblemsFound, and writes nothing, for another."""
    source = sql.create_engine("sqlite://", creator=lambda: copy, poolclass=sql.pool.StaticPool)
    counts: dict[str, int] = {}
    with failures(), source.connect() as kept, engine.begin() as into:
        there = set(sql.inspect(kept).get_table_names())
        for table in (table for table in tables if table.name in there):
            table.create(into, checkfirst=True)
            if into.execute(sql.select(sql.func.count()).select_from(table)).scalar_one():
                raise ProblemsFound([Problem("--database", None, "cette base a déjà des lignes, rien n'a été écrit",
                                             "donnez l'adresse d'une base vide")])  # fmt: skip
            _copy(kept, into, table)
            counts[table.name] = _counted(kept, into, table)
    return counts


def keys_of(copy: sqlite3.Connection) -> dict[str, str]:
    """The keys that a backup holds, by their paths in the repository."""
    return dict(copy.execute("SELECT path, content FROM divan_keys"))


def _hold_still(connection: sql.Connection) -> None:
    """Every table is read as it was at one moment, while others write."""
    if connection.dialect.name == "postgresql":
        connection.execution_options(isolation_level="REPEATABLE READ")
    else:
        connection.exec_driver_sql("BEGIN")


def _copy(source: sql.Connection, into: sql.Connection, table: sql.Table) -> None:
    for rows in _pages(source, table):
        into.execute(sql.insert(table), rows)
    serial = table.c.get("id")
    if into.dialect.name == "postgresql" and serial is not None:
        last = sql.select(sql.func.coalesce(sql.func.max(serial), 0) + 1).scalar_subquery()
        into.execute(sql.select(sql.func.setval(sql.func.pg_get_serial_sequence(table.name, "id"), last, False)))


def _pages(source: sql.Connection, table: sql.Table) -> Iterator[list[dict[str, object]]]:
    query = sql.select(*columns_there(source, table)).order_by(*table.primary_key.columns)
    for rows in source.execute(query).mappings().partitions(_AT_ONCE):
        yield [dict(row) for row in rows]


def _counted(kept: sql.Connection, into: sql.Connection, table: sql.Table) -> int:
    """How many rows are there now; as many, with the same content, as the backup holds."""
    query = sql.select(*columns_there(kept, table)).order_by(*table.primary_key.columns)
    count = 0
    for one, other in zip(kept.execute(query), into.execute(query), strict=True):
        if tuple(one) != tuple(other):
            raise ProblemsFound([Problem("--database", None, f"une ligne de {table.name} n'est pas celle de la "
                                         "sauvegarde, rien n'a été écrit", "essayez une autre base")])  # fmt: skip
        count += 1
    return count
