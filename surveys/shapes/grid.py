"""The cells of an exported file, CSV or workbook: what they hold, without what a spreadsheet put round them."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from divan.sources.problem import FaultKind, Problem, ProblemsFound
from divan.sources.reader_text import fold
from surveys.shapes.exported_bytes import exported_text, plain_cell

_FAULT = FaultKind("V03")

SEPARATORS = (",", ";", "\t", "|")
_AGAIN = "téléchargez à nouveau l'export"
_SAVED_AGAIN = "enregistrez-le à nouveau en « CSV UTF-8 », ou prenez l'export d'origine"
_LONGEST_CELL = 1 << 24  # the csv module stops at 131,072 signs, which one long answer may pass
csv.field_size_limit(_LONGEST_CELL)

Line = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Grid:
    """``lines``: (number as a spreadsheet shows it, cells), headings among them; blank lines are left out.

    ``text`` is that of a CSV, "" for a workbook; ``separator`` parts its cells.
    """

    lines: tuple[Line, ...]
    text: str = ""
    separator: str = ""
    notes: tuple[str, ...] = ()


def read_grid(
    path: Path, encoding: str = "", known: Collection[str] = (), spelt: Iterable[str] = ()
) -> tuple[Grid, list[Problem]]:
    """The cells of the file, and what is wrong with its bytes.

    ``known`` are the folded names that its columns may bear, ``spelt`` words that may stand in it.

    Raises ProblemsFound when nothing can be read.
    """
    content = path.read_bytes()
    if not content.strip():
        raise ProblemsFound([_FAULT(path.name, None, "le fichier est vide", _AGAIN)])
    if content.startswith(b"PK\x03\x04"):
        return Grid(tuple(_workbook(path))), []
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        message = "c'est un classeur d'un ancien Excel (.xls), qui ne se lit pas ici"
        raise ProblemsFound([_FAULT(path.name, None, message, "enregistrez-le en « .xlsx » ou en « CSV UTF-8 »")])
    read = exported_text(content, encoding, spelt)
    problems = [] if read.damaged is None else [_garbled(path, content, read.damaged)]
    grid, more = csv_grid(path.name, read.text, known)
    return replace(grid, notes=(*read.notes, *grid.notes)), [*problems, *more]


def _garbled(path: Path, content: bytes, place: int) -> Problem:
    line = content.count(b"\n", 0, place) + 1
    message = (
        "un caractère nul s'est glissé dans cette ligne"
        if content[place] == 0
        else f"l'octet 0x{content[place]:02X} de cette ligne n'est pas de l'UTF-8, comme l'est le reste du fichier"
    )
    return _FAULT(path.name, line, message, _SAVED_AGAIN)


def csv_grid(name: str, text: str, known: Collection[str] = ()) -> tuple[Grid, list[Problem]]:
    """The cells of a CSV text, under the separator that its first line declares, or that names most columns."""
    declared = text[4] if text[:4].casefold() == "sep=" and len(text) > 4 else ""
    skipped = 0
    if declared and declared not in "\r\n":
        skipped, text = 1, text.partition("\n")[2]
    separator = declared or separator_of(text, known)
    lines: list[Line] = []
    problems: list[Problem] = []
    records = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(records, 1 + skipped):
            if any(cell.strip() for cell in cells):
                lines.append((number, tuple(map(plain_cell, cells))))
    except csv.Error:
        line = lines[-1][0] + 1 if lines else 1
        problems.append(_FAULT(name, line, "un guillemet n'est pas fermé, ou un autre manque, à partir d'ici", _AGAIN))
    return Grid(tuple(lines), text, separator), problems


def separator_of(text: str, known: Collection[str]) -> str:
    """The separator under which the first lines bear most names of columns, else the one that makes most cells."""
    firsts = {one: list(_first_records(text, one)) for one in SEPARATORS}

    def weight(separator: str) -> tuple[int, int]:
        named = max(
            (sum(fold(cell) in known for cell in cells if cell.strip()) for cells in firsts[separator]), default=0
        )
        return named, max(map(len, firsts[separator]), default=0)

    return max(SEPARATORS, key=weight)


def _first_records(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=separator)
    for _ in range(12):
        try:
            yield next(reader)
        except (StopIteration, csv.Error):
            return


def _workbook(path: Path) -> Iterator[Line]:
    """The lines of a workbook's first sheet that holds any."""
    import openpyxl  # half a second, and only a workbook needs it
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with path.open("rb") as file:
            sheets = openpyxl.load_workbook(file, read_only=True, data_only=True).worksheets
            tables = [[tuple(map(_cell_text, row)) for row in sheet.iter_rows(values_only=True)] for sheet in sheets]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        message = "ce classeur ne se lit pas : il est abîmé, ou ce n'en est pas un"
        raise ProblemsFound([_FAULT(path.name, None, message, "prenez l'export en CSV, ou l'original")]) from None
    full = next((table for table in tables if any(any(row) for row in table)), [])
    width = max((place for row in full for place, cell in enumerate(row, 1) if cell), default=0)
    for number, row in enumerate(full, 1):
        if any(cell.strip() for cell in row):
            yield number, _of_width(row, width)


def _of_width(row: Iterable[str], width: int) -> tuple[str, ...]:
    cells = tuple(row)[:width]
    return (*cells, *("",) * (width - len(cells)))


def _cell_text(value: Any) -> str:
    """What a person reads in the cell: days as 2023-03-26, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return unicodedata.normalize("NFC", plain_cell(str(value)))
