"""The tables as a Word file, ready for a thesis: real tables, a heading row that repeats, notes under each."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Pt

from analysis.exports.archive import settled
from analysis.tables.table import Table


def tables_docx(title: str, tables: Sequence[Table], day: date | None) -> bytes:
    """One heading and one table for each."""
    document = Document()
    document.core_properties.title = title
    document.core_properties.author = ""
    document.core_properties.language = "fr-FR"
    document.styles["Normal"].font.size = Pt(9)
    document.add_heading(title, level=0)
    for table in tables:
        document.add_heading(table.name, level=1)
        _add(document, table)
        for note in table.notes:
            document.add_paragraph(note)
    written = io.BytesIO()
    document.save(written)
    return settled(written.getvalue(), day)


def _add(document: WordDocument, table: Table) -> None:
    if not table.rows:
        document.add_paragraph(table.empty or "Rien à montrer.")
        return
    grid = document.add_table(rows=1 + len(table.rows), cols=1 + len(table.columns), style="Light Grid Accent 1")
    heading = grid.rows[0]._tr.get_or_add_trPr()
    heading.append(OxmlElement("w:tblHeader"))
    lines = [[table.head, *(column.label for column in table.columns)]]
    lines += [
        [("    " if row.role == "level" else "") + row.label, *(cell.text() for cell in row.cells)]
        for row in table.rows
    ]
    # _cells walks the whole table once; asking for each cell walks it each time
    cells = iter(grid._cells)
    for line in lines:
        for place, words in enumerate(line):
            paragraph = next(cells).paragraphs[0]
            paragraph.add_run(words)
            if place:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
