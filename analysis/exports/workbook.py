"""The tables as an Excel workbook: a sheet each, numbers as numbers, text that can never run as a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from analysis.exports.archive import settled
from analysis.exports.csv_tables import fields
from analysis.exports.report_json import row_values
from analysis.tables.table import Table
from surveys.responses import escaped

BOLD = Font(bold=True)
NAME = 31


def tables_xlsx(title: str, tables: Sequence[Table], day: date | None) -> bytes:
    """One sheet a table, the heading row frozen."""
    book = Workbook()
    book.properties.title = title
    book.properties.creator = ""
    for sheet in list(book.worksheets):
        book.remove(sheet)
    for table in tables:
        _sheet(book, table)
    if not book.sheetnames:
        book.create_sheet("vide")
    written = io.BytesIO()
    book.save(written)
    return settled(written.getvalue(), day)


def _sheet(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet(table.id[:NAME])
    names = fields(table)
    sheet.append([_safe(table.name)])
    sheet.append(["row", "level", "label", *names])
    for row in table.rows:
        values = row_values(table, row)
        sheet.append([_safe(values.get(name)) for name in ("row", "level", "label", *names)])
    for note in table.notes:
        sheet.append([_safe(note)])
    for cell in (sheet["A1"], *sheet[2]):
        cell.font = BOLD
    sheet.freeze_panes = "D3"
    sheet.column_dimensions[get_column_letter(3)].width = 44
    for line in sheet.iter_rows(min_row=3, min_col=3, max_col=3):
        line[0].alignment = Alignment(wrap_text=True, vertical="top")


def _safe(value: object) -> object:
    """Text escaped as in the CSV; a number stays a number."""
    return escaped(value) if isinstance(value, str) else value
