"""What a published folder prints, table by table, whichever of its files prints it."""

from __future__ import annotations

import csv
import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from docx import Document
from openpyxl import load_workbook

HIDDEN = ("masqué", "masked", "")
_NUMBER = re.compile(r"^[−-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?$")
_TABLE = re.compile(r'<caption id="([^"]+)-caption">.*?</table>', re.DOTALL)
_ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of a table: the variable, the level, the words that name it, what each column says."""

    row: str
    level: str
    label: str
    said: Mapping[str, str]

    def number(self, column: str) -> float | None:
        """The number of a column; None when it is hidden or is none."""
        said = self.said.get(column, "").replace("−", "-")
        return float(said) if _NUMBER.match(said) else None

    def width(self, column: str) -> float:
        """Half a unit of the last digit that is printed."""
        said = self.said.get(column, "").lower()
        mantissa, _, power = said.partition("e")
        decimals = len(mantissa.partition(".")[2])
        return 0.5 * 10.0 ** ((int(power) if power else 0) - decimals)


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table by its id."""

    id: str
    columns: tuple[str, ...]
    rows: tuple[PrintedRow, ...]


def printed_tables(folder: Path) -> list[PrintedTable]:
    """Each table of the folder's CSV files."""
    found = []
    for path in sorted(folder.glob("*.csv")):
        if path.name.startswith("codebook-"):
            continue
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file))
            columns = tuple(lines[0].keys() if lines else ())
        if columns[:3] == ("row", "level", "label"):
            rows = tuple(
                PrintedRow(line["row"], line["level"], line["label"], {name: line[name] or "" for name in columns[3:]})
                for line in lines
            )
            found.append(PrintedTable(path.stem, columns[3:], rows))
    return found


def seen_elsewhere(folder: Path) -> list[str]:
    """Cells that one file hides and another prints: the id of their table, the row, what is printed."""
    found = []
    for table in printed_tables(folder):
        hidden = [
            row.label
            for row in table.rows
            if row.said
            and all(said in HIDDEN for said in row.said.values())
            and any(said == "masqué" for said in row.said.values())
        ]
        for kind, grid in _grids(folder, table.id):
            for line in grid:
                everywhere = bool(line) and sum(row.label == line[0] for row in table.rows) == hidden.count(line[0])
                if everywhere and line[0] in hidden and any(re.search(r"\d", cell) for cell in line[1:]):
                    found.append(f"{table.id} ({kind}) : {line[0]} {line[1:]}")
    return found


def _grids(folder: Path, table: str) -> Iterator[tuple[str, list[list[str]]]]:
    page = folder / "index.md"
    if page.is_file():
        for one in _TABLE.finditer(page.read_text(encoding="utf-8")):
            if one[1].lower() == table:
                yield "HTML", [[_words(cell) for cell in _CELL.findall(row)] for row in _ROW.findall(one[0])]
    for path in (folder / f"{table}.tex",):
        if path.is_file():
            lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "&" in line]
            yield "TeX", [[_untexed(cell) for cell in line.rstrip("\\ ").split("&")] for line in lines]
    report = folder / "report.json"
    if report.is_file():
        tables = {name.lower(): one for name, one in json.loads(report.read_text(encoding="utf-8"))["tables"].items()}
        if table in tables:
            yield (
                "JSON",
                [
                    [
                        row.get("label", ""),
                        *(str(said) for name, said in row.items() if name not in ("row", "level", "label")),
                    ]
                    for row in tables[table]["rows"]
                ],
            )
    yield from _office(folder, table)


def _office(folder: Path, table: str) -> Iterator[tuple[str, list[list[str]]]]:
    path = folder / "tables.xlsx"
    if path.is_file():
        book = load_workbook(BytesIO(path.read_bytes()), read_only=True)
        for sheet in book.worksheets:
            if sheet.title.lower() == table:
                yield (
                    "XLSX",
                    [
                        [str(cell) if cell is not None else "" for cell in row]
                        for row in sheet.iter_rows(values_only=True)
                    ],
                )
    path = folder / "thesis.docx"
    if path.is_file():
        whole = Document(str(path))
        captions = [one.text for one in whole.paragraphs]
        if any(caption.lower().startswith(f"{table}.") or f" {table}." in caption.lower() for caption in captions):
            for one in whole.tables:
                yield "DOCX", [[cell.text for cell in row.cells] for row in one.rows]


def _words(cell: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", cell)).strip()


def _untexed(cell: str) -> str:
    return re.sub(r"\\[a-z]+\{?|[{}\\]", "", cell).strip()


def quartiles_are_answers(folder: Path) -> bool:
    """Whether the page says so."""
    return "Les quartiles sont des réponses données" in (folder / "index.md").read_text(encoding="utf-8")


def analysed(folder: Path) -> int | None:
    """How many people the page says that it analyses."""
    page = (folder / "index.md").read_text(encoding="utf-8")
    found = re.search(r"^n: (\d+)$", page, re.MULTILINE)
    return int(found[1]) if found else None
