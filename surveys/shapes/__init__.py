"""The shapes that exported answers come in; every one becomes the same plain table."""

from __future__ import annotations

from pathlib import Path

from divan.sources.problem import Problem, ProblemsFound
from divan.sources.reader_text import fold
from surveys.column_names import ColumnNames, choice_names
from surveys.model import Wave
from surveys.questionnaire import Questionnaire
from surveys.responses import unescaped
from surveys.shapes import answer_files, limesurvey
from surveys.shapes.exported_table import ExportedTable, resaved, uneven
from surveys.shapes.form_services import OURS, SPREADSHEET, own_names, service_of
from surveys.shapes.grid import Grid, read_grid
from surveys.shapes.headings import column_headings, heading_lines


def read_table(path: Path, study_id: str, wave: Wave) -> tuple[ExportedTable, list[Problem]]:
    """The table in a CSV file or a workbook, or in a folder of answer files, with what is wrong in it.

    Raises ProblemsFound when nothing at all can be read.
    """
    if path.is_dir():
        return answer_files.read(path, study_id, wave)
    if not path.is_file():
        raise ProblemsFound([Problem(str(path), None, "ce fichier n'existe pas", "vérifiez son nom et son dossier")])
    questionnaire = wave.questionnaire
    names = ColumnNames(questionnaire)
    grid, problems = read_grid(path, questionnaire.encoding, names.known, names.spelt)
    if limesurvey.recognises(grid):
        table, more = limesurvey.read(path.name, grid, questionnaire)
    else:
        table, more = _plain(path, grid, names, problems)
    return table, [*problems, *more]


def _plain(path: Path, grid: Grid, names: ColumnNames, problems: list[Problem]) -> tuple[ExportedTable, list[Problem]]:
    questionnaire, ours = names.questionnaire, own_names()
    parts = {fold(name) for item in questionnaire.items for choice in item.choices for name in choice_names(choice)}
    own = lambda cell: fold(cell) in ours  # noqa: E731
    first, last = heading_lines(
        grid.lines, names.names_an_answer, own, lambda cell: fold(cell) in parts, questionnaire.heading_rows
    )
    if not last:
        raise ProblemsFound([*problems, _no_columns(path)])
    header = column_headings([cells for _, cells in grid.lines[first:last]], names.names_an_answer, own)
    service = service_of({cell for _, cells in grid.lines[:last] for cell in cells})
    if service is SPREADSHEET and _is_tidy(header, questionnaire):
        service = OURS
    rows = tuple((n, _row(cells, len(header), service is OURS)) for n, cells in grid.lines[last:])
    faults = [fault for n, cells in rows for fault in uneven(path.name, n, len(cells), len(header))]
    notes = (*grid.notes, *(resaved(grid.separator) if service is SPREADSHEET else ()))
    return ExportedTable(service.name, service.joiner, header, rows, notes, service.stamps, service.apart), faults


def _row(cells: tuple[str, ...], width: int, ours: bool) -> tuple[str, ...]:
    """The cells under the headings: blank ones after the last heading are a spreadsheet's."""
    kept = cells if any(cell.strip() for cell in cells[width:]) else cells[:width]
    return tuple(map(unescaped, kept)) if ours else kept


def _is_tidy(header: tuple[str, ...], questionnaire: Questionnaire) -> bool:
    """True when most item ids name a column: what ``divan export`` writes."""
    named = {item.id for item in questionnaire.items} & {*header}
    return 2 * len(named) > len(questionnaire.items)


def _no_columns(path: Path) -> Problem:
    return Problem(
        path.name, 1,
        "une ligne doit porter le nom des questions, séparées par « , » ou « ; » ; aucune n'a été reconnue",
        "téléchargez à nouveau l'export complet, ou déclarez ses en-têtes dans « headers »",
    )  # fmt: skip
