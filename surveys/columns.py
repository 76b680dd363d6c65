"""Which column of an export holds which question: by id, text or declared header, whatever its spaces and accents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from divan.sources.problem import Problem
from divan.sources.reader_text import fold
from surveys.folding import nearest
from surveys.questionnaire import Questionnaire
from surveys.shapes.exported_table import ExportedTable
from surveys.ticks import Ticks, tick_columns

DATE = "date"

_DATE_NAMES = ("date", "horodateur", "timestamp", "horodatage", "submitdate")
_IDENTIFYING = re.compile(
    r"\b(e-?mail|courriel|adresse electronique|nom d'utilisateur|username|ip|ipaddr|refurl|token|firstname|lastname)\b"
)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_OURS = {"response", "submission"}


@dataclass(frozen=True, slots=True)
class Columns:
    """Position of each tidy column in the export; ``dropped`` are the headers of columns that identify people.

    ``ticks``: the columns of each question that has one a choice.
    """

    positions: dict[str, int]
    dropped: tuple[str, ...]
    ticks: Ticks


def match_columns(table: ExportedTable, questionnaire: Questionnaire, path: str) -> tuple[Columns, list[Problem]]:
    """Match every header with a question, and say which are missing, unknown or given twice."""
    wanted = _wanted(questionnaire)
    ticks = tick_columns(questionnaire, table.header)
    ticked = {place for columns in ticks.values() for _, place in columns}
    ignored = {fold(name) for name in questionnaire.ignored_headers} | _OURS
    positions: dict[str, int] = {}
    dropped: list[str] = []
    unknown: list[str] = []
    for position, header in enumerate(table.header):
        if position in ticked:
            continue
        claims = [column for column, names in wanted.items() if fold(header) in names]
        free = [column for column in claims if column not in positions]
        if not claims and _identifies(table, position):
            dropped.append(header.strip())
        elif free:
            positions[free[0]] = position
        elif fold(header) not in ignored and (header.strip() or _filled(table, position)):
            unknown.append(header)
    missing = [item.id for item in questionnaire.items if item.id not in positions and item.id not in ticks]
    problems = [*_problems(path, questionnaire, wanted, missing, unknown), *_incomplete(path, questionnaire, ticks)]
    return Columns(positions, tuple(dropped), ticks), problems


def _wanted(questionnaire: Questionnaire) -> dict[str, set[str]]:
    names = {DATE: {fold(name) for name in (*_DATE_NAMES, *questionnaire.date_headers)}}
    for item in questionnaire.items:
        names[item.id] = {fold(name) for name in (item.id, item.text, item.fallback, *item.headers) if name}
        if item.other:
            names[f"{item.id}_other"] = {fold(f"{item.id}_other")}
    return names


def _incomplete(path: str, questionnaire: Questionnaire, ticks: Ticks) -> Iterator[Problem]:
    """Each choice of a question ticked over columns has its own; but for the one that means « none »."""
    for name, columns in ticks.items():
        item, found = questionnaire.item(name), {choice.id for choice, _ in columns}
        for choice in item.choices:
            if choice.id not in found and not choice.unticked and not choice.other:
                message = f"il manque la colonne du choix « {choice.label} » de « {name} »"
                yield Problem(path, 1, message, "reprenez l'export complet, ou ajoutez son en-tête à ses « headers »")


def _identifies(table: ExportedTable, position: int) -> bool:
    if _IDENTIFYING.search(fold(table.header[position])):
        return True
    cells = [cells[position].strip() for _, cells in table.rows if len(cells) > position and cells[position].strip()]
    return bool(cells) and 2 * sum(bool(EMAIL.fullmatch(cell)) for cell in cells) > len(cells)


def _filled(table: ExportedTable, position: int) -> bool:
    return any(len(cells) > position and cells[position].strip() for _, cells in table.rows)


def _problems(
    path: str, questionnaire: Questionnaire, wanted: dict[str, set[str]], missing: list[str], unknown: list[str]
) -> Iterator[Problem]:
    pending = {header.strip(): header for header in unknown}
    for name in missing:
        item = questionnaire.item(name)
        near = nearest(item.headers[0] if item.headers else item.text, pending)
        if near is None:
            yield Problem(path, 1, f"il manque la colonne de la question « {name} » ({item.text})",
                          "reprenez l'export complet, ou ajoutez son en-tête à « headers »")  # fmt: skip
        else:
            del pending[near]
            yield Problem(path, 1, f"il manque la colonne de la question « {name} » ; « {near} » lui ressemble",
                          f"si c'est elle, ajoutez cet en-tête à « headers » de « {name} »")  # fmt: skip
    for header in pending:
        if any(fold(header) in names for names in wanted.values()):
            yield Problem(
                path, 1, f"la colonne « {header} » est donnée deux fois", "gardez celle qui porte les réponses"
            )
        else:
            yield Problem(path, 1, f"la colonne « {header or '(sans nom)'} » n'est pas une question",
                          "ajoutez-la à « headers » de sa question, ou à « ignore » sous « import »")  # fmt: skip
