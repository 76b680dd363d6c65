"""Choices ticked over several columns: the one answer that they make."""

from __future__ import annotations

from collections.abc import Sequence

from divan.sources.reader_text import fold
from surveys.column_names import choice_names
from surveys.decoding import UnknownAnswer, is_missing
from surveys.questionnaire import Choice, Item

TICKED = {"1", "1.0", "x", "y", "yes", "oui", "o", "true", "vrai", "on", "checked", "coche", "selected"}
NOT_TICKED = {"0", "0.0", "n", "no", "non", "false", "faux", "off", "unchecked", "not selected", "non coche"}


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
        if said in TICKED or said in set(map(fold, choice_names(choice))):
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
