"""The shapes that exported answers come in, one module each; every one becomes the same plain table."""

from __future__ import annotations

from pathlib import Path

from divan.sources.problem import Problem, ProblemsFound
from surveys.model import Wave
from surveys.shapes import answer_files, form_service, limesurvey, spreadsheet, tidy
from surveys.shapes.exported_table import ExportedTable, decoded, first_record, separators

#: The most particular first; ``spreadsheet`` takes any table whose headers are known.
_CSV_SHAPES = (limesurvey, form_service, tidy, spreadsheet)


def read_table(path: Path, study_id: str, wave: Wave) -> tuple[ExportedTable, list[Problem]]:
    """The table in a CSV file, or in a folder of answer files, with what is wrong in it.

    Raises ProblemsFound when nothing at all can be read.
    """
    if path.is_dir():
        return answer_files.read(path, study_id, wave)
    if not path.is_file():
        raise ProblemsFound([Problem(str(path), None, "ce fichier n'existe pas", "vérifiez son nom et son dossier")])
    questionnaire = wave.questionnaire
    text, problems = decoded(path, questionnaire.encoding)
    separator = separators(text, questionnaire)
    if separator is None:
        raise ProblemsFound([*problems, _no_columns(path)])
    header = first_record(text, separator)
    shape = next(shape for shape in _CSV_SHAPES if shape.recognises(text, header, questionnaire))
    table, more = shape.read(path, text, separator, questionnaire)
    return table, [*problems, *more]


def _no_columns(path: Path) -> Problem:
    return Problem(
        path.name, 1,
        "la première ligne doit porter le nom des questions, séparées par « , » ou « ; » ; aucune n'a été reconnue",
        "téléchargez à nouveau l'export complet, ou déclarez ses en-têtes dans « headers »",
    )  # fmt: skip
