"""The tables as an Excel workbook: a contents sheet, then one a table, headed as on the page, numbers as numbers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from analysis.exports.archive import settled
from analysis.exports.kit_words import KitWords
from analysis.tables.cells import Cell, Masked, Text
from analysis.tables.table import Column, Table
from divan.sources.french import typographic
from surveys.responses import escaped

BOLD, TITLE = Font(bold=True), Font(bold=True, size=13)
LINK = Font(color="0563C1", underline="single")
WRAPPED = Alignment(wrap_text=True, vertical="top")
HEAD = Alignment(wrap_text=True, vertical="bottom")
RULE = Border(bottom=Side(style="thin"))
NAME = 31  # signs that Excel allows in the name of a sheet
CONTENTS = "Sommaire"
LABELS, WORDS, NUMBERS = 44, 24, 13  # widths


def tables_xlsx(title: str, tables: Sequence[Table], day: date | None, words: KitWords) -> bytes:
    """The contents first, each line a link to its sheet and back."""
    book = Workbook()
    book.properties.title = title
    book.properties.creator = ""
    contents = book.worksheets[0]
    contents.title = words.say(CONTENTS)
    contents.append([_safe(typographic(title))])
    contents.append([words.say("Tableau"), words.say("Titre"), words.say("Lignes")])
    for place, table in enumerate(tables, 3):
        sheet = book.create_sheet(table.id[:NAME])
        _fill(sheet, words.headed(table), words)
        contents.append([_safe(table.id), _safe(typographic(table.title)), len(table.rows)])
        _link(contents, place, sheet.title)
    _dress_contents(contents)
    written = io.BytesIO()
    book.save(written)
    return settled(written.getvalue(), day)


def _fill(sheet: Worksheet, table: Table, words: KitWords) -> None:
    sheet.append([_safe(typographic(table.name))])
    sheet.append([words.say("Retour au sommaire")])
    _link(sheet, 2, words.say(CONTENTS))
    layout = _layout(table)
    headings = [table.head, *(label for column, many in layout for label in _labels(column, many, words))]
    sheet.append([_safe(typographic(one)) for one in headings])
    for row in table.rows:
        label = ("    " if row.role == "level" else "") + row.label
        cells = zip(layout, row.cells, strict=True)
        sheet.append([_safe(label), *(one for (_, many), cell in cells for one in _values(cell, many))])
        if row.role in ("variable", "total"):
            sheet.cell(sheet.max_row, 1).font = BOLD
    for note in table.notes:
        sheet.append([_safe(typographic(note))])
    _dress(sheet, len(headings), len(table.rows))


def _layout(table: Table) -> list[tuple[Column, tuple[str, ...]]]:
    """Each column of the page, and the figures that its cells hold: a count and its percentage are two columns."""
    found = []
    for place, column in enumerate(table.columns):
        cells = [row.cells[place] for row in table.rows]
        suffixes = dict.fromkeys(suffix for cell in cells if not isinstance(cell, Text) for suffix in cell.raw())
        found.append((column, tuple(suffixes) or ("",)))
    return found


def _labels(column: Column, suffixes: Sequence[str], words: KitWords) -> list[str]:
    """« Avant », « Avant, % »; « Avant, de », « Avant, à » for the bounds of an interval."""
    said = {"": "", "percent": ", %", "low": ", de", "high": ", à"}
    base = column.label.removesuffix(" (%)") if "percent" in suffixes else column.label
    return [base + words.say(said.get(suffix, f", {suffix}")) for suffix in suffixes]


def _values(cell: Cell, suffixes: Sequence[str]) -> list[object]:
    """The unrounded figures; words, and what is masked, stand in the first column."""
    if isinstance(cell, Text):
        return [_safe(cell.words) or None, *(None for _ in suffixes[1:])]
    if isinstance(cell, Masked):
        return [cell.text(), *(None for _ in suffixes[1:])]
    held = cell.raw()
    return [_safe(held.get(suffix)) for suffix in suffixes]


def _dress(sheet: Worksheet, columns: int, rows: int) -> None:
    sheet["A1"].font = TITLE
    for cell in sheet[3]:
        cell.font, cell.border, cell.alignment = BOLD, RULE, HEAD
    sheet.freeze_panes = "B4"
    sheet.column_dimensions["A"].width = LABELS
    for place in range(2, columns + 1):
        words = any(isinstance(sheet.cell(line, place).value, str) for line in range(4, 4 + rows))
        sheet.column_dimensions[get_column_letter(place)].width = WORDS if words else NUMBERS
    for line in sheet.iter_rows(min_row=4, max_row=3 + rows, max_col=1):
        line[0].alignment = WRAPPED
    sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = sheet.PAPERSIZE_A4, 0
    sheet.page_setup.orientation = "landscape" if columns > 6 else "portrait"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "3:3"


def _dress_contents(sheet: Worksheet) -> None:
    sheet["A1"].font = TITLE
    for cell in sheet[2]:
        cell.font, cell.border = BOLD, RULE
    for letter, width in (("A", 24), ("B", 80), ("C", 10)):
        sheet.column_dimensions[letter].width = width


def _link(sheet: Worksheet, line: int, target: str) -> None:
    cell = sheet.cell(line, 1)
    cell.hyperlink = f"#'{target}'!A1"
    cell.font = LINK


def _safe(value: object) -> object:
    """Text escaped as in the CSV; a number stays a number."""
    return escaped(value) if isinstance(value, str) else value
