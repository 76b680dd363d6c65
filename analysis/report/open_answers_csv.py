"""The two files of free answers as CSV: read with the columns that they must have, written as they are kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from divan.sources.known import Known
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.utf8_text import read_text
from surveys.responses import escaped

EXCUSED = "excused"
MOST_KEPT = 100_000  # cells: most are alike


def read_answers_csv(path: Path, fields: tuple[str, ...], shown: str) -> list[dict[str, str]]:
    """A row an answer, with these columns and ``excused``, empty where the file has none; raises ProblemsFound."""
    lines = csv.reader(io.StringIO(read_text(path, shown), newline=""))
    try:
        head = next(lines, [])
        missing = [name for name in fields if name not in head and name != EXCUSED]
        if missing:
            raise ProblemsFound([Problem(shown, 1, f"il manque la colonne {', '.join(missing)}", "remettez-la")])
        places = [(name, head.index(name) if name in head else len(head)) for name in (*fields, EXCUSED)]
        return [{name: _plain(line[place]) if place < len(line) else "" for name, place in places}
                for line in lines if line]  # fmt: skip
    except csv.Error:
        raise ProblemsFound([Problem(shown, None, "ce fichier n'est pas un CSV", "réenregistrez-le")]) from None


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and escaped(cell[1:]) != cell[1:] else cell


def answers_csv(fields: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> str:
    """The CSV of these rows, where no spreadsheet runs a cell."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(fields)
    safe = Known(escaped, MOST_KEPT)
    lines.writerows([safe[row[name]] for name in fields] for row in rows)
    return text.getvalue()
