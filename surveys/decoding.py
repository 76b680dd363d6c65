"""Turn the cell of an export into a tidy answer: labels and aliases into choice ids, degrees into scores."""

from __future__ import annotations

from divan.sources.reader_text import fold
from surveys.days import day_of, expected_day
from surveys.questionnaire import CLOSED, FREE, NUMBERS, Item, ItemType
from surveys.written_numbers import expected_number, kept_number

_YES = {"1", "true", "vrai", "oui", "o", "yes", "y", "on", "x"}
_NO = {"", "0", "false", "faux", "non", "no", "n"}


class UnknownAnswer(ValueError):
    """A cell that the question does not admit; the message says what the question expects, never what was found."""


def decode(item: Item, cell: str, joiner: str, typed: str = "", american: bool = False) -> dict[str, str]:
    """The tidy cells of one answer, by column. ``typed`` is the text of a separate « other » column.

    ``american``: dates of the export can only be read month first.

    Raises UnknownAnswer when a closed question has no such answer, or a number is out of its bounds.
    """
    text = _clean(cell)
    if text and item.missing and is_missing(item, text):
        return dict.fromkeys(item.columns, "")
    if item.type in CLOSED:
        return _closed(item, text, joiner, _clean(typed))
    if item.type in NUMBERS:
        return {item.id: _number(item, text)}
    if item.type is ItemType.DATE:
        return {item.id: _day(item, text, american)}
    if item.type is ItemType.CONSENT:
        return {item.id: _consent(item, text)}
    return {item.id: text if item.type in FREE else text.removeprefix("'")}


def _clean(cell: str) -> str:
    text = cell.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip().strip("\ufeff\u200e\u200f")


def _closed(item: Item, text: str, joiner: str, typed: str) -> dict[str, str]:
    given, rest = _several(item, text, joiner) if item.type is ItemType.SEVERAL else _one(item, text)
    other = item.other
    if other is None:
        if rest:
            raise UnknownAnswer("ce n'est pas une des réponses déclarées")
        return {item.id: _ordered(item, given)}
    words = [*rest, *([typed] if typed else [])]
    if words and other.id not in given:
        given = [*given, other.id]
    return {item.id: _ordered(item, given), f"{item.id}_other": joiner.join(words).strip()}


def _names(item: Item) -> dict[str, str]:
    return {fold(name): choice.id for choice in item.choices for name in (choice.id, choice.label, *choice.aliases)}


def _one(item: Item, text: str) -> tuple[list[str], list[str]]:
    if not text:
        return [], []
    found = _names(item).get(fold(text))
    return ([found], []) if found else ([], [text])


def _several(item: Item, text: str, joiner: str) -> tuple[list[str], list[str]]:
    """Ids of the choices ticked, and what is none of them. A label may hold the joiner, so the longest wins."""
    names = _names(item)
    parts = text.split(joiner) if joiner in text else text.split(joiner.strip())
    parts = [part for part in parts if part.strip()]
    given: list[str] = []
    rest: list[str] = []
    start = 0
    while start < len(parts):
        for end in range(len(parts), start, -1):
            found = names.get(fold(joiner.join(parts[start:end])))
            if found:
                given.append(found)
                start = end
                break
        else:
            rest.append(parts[start])
            start += 1
    return given, rest


def _ordered(item: Item, given: list[str]) -> str:
    return ";".join(choice.id for choice in item.choices if choice.id in given)


def is_missing(item: Item, cell: str) -> bool:
    """True when a cell is what this export writes for « not answered »."""
    return fold(cell) in {fold(code) for code in item.missing}


def _number(item: Item, text: str) -> str:
    if not text:
        return ""
    kept = kept_number(item, text)
    if kept is None:
        raise UnknownAnswer(f"{expected_number(item)} est attendu")
    return kept


def _day(item: Item, text: str, american: bool) -> str:
    if not text:
        return ""
    day = day_of(text, american)
    if day is None or not item.admits(day):
        raise UnknownAnswer(f"{expected_day(item)}, est attendu")
    return day.isoformat()


def _consent(item: Item, text: str) -> str:
    if fold(text) in _NO:
        return ""
    if fold(text) in _YES or fold(text) in (fold(item.text), fold(item.version)):
        return item.version
    raise UnknownAnswer("« oui » ou rien est attendu")
