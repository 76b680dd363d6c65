"""Read every wave's answers and hold them to their questionnaire: a report is never made of what it cannot hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from divan.sources.problem import Problem, ProblemsFound, stop_if
from surveys.model import Study
from surveys.questionnaire import Item, ItemType
from surveys.responses import Responses, read_responses

AGAIN = "refaites l'import avec « divan import »"
ONE_OF = frozenset({ItemType.SINGLE, ItemType.LIKERT})
WHOLE = frozenset({ItemType.INTEGER, ItemType.SCALE})


def read_answers(study: Study) -> dict[str, Responses]:
    """The answers of each wave. Raises ProblemsFound with every fault of every wave, each on its line."""
    found: dict[str, Responses] = {}
    problems: list[Problem] = []
    for wave in study.waves:
        path = f"surveys/{study.id}/responses/{wave.id}.csv"
        try:
            found[wave.id] = read_responses(study, wave.id)
        except ProblemsFound as faults:
            problems += faults.problems
        else:
            problems += [Problem(path, *fault, AGAIN) for fault in _faults(found[wave.id])]
    stop_if(problems)
    return found


def _faults(responses: Responses) -> Iterator[tuple[int, str]]:
    """Line and sentence of each answer that its item does not admit; free text is never looked at."""
    seen: dict[str, int] = {}
    closed = [item for item in responses.wave.questionnaire.items if item.choices or item.type in WHOLE]
    for line, row in enumerate(responses.rows, start=2):
        if row["response"] in seen:
            yield line, f"« {row['response']} » est déjà la réponse de la ligne {seen[row['response']]}"
        seen.setdefault(row["response"], line)
        if row["date"] and not _is_day(row["date"]):
            yield line, "la date doit s'écrire 2026-03-14"
    for item in closed:
        # each different answer is looked at once, however many gave it
        said = {cell: _fault(item, cell) for cell in {row.get(item.id, "") for row in responses.rows} if cell}
        if any(said.values()):
            lines = ((line, said.get(row.get(item.id, ""))) for line, row in enumerate(responses.rows, start=2))
            yield from ((line, fault) for line, fault in lines if fault)


def _fault(item: Item, cell: str) -> str:
    if item.type in WHOLE:
        return "" if _fits(item, cell) else f"« {item.id} » doit être un nombre entier dans ses bornes"
    known = {choice.id for choice in item.choices}
    given = [cell] if item.type in ONE_OF else cell.split(";")
    # not quoted: in a file whose columns have shifted, it may be somebody's free text
    return "" if known.issuperset(given) else f"« {item.id} » a une réponse que le questionnaire ne déclare pas"


def _fits(item: Item, cell: str) -> bool:
    if not cell.removeprefix("-").isdecimal():
        return False
    value = int(cell)
    return (item.minimum is None or value >= item.minimum) and (item.maximum is None or value <= item.maximum)


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False
