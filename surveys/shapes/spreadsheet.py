"""A spreadsheet export: quotes only where needed, ``26/03/2023 20:03:10``, choices joined by ``, ``."""

from __future__ import annotations

from pathlib import Path

from divan.sources.problem import Problem
from surveys.questionnaire import Questionnaire
from surveys.shapes.exported_table import ExportedTable, records, resaved


def recognises(text: str, header: tuple[str, ...], questionnaire: Questionnaire) -> bool:
    """Always: any table whose headers are questions can be read this way."""
    return True


def read(path: Path, text: str, separator: str, questionnaire: Questionnaire) -> tuple[ExportedTable, list[Problem]]:
    """The table, and the faults of its rows."""
    header, rows, problems = records(path, text, separator, questionnaire.heading_rows)
    return ExportedTable("export d'un tableur", ", ", header, tuple(rows), resaved(separator)), problems
