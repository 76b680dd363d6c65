"""A table as CSV: one line a row, numbers as in ``report.json``, words made harmless for spreadsheets."""

from __future__ import annotations

import csv
import io

from analysis.exports.report_json import cell_values
from analysis.tables.cells import Masked
from analysis.tables.table import Table, TableRow
from surveys.responses import escaped


def table_csv(table: Table) -> str:
    """The whole table; ``before`` and ``before_percent`` are columns of their own."""
    names = fields(table)
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(["row", "level", "label", *names])
    for row in table.rows:
        values = _values(table, row)
        words = (escaped(word) for word in (row.id, row.level, row.label))
        lines.writerow([*words, *(_text(values.get(name)) for name in names)])
    return text.getvalue()


def fields(table: Table) -> list[str]:
    """The columns of the file, those of each table column together."""
    found = []
    for place, column in enumerate(table.columns):
        names: dict[str, None] = {}
        for row in table.rows:
            cell = row.cells[place]
            if not isinstance(cell, Masked):
                names |= dict.fromkeys(cell_values(column, cell))
        found += [*names] or [column.id]
    return found


def _values(table: Table, row: TableRow) -> dict[str, object]:
    found: dict[str, object] = {}
    for column, cell in zip(table.columns, row.cells, strict=True):
        found |= cell_values(column, cell)
    return found


def _text(value: object) -> str:
    """A number as it is, minus sign included: R must read it."""
    return "" if value is None else escaped(value) if isinstance(value, str) else str(value)
