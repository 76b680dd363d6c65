"""Tidy responses: ``responses/<wave>.csv``, one row a respondent, one column an item, text only.

Columns: ``response`` (``before-0001``), ``date`` (the day), ``admission`` where a study asks for tokens (``token`` or
``code``), then those of the questionnaire. A single choice is
its id, several are ids joined by ``;``, a Likert answer its score, an empty cell a missing answer. A text that a
spreadsheet would run as a formula is written with an apostrophe before it, which is taken off again when read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from divan.sources.problem import FaultKind, Problem, ProblemsFound
from divan.sources.writing import write_beside
from surveys.model import Study, Wave

_FAULT = FaultKind("V01")

Row = Mapping[str, str]
ADMISSION = "admission"

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_AGAIN = "mettez ce fichier de côté, puis refaites « divan import » ou « divan export »"


@dataclass(frozen=True, slots=True)
class Responses:
    """What a wave received. Each row has every column; ``before-0001`` identifies it in messages, never a person."""

    wave: Wave
    rows: tuple[Row, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """``response``, ``date``, how it was admitted where that is asked, then the questionnaire's columns."""
        admission = (ADMISSION,) if self.wave.by_token else ()
        return ("response", "date", *admission, *self.wave.questionnaire.columns)


def by_origin(responses: Responses) -> tuple[Responses, Responses]:
    """The answers that were imported (``before-0001``), and those that the collector received (``before-c0001``)."""
    mark = f"{responses.wave.id}-c"
    received = tuple(row for row in responses.rows if row["response"].startswith(mark))
    imported = tuple(row for row in responses.rows if not row["response"].startswith(mark))
    return Responses(responses.wave, imported), Responses(responses.wave, received)


def responses_path(study: Study, wave_id: str) -> Path:
    """Where the tidy answers of a wave are."""
    return study.folder / "responses" / f"{wave_id}.csv"


def read_responses(study: Study, wave_id: str) -> Responses:
    """The answers of a wave; no row when nothing has come in yet.

    Raises ProblemsFound when the file cannot be read, or its columns are not those of the questionnaire.
    """
    wave = study.wave(wave_id)
    path = responses_path(study, wave_id)
    if not path.is_file():
        return Responses(wave, ())
    shown = f"surveys/{study.id}/responses/{path.name}"
    try:
        return parse_responses(wave, path.read_text(encoding="utf-8"), shown)
    except UnicodeDecodeError:
        raise ProblemsFound([_FAULT(shown, None, "les réponses doivent être du texte en UTF-8", _AGAIN)]) from None


def parse_responses(wave: Wave, text: str, path: str) -> Responses:
    """The answers in the tidy CSV ``text``; ``path`` only serves to say where a fault is."""
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    expected = Responses(wave, ()).columns
    try:
        found = tuple(next(lines, ()))
        if found == tuple(name for name in expected if name != ADMISSION):
            expected = found  # answers that were imported, or came before codes were asked for
        elif found != expected:
            raise ProblemsFound([_wrong_columns(path, found, expected)])
        read = _Cells()
        short = [""] * len(expected)  # what a line that stops early lacks
        rows = tuple(dict(zip(expected, map(read.__getitem__, line + short), strict=False)) for line in lines if line)
    except csv.Error:
        raise ProblemsFound([_FAULT(path, lines.line_num, "ce fichier n'est pas un CSV lisible", _AGAIN)]) from None
    blank = {ADMISSION: ""} if wave.by_token and ADMISSION not in expected else {}
    return Responses(wave, tuple({**row, **blank} for row in rows) if blank else rows)


class _Cells(dict[str, str]):
    """The text of each cell, made and kept once: among 100,000 answers nearly all are alike."""

    def __missing__(self, cell: str) -> str:
        text = self[cell] = unescaped(cell)
        return text


def write_responses(study: Study, responses: Responses) -> Path:
    """Write the answers of a wave in place of the former ones, all or nothing; returns the file."""
    path = responses_path(study, responses.wave.id)
    write_beside(path, tidy_csv(responses))
    return path


def tidy_csv(responses: Responses) -> str:
    """The tidy CSV of these answers, ready to be written."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(responses.columns)
    lines.writerows(tidy_cells(responses.columns, responses.rows))
    return text.getvalue()


def tidy_cells(columns: Iterable[str], rows: Iterable[Row]) -> Iterable[list[str]]:
    """Each row's cells in the order of ``columns``, with what a spreadsheet would run made harmless."""
    names = tuple(columns)
    return ([escaped(row.get(name, "")) for name in names] for row in rows)


def escaped(cell: str) -> str:
    """``cell`` as text for any spreadsheet: ``=1+1`` becomes ``'=1+1``; plain numbers stay."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unescaped(cell: str) -> str:
    """The text that ``escaped`` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _wrong_columns(path: str, found: tuple[str, ...], expected: tuple[str, ...]) -> Problem:
    missing = [name for name in expected if name not in found]
    surplus = [name for name in found if name not in expected]
    said = [f"il manque {', '.join(missing)}"] if missing else []
    said += [f"{len(surplus)} colonne(s) en trop"] if surplus else []
    detail = " et ".join(said) or "elles ne sont pas dans l'ordre"
    message = f"les colonnes doivent être celles du questionnaire, {detail}"
    return _FAULT(path, 1, message, _AGAIN)
