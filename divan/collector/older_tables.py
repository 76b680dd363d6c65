"""Tables as an older version left them: what they lack is added, so that every answer received is still there to read.

A column added to a table that is already somewhere says what the rows of before hold: a ``server_default``, or NULL.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sql
from sqlalchemy.engine.interfaces import ReflectedColumn

from divan.collector.database import failures
from divan.sources.problem import Problem, ProblemsFound


def make_tables(engine: sql.Engine, metadata: sql.MetaData) -> None:
    """Make the tables that are not there, and give to older ones the columns that they lack.

    Raises ProblemsFound, and touches nothing, when a newer version made one of them.
    """
    with failures(), engine.begin() as connection:
        looked = sql.inspect(connection)
        there = [table for table in metadata.sorted_tables if looked.has_table(table.name)]
        newer = [problem for table in there for problem in _newer(table, looked.get_columns(table.name))]
        if not newer:
            metadata.create_all(connection)
            for table in there:
                _complete(connection, table)
    if newer:
        engine.dispose()
        raise ProblemsFound(newer)


def columns_there(connection: sql.Connection, table: sql.Table) -> list[sql.Column[object]]:
    """The columns of ``table`` that a database has; a new copy of it fills the others with what they say of before."""
    known = {column["name"] for column in sql.inspect(connection).get_columns(table.name)}
    return [column for column in table.columns if column.name in known]


def _complete(connection: sql.Connection, table: sql.Table) -> None:
    known = columns_there(connection, table)
    for column in table.columns:
        if all(column is not one for one in known):
            made = sql.schema.CreateColumn(column).compile(dialect=connection.dialect)
            name = connection.dialect.identifier_preparer.format_table(table)
            connection.execute(sql.text(f"ALTER TABLE {name} ADD COLUMN {made}"))


def _newer(table: sql.Table, columns: Sequence[ReflectedColumn]) -> Iterator[Problem]:
    """A column that we would leave empty and that may not be."""
    for column in columns:
        if column["name"] not in table.columns and not column["nullable"] and column.get("default") is None:
            message = "cette base a été écrite par une version plus récente de Divan"
            yield Problem(f"table {table.name}", None, message, "mettez à jour Divan ici ; rien n'a été touché")
