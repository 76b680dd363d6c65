"""A table as Word draws it: three rules, a heading that comes back on each page, no row cut in two."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from analysis.exports.column_widths import PrintedGrid, printed_rows
from analysis.tables.table import Table

TWIPS = 1440 / 2.54  # a centimetre
KEPT = 25  # rows: a table as short as this stays on one page
INDENT = 170  # twips before the levels of a variable


def add_table(document: WordDocument, table: Table, grid: PrintedGrid) -> None:
    """The table at the end of the document."""
    rows = printed_rows(table)
    roles = ["heading", *(row.role for row in table.rows)]
    whole = len(rows) <= KEPT
    lines = [
        _row(words, role, grid, held=place + 1 < len(rows) and (whole or place == 0))
        for place, (words, role) in enumerate(zip(rows, roles, strict=True))
    ]
    twips = [round(one * TWIPS) for one in grid.widths]
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in twips)
    xml = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblBorders><w:top w:val="single" w:sz="8"/><w:bottom w:val="single" w:sz="8"/></w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/>'
        f'<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"{''.join(lines)}</w:tbl>"
    )
    # one parse of the whole: asking python-docx for each cell walks the table each time
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))


def _row(words: Sequence[str], role: str, grid: PrintedGrid, *, held: bool) -> str:
    head = role == "heading"
    cells = "".join(
        _cell(said, width, grid.size, first=place == 0, role=role, held=held)
        for place, (said, width) in enumerate(zip(words, grid.widths, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"


def _cell(said: str, width: float, size: float, *, first: bool, role: str, held: bool) -> str:
    strong = role in ("heading", "total") or (first and role == "variable")
    rule = '<w:tcBorders><w:bottom w:val="single" w:sz="4"/></w:tcBorders>' if role == "heading" else ""
    indent = f'<w:ind w:left="{INDENT}"/>' if first and role == "level" else ""
    paragraph = (
        f'<w:pPr>{"<w:keepNext/>" if held else ""}<w:spacing w:before="20" w:after="20"/>{indent}'
        f'<w:jc w:val="{"left" if first else "right"}"/></w:pPr>'
    )
    letters = f'<w:rPr>{"<w:b/>" if strong else ""}<w:sz w:val="{round(size * 2)}"/></w:rPr>'
    text = f'<w:t xml:space="preserve">{escape(said)}</w:t>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{round(width * TWIPS)}" w:type="dxa"/>{rule}'
        f'<w:vAlign w:val="{"bottom" if role == "heading" else "top"}"/></w:tcPr>'
        f"<w:p>{paragraph}<w:r>{letters}{text}</w:r></w:p></w:tc>"
    )
