"""What Taguette writes and reads: highlights and a codebook, as CSV or Excel, and its own project (.sqlite3)."""

from __future__ import annotations

import csv
import html
import io
import re
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from divan.sources.problem import Problem, ProblemsFound
from divan.sources.utf8_text import read_text
from surveys.responses import escaped, unescaped

CSV, XLSX, PROJECTS = ".csv", ".xlsx", (".sqlite3", ".db")
HIGHLIGHTS = ("id", "document", "tag", "content")
CODEBOOK = ("tag", "description", "number of highlights", "number of documents")
_TAG = re.compile(r"<[^>]*>")
_QUERY = """
select highlights.id, documents.name, documents.contents, highlights.start_offset, highlights.end_offset, tags.path
from highlights join documents on documents.id = highlights.document_id
left join highlight_tags on highlight_tags.highlight_id = highlights.id
left join tags on tags.id = highlight_tags.tag_id
order by highlights.document_id, highlights.start_offset, highlights.id, tags.path
"""

Row = dict[str, str]


def read_taguette_file(file: Path) -> list[tuple[int, Row]]:
    """Its rows with their lines, cells by column, in small letters; ProblemsFound when it cannot be read."""
    if file.suffix in PROJECTS:
        return [*enumerate(_project_rows(file), 1)]
    table = _sheet(file) if file.suffix == XLSX else _lines(file)
    heads = [cell.strip().lower() for cell in table[0][1]] if table else []
    return [(line, {head: unescaped(cell) for head, cell in zip(heads, cells, strict=False) if head})
            for line, cells in table[1:] if any(cells)]  # fmt: skip


def codebook_of(file: Path) -> list[Row]:
    """The tags of a Taguette project with their descriptions; nothing for another file."""
    if file.suffix not in PROJECTS:
        return []
    found = _asked(file, "select path, description from tags order by id")
    return [{"tag": str(path), "description": str(said or "")} for path, said in found]


def _lines(file: Path) -> list[tuple[int, list[str]]]:
    lines = csv.reader(io.StringIO(read_text(file, file.name), newline=""))
    return [(lines.line_num, row) for row in lines]


def _sheet(file: Path) -> list[tuple[int, list[str]]]:
    import openpyxl  # half a second, and only a workbook needs it

    try:
        with closing(openpyxl.load_workbook(file, read_only=True, data_only=True)) as book:
            rows = book.worksheets[0].iter_rows(values_only=True)
            return [(n, ["" if cell is None else str(cell) for cell in row]) for n, row in enumerate(rows, 1)]
    except (OSError, KeyError, ValueError, IndexError, zipfile.BadZipFile):
        raise _unreadable(file) from None


def _project_rows(file: Path) -> Iterator[Row]:
    """Highlights of a project: their places count bytes of the text, marks left aside."""
    texts: dict[str, bytes] = {}
    for number, document, contents, start, end, tag in _asked(file, _QUERY):
        text = texts.setdefault(contents, html.unescape(_TAG.sub("", contents)).encode())
        words = text[start:end].decode("utf-8", "ignore")
        yield {"id": str(number), "document": str(document), "tag": str(tag or ""), "content": words}


def _asked(file: Path, query: str) -> list[tuple[Any, ...]]:
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as base:
            return base.execute(query).fetchall()
    except sqlite3.Error:
        raise _unreadable(file) from None


def _unreadable(file: Path) -> ProblemsFound:
    remedy = "exportez à nouveau : passages surlignés ou livre de codes en CSV ou Excel, ou le projet (.sqlite3)"
    return ProblemsFound([Problem(file.name, None, "ce fichier n'est pas de Taguette", remedy)])


def taguette_bytes(kind: str, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """A CSV or Excel file with these columns, where no spreadsheet runs a cell."""
    table: list[list[Any]] = [[*columns], *([_safe(row[name]) for name in columns] for row in rows)]
    if kind == CSV:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(table)
        return text.getvalue().encode()
    import openpyxl

    book, held = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    sheet.title = "codebook" if "description" in columns else "highlights"
    for cells in table:
        sheet.append(cells)
    book.save(held)
    return held.getvalue()


def _safe(cell: object) -> object:
    return escaped(cell) if isinstance(cell, str) else cell
