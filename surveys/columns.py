"""Which column of an export holds which question, whatever its spaces, its accents and the service it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from divan.sources.problem import Problem
from divan.sources.reader_text import fold
from surveys.column_names import DATE, ColumnNames
from surveys.folding import nearest
from surveys.questionnaire import Choice, ItemType, Questionnaire
from surveys.shapes.exported_table import ExportedTable
from surveys.shapes.form_services import own_names

_IDENTIFYING = re.compile(
    r"\b(e-?mail|courriel|adresse (?:electronique|de messagerie)|nom d'utilisateur|username|ip|ipaddr(?:ess)?|refurl"
    r"|token|(?:first|last) ?name|recipient\w*|(?:pre)?nom du destinataire|deviceid|phonenumber|_submitted_by"
    r"|(?:location)? ?(?:latitude|longitude))\b"
)
_NAMES_OF_A_SERVICE = {"name", "nom", "prenom", "nom de famille"}
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_OURS = {"response", "submission"}
Ticks = Mapping[str, tuple[tuple[Choice, int], ...]]


@dataclass(frozen=True, slots=True)
class Columns:
    """Position of each tidy column in the export; ``dropped`` are the headers of columns that identify people.

    ``ticks``: the columns of each question that has one a choice; ``also``: the other columns of a question that was
    renamed while people answered, never filled on the same row; ``ranks``: the columns of each ranking that has one a
    rank, from the first.
    """

    positions: dict[str, int]
    dropped: tuple[str, ...]
    ticks: Ticks
    also: dict[str, tuple[int, ...]] = field(default_factory=dict)
    ranks: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def cell(self, column: str, cells: tuple[str, ...]) -> str:
        """The text of this tidy column on one row of the export; empty when it has no column."""
        places = (*([self.positions[column]] if column in self.positions else []), *self.also.get(column, ()))
        return next((cells[place] for place in places if place < len(cells) and cells[place].strip()), "")


def match_columns(table: ExportedTable, questionnaire: Questionnaire, path: str) -> tuple[Columns, list[Problem]]:
    """Match every heading with a question, and say which are missing, unknown or given twice."""
    names = ColumnNames(questionnaire)
    ignored = {fold(name) for name in questionnaire.ignored_headers} | _OURS | own_names()
    stamp = _stamp(table)
    positions: dict[str, int] = {} if stamp is None else {DATE: stamp}
    ticks: dict[str, list[tuple[Choice, int]]] = {}
    also: dict[str, list[int]] = {}
    ranks: dict[str, dict[int, int]] = {}
    dropped: list[str] = []
    unknown: list[int] = []
    for place, heading in enumerate(table.header):
        claims, part = names.claims(heading), names.part(heading)
        free = [column for column in claims if column not in positions]
        again = next((one for one in claims if one != DATE and _never_with(table, positions.get(one), place)), None)
        if place == stamp:
            continue
        if part:
            ticks.setdefault(part[0].id, []).append((part[1], place))
        elif not claims and _identifies(table, place):
            dropped.append(heading.strip())
        elif free:
            positions[free[0]] = place
        elif (ranked := names.rank(heading)) and ranked[1] not in ranks.get(ranked[0].id, {}):
            ranks.setdefault(ranked[0].id, {})[ranked[1]] = place
        elif again:
            also.setdefault(again, []).append(place)
        elif fold(heading) not in ignored and (heading.strip() or _filled(table, place)):
            unknown.append(place)
    for name in [name for name, found in ticks.items() if name in positions and all(one.other for one, _ in found)]:
        positions[f"{name}_other"] = ticks.pop(name)[0][1]  # beside a cell of choices, it is the text of « other »
    columns = Columns(
        positions,
        tuple(dropped),
        {name: tuple(found) for name, found in ticks.items()},
        {name: tuple(found) for name, found in also.items()},
        {name: tuple(found[rank] for rank in sorted(found)) for name, found in ranks.items()},
    )
    headings = [table.header[place] for place in unknown]
    return columns, [*_problems(path, names, columns, headings), *_incomplete(path, questionnaire, columns.ticks)]


def _stamp(table: ExportedTable) -> int | None:
    """The column of the date that the service itself writes, when it is known."""
    header = [fold(name) for name in table.header]
    return next((header.index(fold(name)) for name in table.stamps if fold(name) in header), None)


def _never_with(table: ExportedTable, place: int | None, other: int) -> bool:
    """True when no row fills both columns: a question renamed while people answered."""
    return place is not None and not any(
        max(place, other) < len(cells) and cells[place].strip() and cells[other].strip() for _, cells in table.rows
    )


def _incomplete(path: str, questionnaire: Questionnaire, ticks: Ticks) -> Iterator[Problem]:
    """Each choice of a question ticked over columns has its own; but for the one that means « none »."""
    for name, columns in ticks.items():
        item, found = questionnaire.item(name), {choice.id for choice, _ in columns}
        for choice in item.choices:
            if choice.id not in found and not choice.unticked and not choice.other:
                message = f"il manque la colonne du choix « {choice.label} » de « {name} »"
                yield Problem(path, 1, message, "reprenez l'export complet, ou ajoutez son en-tête à ses « headers »")


def _identifies(table: ExportedTable, position: int) -> bool:
    heading = fold(table.header[position])
    if _IDENTIFYING.search(heading):
        return True
    if heading in _NAMES_OF_A_SERVICE and table.stamps:
        return _filled(table, position)
    cells = [cells[position].strip() for _, cells in table.rows if len(cells) > position and cells[position].strip()]
    return bool(cells) and 2 * sum(bool(EMAIL.fullmatch(cell)) for cell in cells) > len(cells)


def _filled(table: ExportedTable, position: int) -> bool:
    return any(len(cells) > position and cells[position].strip() for _, cells in table.rows)


def _problems(path: str, names: ColumnNames, columns: Columns, unknown: list[str]) -> Iterator[Problem]:
    questionnaire = names.questionnaire
    pending = {header.strip(): header for header in unknown}
    for item in questionnaire.items:
        found = (columns.positions, columns.ticks, columns.ranks)
        if any(item.id in places for places in found) or item.formula or item.type is ItemType.ORDER:
            continue
        near = nearest(item.headers[0] if item.headers else item.text, pending)
        if near is None:
            yield Problem(path, 1, f"il manque la colonne de la question « {item.id} » ({item.text})",
                          "reprenez l'export complet, ou ajoutez son en-tête à « headers »")  # fmt: skip
        else:
            del pending[near]
            yield Problem(path, 1, f"il manque la colonne de la question « {item.id} » ; « {near} » lui ressemble",
                          f"si c'est elle, ajoutez cet en-tête à « headers » de « {item.id} »")  # fmt: skip
    for header in pending:
        if names.claims(header):
            yield Problem(
                path, 1, f"la colonne « {header} » est donnée deux fois", "gardez celle qui porte les réponses"
            )
        else:
            yield Problem(path, 1, f"la colonne « {header or '(sans nom)'} » n'est pas une question",
                          "ajoutez-la à « headers » de sa question, ou à « ignore » sous « import »")  # fmt: skip
