"""Read every wave's answers and hold them to their questionnaire: a report is never made of what it cannot hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from divan.sources.problem import Problem, ProblemsFound, stop_if
from surveys.model import Study
from surveys.questionnaire import NUMBERS, WHOLE, Item, ItemType
from surveys.responses import Responses, Row, read_responses
from surveys.written_numbers import kept_number

AGAIN = "refaites l'import avec « divan import »"
ONE_OF = frozenset({ItemType.SINGLE, ItemType.LIKERT})


def read_answers(study: Study) -> dict[str, Responses]:
    """The answers of each wave, those that say nothing taken for none.

    Raises ProblemsFound with every fault of every wave, each on its line.
    """
    found: dict[str, Responses] = {}
    problems: list[Problem] = []
    for wave in study.waves:
        path = f"surveys/{study.id}/responses/{wave.id}.csv"
        try:
            read = read_responses(study, wave.id)
        except ProblemsFound as faults:
            problems += faults.problems
        else:
            problems += [Problem(path, *fault, AGAIN) for fault in _faults(read)]
            found[wave.id] = without_silent_answers(read)
    stop_if(problems)
    return found


def without_silent_answers(responses: Responses) -> Responses:
    """The same rows, where a choice declared ``missing`` (« Sans réponse ») is an answer not given."""
    silent = {item.id: {one.id for one in item.choices if one.missing} for item in responses.wave.questionnaire.items}
    silent = {item: choices for item, choices in silent.items() if choices}
    if not silent:
        return responses
    return Responses(responses.wave, tuple(_spoken(row, silent) for row in responses.rows))


def _spoken(row: Row, silent: Mapping[str, set[str]]) -> Row:
    said = {item: ";".join(one for one in row.get(item, "").split(";") if one not in choices)
            for item, choices in silent.items()}  # fmt: skip
    return {**row, **said}


def _faults(responses: Responses) -> Iterator[tuple[int, str]]:
    """Line and sentence of each answer that its item does not admit; free text is never looked at."""
    seen: dict[str, int] = {}
    items = responses.wave.questionnaire.items
    closed = [item for item in items if item.choices or item.type in NUMBERS | {ItemType.DATE}]
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
    if item.type in NUMBERS:
        whole = " entier" if item.type in WHOLE else ""
        fits = kept_number(item, cell) is not None
        return "" if fits else f"« {item.id} » doit être un nombre{whole} dans ses bornes"
    if item.type is ItemType.DATE:
        return "" if _is_day(cell) else f"« {item.id} » doit être un jour, comme 2026-03-14"
    known = {choice.id for choice in item.choices}
    given = [cell] if item.type in ONE_OF else cell.split(";")
    # not quoted: in a file whose columns have shifted, it may be somebody's free text
    return "" if known.issuperset(given) else f"« {item.id} » a une réponse que le questionnaire ne déclare pas"


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False
