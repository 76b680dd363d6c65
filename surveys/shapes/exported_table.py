"""What every shape becomes: a header and rows of text. Reading CSV bytes, and saying what is wrong with them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from divan.sources.problem import Problem, ProblemsFound
from divan.sources.reader_text import fold
from surveys.questionnaire import Questionnaire
from surveys.shapes.headings import joined_headings

SEPARATORS = (",", ";", "\t")
_REMEDY = "enregistrez-le à nouveau en « CSV UTF-8 », ou prenez l'export d'origine"


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """An export as text. ``rows``: (row number as a spreadsheet shows it, cells); ``joiner`` parts ticked choices."""

    shape: str
    joiner: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    notes: tuple[str, ...] = ()


def decoded(path: Path, encoding: str = "") -> tuple[str, list[Problem]]:
    """The file's text, in the ``encoding`` declared, or UTF-8.

    Bytes that are not UTF-8 are a problem, read as Latin-1 so that the other faults show too.

    So is a NUL, which no form lets through: a part of the file is damaged, or in another encoding.
    """
    content = path.read_bytes()
    if not content.strip():
        raise ProblemsFound([Problem(path.name, None, "le fichier est vide", "téléchargez à nouveau l'export")])
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), []
    if encoding and encoding != "utf-8":
        return content.decode(encoding, "replace"), []
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"le fichier doit être en UTF-8 ; l'octet 0x{content[error.start]:02X} de cette ligne n'en est pas"
        remedy = f"{_REMEDY}, ou déclarez « encoding: cp1252 » sous « import »"
        return content.decode("cp1252", "replace"), [_garbled(path, content, error.start, message, remedy)]
    nul = content.find(b"\0")
    return text, [_garbled(path, content, nul, "un caractère nul s'est glissé dans cette ligne")] if nul >= 0 else []


def _garbled(path: Path, content: bytes, position: int, message: str, remedy: str = _REMEDY) -> Problem:
    return Problem(path.name, content.count(b"\n", 0, position) + 1, message, remedy)


def first_record(text: str, separator: str) -> tuple[str, ...]:
    """The cells of the first row; empty when it cannot be read."""
    try:
        return tuple(next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), ()))
    except csv.Error:
        return ()


def separators(text: str, questionnaire: Questionnaire) -> str | None:
    """The separator under which the first row names most questions; None when no cell names any."""
    known = {fold(name) for name in header_names(questionnaire)}

    def named(separator: str) -> int:
        return sum(fold(cell.split("[")[0]) in known or fold(cell) in known for cell in first_record(text, separator))

    best = max(SEPARATORS, key=named)
    return best if named(best) else None


def header_names(questionnaire: Questionnaire) -> Iterator[str]:
    """Every name that a column of this questionnaire may bear."""
    return chain.from_iterable(
        (*item.columns, item.text, *item.headers, *chain.from_iterable(choice.headers for choice in item.choices))
        for item in questionnaire.items
    )


def records(
    path: Path, text: str, separator: str, heading_rows: int = 1
) -> tuple[tuple[str, ...], list[tuple[int, tuple[str, ...]]], list[Problem]]:
    """Header, numbered rows and faults of a CSV text; blank rows are not answers and do not count.

    With two ``heading_rows``, a column's name is its question's and its choice's.
    """
    header: tuple[str, ...] = ()
    rows: list[tuple[int, tuple[str, ...]]] = []
    problems: list[Problem] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1):
            if number == 1:
                header = tuple(cells)
            elif number <= heading_rows:
                header = joined_headings(header, cells)
            elif any(cell.strip() for cell in cells):
                problems += uneven(path, number, len(cells), len(header))
                rows.append((number, tuple(cells)))
    except csv.Error:
        message = "un guillemet n'est pas fermé, ou un autre manque, à partir d'ici"
        problems.append(Problem(path.name, len(rows) + 2, message, "téléchargez à nouveau l'export"))
    return header, rows, problems


def uneven(path: Path, number: int, found: int, expected: int) -> list[Problem]:
    """The problem of a row that has too few or too many cells, or nothing."""
    if found == expected:
        return []
    message = f"cette ligne a {found} cellules au lieu de {expected}"
    return [Problem(path.name, number, message, "un séparateur ou un guillemet manque : reprenez l'export d'origine")]


def resaved(separator: str) -> tuple[str, ...]:
    """A note when a comma-separated export comes with another separator: a spreadsheet may have changed its cells."""
    if separator == ",":
        return ()
    return ("le séparateur n'est pas la virgule : un tableur a sans doute réenregistré l'export ; "
            "vérifiez que les codes ont gardé leurs zéros",)  # fmt: skip
