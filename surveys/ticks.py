"""Choices ticked over several columns: which column is which choice, and the one answer that they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from divan.sources.reader_text import fold
from surveys.decoding import UnknownAnswer, is_missing
from surveys.questionnaire import Choice, Item, ItemType, Questionnaire

TICKED = {"1", "x", "y", "yes", "oui", "o", "true", "vrai", "on", "checked", "coche", "selected"}
NOT_TICKED = {"0", "n", "no", "non", "false", "faux", "off", "unchecked", "not selected", "non coche"}

Ticks = Mapping[str, tuple[tuple[Choice, int], ...]]


def tick_columns(questionnaire: Questionnaire, header: Sequence[str]) -> Ticks:
    """For each question ticked over columns, its choices with their positions in ``header``.

    A choice's column bears one of the choice's own headers, or ``question [choice]``.
    """
    named = {fold(name): place for place, name in reversed([*enumerate(header)])}
    found: dict[str, tuple[tuple[Choice, int], ...]] = {}
    for item in questionnaire.items:
        if item.type is not ItemType.SEVERAL:
            continue
        places = ((choice, _place(item, choice, named)) for choice in item.choices)
        columns = tuple((choice, place) for choice, place in places if place is not None)
        if columns:
            found[item.id] = columns
    return found


def _place(item: Item, choice: Choice, named: Mapping[str, int]) -> int | None:
    return next((named[name] for name in map(fold, _names(item, choice)) if name in named), None)


def _names(item: Item, choice: Choice) -> Iterator[str]:
    yield from choice.headers
    for question in (item.id, item.text, *item.headers):
        yield from (f"{question} [{part}]" for part in (choice.id, choice.label, *choice.aliases))


def decode_ticks(item: Item, cells: Sequence[tuple[Choice, str]]) -> dict[str, str]:
    """The tidy cells of one answer. A cell that holds the choice's own label, or a yes, ticks it; blank ticks nothing.

    When every column says no, the answer is the choice declared ``unticked``, if there is one. Raises UnknownAnswer
    when a cell is neither.
    """
    given: list[str] = []
    typed = ""
    denied: list[bool] = []
    for choice, cell in cells:
        said = fold(cell)
        denied += [] if choice.other else [said in NOT_TICKED]
        if not said or (item.missing and is_missing(item, cell)) or said in NOT_TICKED:
            continue
        if said in TICKED or said in {fold(name) for name in (choice.id, choice.label, *choice.aliases)}:
            given.append(choice.id)
        elif choice.other:
            given.append(choice.id)
            typed = cell.strip()
        else:
            raise UnknownAnswer(f"dans la colonne de « {choice.label} », ce libellé, oui, non ou rien est attendu")
    if not given and denied and all(denied):
        given = [choice.id for choice in item.choices if choice.unticked]
    answer = ";".join(choice.id for choice in item.choices if choice.id in given)
    return {item.id: answer, f"{item.id}_other": typed} if item.other else {item.id: answer}
