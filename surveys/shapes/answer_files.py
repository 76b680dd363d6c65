"""A folder of answer files: what the form makes when there is no server, one JSON file a respondent.

``{"divan": 1, "study": …, "wave": …, "digest": …, "submission": …, "date": …, "answers": {item: [text, …]}}``.
Anyone can write one by hand, so each is checked as the collector would. The same submission sent twice counts once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sources.problem import Problem
from surveys.model import Questionnaire, Wave
from surveys.shapes.table import Table
from surveys.validation import validate

_LARGEST = 200_000
_REMEDY = "retirez ce fichier du dossier"


def read(folder: Path, study_id: str, wave: Wave) -> tuple[Table, list[Problem]]:
    """One row a file, in the order of their names, and the faults of those that are not answers of this wave."""
    columns = wave.questionnaire.columns
    problems: list[Problem] = []
    rows: dict[str, tuple[int, tuple[str, ...]]] = {}
    repeated = older = 0
    for number, path in enumerate(sorted(folder.glob("*.json")), 1):
        try:
            answer = _answer(path, study_id, wave.id, wave.questionnaire)
        except ValueError as error:
            problems.append(Problem(path.name, None, str(error), _REMEDY))
            continue
        repeated += answer["submission"] in rows
        older += answer["digest"] != wave.questionnaire.digest
        outcome = validate(wave.questionnaire, answer["answers"])
        for fault in outcome.faults:
            problems.append(Problem(path.name, None, f"question « {fault.item} » : {fault.sentence}", _REMEDY))
        cells = (answer["date"], *(outcome.answers.get(name, "") for name in columns))
        rows.setdefault(answer["submission"], (number, cells))
    notes = tuple(_notes(repeated, older))
    return Table("dossier de fichiers de réponses", ";", ("date", *columns), tuple(rows.values()), notes), problems


def _answer(path: Path, study_id: str, wave_id: str, questionnaire: Questionnaire) -> dict[str, Any]:
    if path.stat().st_size > _LARGEST:
        raise ValueError("ce fichier est trop gros pour être une réponse")
    try:
        answer = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise ValueError("ce fichier n'est pas une réponse lisible (JSON en UTF-8)") from None
    if not isinstance(answer, dict) or not _texts([answer.get(key) for key in ("submission", "date", "digest")]):
        raise ValueError("ce fichier n'est pas une réponse")
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


def _notes(repeated: int, older: int) -> Iterator[str]:
    if repeated:
        yield f"{repeated} fichier(s) envoyé(s) deux fois, compté(s) une"
    if older:
        yield f"{older} fichier(s) fait(s) avec une autre version du questionnaire"
