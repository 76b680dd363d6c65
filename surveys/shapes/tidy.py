"""Divan's own shape: columns named by item id, choices by choice id joined by ``;``; what ``divan export`` writes."""

from __future__ import annotations

from pathlib import Path

from divan.sources.problem import Problem
from surveys.questionnaire import Questionnaire
from surveys.responses import unescaped
from surveys.shapes.exported_table import ExportedTable, records


def recognises(text: str, header: tuple[str, ...], questionnaire: Questionnaire) -> bool:
    """True when most item ids name a column."""
    named = {item.id for item in questionnaire.items} & {cell.strip() for cell in header}
    return 2 * len(named) > len(questionnaire.items)


def read(path: Path, text: str, separator: str, questionnaire: Questionnaire) -> tuple[ExportedTable, list[Problem]]:
    """The table, and the faults of its rows; the apostrophe before a would-be formula is taken off."""
    header, rows, problems = records(path, text, separator)
    plain = tuple((number, tuple(map(unescaped, cells))) for number, cells in rows)
    return ExportedTable("CSV de Divan", ";", header, plain), problems
