"""A folder of answer files: what the form makes when there is no server, one JSON file a respondent.

``{"divan": 1, "study": …, "wave": …, "digest": …, "submission": …, "date": …, "answers": {item: [text, …]}}``.
Anyone can write one by hand, so each is checked as the collector would. The same submission sent twice counts once;
sent with other answers, it is named, for a moderator to choose.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from divan.sources.problem import Problem, ProblemsFound
from surveys.days import day_of
from surveys.model import Wave
from surveys.questionnaire import Questionnaire
from surveys.shapes.exported_table import ExportedTable
from surveys.validation import validate

_LARGEST = 200_000
_REMEDY = "retirez ce fichier du dossier"


def read(folder: Path, study_id: str, wave: Wave) -> tuple[ExportedTable, list[Problem]]:
    """One row a file, in the order of their names, and the faults of those that are not answers of this wave."""
    columns = wave.questionnaire.columns
    files = sorted(path for path in folder.iterdir() if path.suffix.casefold() == ".json")
    if not files:
        message = "ce dossier n'a pas de fichier de réponse (« .json »)"
        raise ProblemsFound([Problem(folder.name, None, message, "donnez le dossier où vous les avez mis, ou un CSV")])
    problems: list[Problem] = []
    rows: dict[str, tuple[int, tuple[str, ...]]] = {}
    notes: list[str] = []
    repeated = older = 0
    for number, path in enumerate(files, 1):
        try:
            answer = _answer(path, study_id, wave.id, wave.questionnaire)
        except ValueError as error:
            problems.append(Problem(path.name, None, str(error), _REMEDY))
            continue
        older += answer["digest"] != wave.questionnaire.digest
        outcome = validate(wave.questionnaire, answer["answers"])
        for fault in outcome.faults:
            problems.append(Problem(path.name, None, f"question « {fault.item} » : {fault.sentence}", _REMEDY))
        cells = (answer["date"], *(outcome.answers.get(name, "") for name in columns))
        first, kept = rows.setdefault(answer["submission"], (number, cells))
        repeated += first != number and kept[1:] == cells[1:]
        if kept[1:] != cells[1:]:
            notes.append(
                f"{path.name} : même envoi que {files[first - 1].name}, avec d'autres réponses ; laissé de côté"
            )
    notes += _notes(repeated, older, sum(1 for _ in folder.iterdir()) - len(files))
    shape = "dossier de fichiers de réponses"
    return ExportedTable(shape, ";", ("date", *columns), tuple(rows.values()), tuple(notes)), problems


def _answer(path: Path, study_id: str, wave_id: str, questionnaire: Questionnaire) -> dict[str, Any]:
    if path.stat().st_size > _LARGEST:
        raise ValueError("ce fichier est trop gros pour être une réponse")
    try:
        answer = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise ValueError("ce fichier n'est pas une réponse lisible (JSON en UTF-8)") from None
    if not isinstance(answer, dict) or not _texts([answer.get(key) for key in ("submission", "date", "digest")]):
        raise ValueError("ce fichier n'est pas une réponse")
    if day_of(answer["date"]) is None:
        raise ValueError("l'horodatage de ce fichier ne se lit pas")
    answers = answer.get("answers")
    if not isinstance(answers, dict) or not all(map(_texts, answers.values())):
        raise ValueError("ce fichier n'a pas la forme d'une réponse")
    if (answer.get("study"), answer.get("wave")) != (study_id, wave_id):
        raise ValueError("cette réponse est celle d'une autre étude ou d'une autre vague")
    if set(answers) - set(questionnaire.columns):
        raise ValueError("cette réponse porte des questions que le questionnaire ne pose pas")
    return answer


def _texts(given: Any) -> bool:
    return isinstance(given, list) and all(isinstance(text, str) for text in given)


def _notes(repeated: int, older: int, others: int) -> Iterator[str]:
    if repeated:
        yield f"{repeated} fichier(s) envoyé(s) deux fois, compté(s) une"
    if older:
        yield f"{older} fichier(s) fait(s) avec une autre version du questionnaire"
    if others:
        yield f"{others} fichier(s) ou dossier(s) sans « .json » à la fin de leur nom, laissé(s) de côté"
