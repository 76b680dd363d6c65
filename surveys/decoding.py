"""Turn the cell of an export into a tidy answer: labels and aliases into choice ids, degrees into scores."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches

from divan.sources.reader_text import fold
from surveys.days import day_of, expected_day
from surveys.kinds import KINDS
from surveys.kinds.joined import choices_by_name, parted
from surveys.questionnaire import CLOSED, FREE, NUMBERS, Item, ItemType
from surveys.written_numbers import expected_number, kept_number

_YES = {"1", "true", "vrai", "oui", "o", "yes", "y", "on", "x"}
_JOINED = re.compile(r"\s*[;,|/\n]\s*")
_ALIKE, _SHORT = 0.88, 3  # a letter or two apart; « non » resembles too much
_NO = {"", "0", "false", "faux", "non", "no", "n"}


class UnknownAnswer(ValueError):
    """A cell that the question does not admit; the message says what the question expects, never what was found."""


def decode(
    item: Item, cell: str, joiner: str, typed: str = "", american: bool = False, *, apart: bool = False
) -> dict[str, str]:
    """The tidy cells of one answer, by column. ``typed`` is the text of a separate « other » column.

    ``american``: dates of the export can only be read month first. ``apart``: the text of « other » has a column of
    its own, and never shares the cell of the choices.

    Raises UnknownAnswer when a closed question has no such answer, or a number is out of its bounds.
    """
    text = _clean(cell)
    if text and item.missing and is_missing(item, text):
        return dict.fromkeys(item.columns, "")
    own_way = KINDS[item.type].decode
    if own_way:
        return {item.id: _decoded(own_way, item, text, joiner)}
    if item.type in CLOSED:
        return _closed(item, text, joiner, _clean(typed), apart)
    if item.type in NUMBERS:
        return {item.id: _number(item, text)}
    if item.type is ItemType.DATE:
        return {item.id: _day(item, text, american)}
    if item.type is ItemType.CONSENT:
        return {item.id: _consent(item, text)}
    if item.type is ItemType.CODE:
        return {item.id: "".join(text.removeprefix("'").split())}
    return {item.id: text if item.type in FREE else text.removeprefix("'")}


def decode_ranks(item: Item, cells: list[str]) -> str:
    """The ids in the order of the columns of an export that has one a rank; UnknownAnswer when they make no ranking."""
    names = choices_by_name(item)
    given = [names.get(fold(text), "") if (text := _clean(cell)) else None for cell in cells]
    ranked = [one for one in given if one is not None]
    if "" in ranked or given[: len(ranked)] != ranked or len(set(ranked)) < len(ranked) or len(ranked) > item.ranks:
        raise UnknownAnswer(f"un classement d'au plus {item.ranks} des réponses déclarées est attendu")
    return ";".join(filter(None, ranked))


def _decoded(own_way: Callable[[Item, str, str], str], item: Item, text: str, joiner: str) -> str:
    try:
        return own_way(item, text, joiner) if text else ""
    except ValueError as unknown:
        raise UnknownAnswer(str(unknown)) from None


def _clean(cell: str) -> str:
    text = cell.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip().strip("\ufeff\u200e\u200f")


def _closed(item: Item, text: str, joiner: str, typed: str, apart: bool) -> dict[str, str]:
    given, rest = parted(item, text, joiner) if item.type is ItemType.SEVERAL else _one(item, text)
    other = item.other
    if other is None:
        if rest:
            raise UnknownAnswer("ce n'est pas une des réponses déclarées")
        return {item.id: _ordered(item, given)}
    if rest and (apart or any(_meant(item, words) for words in rest)):
        raise UnknownAnswer("ce n'est pas une des réponses déclarées, et « autre » ne se devine pas")
    if other.id in given and not typed and not rest and fold(text) in set(map(fold, other.aliases)):
        typed = text
    words = [*rest, *([typed] if typed else [])]
    if words and other.id not in given:
        given = [*given, other.id]
    return {item.id: _ordered(item, given), f"{item.id}_other": joiner.join(words).strip()}


def _meant(item: Item, words: str) -> bool:
    """True when what is typed holds or nearly is a declared choice: joined otherwise, or misspelt, not « other »."""
    labels = [fold(choice.label) for choice in item.choices if not choice.other and len(choice.label) > _SHORT]
    pieces = [fold(piece) for piece in _JOINED.split(words)]
    return any(piece in labels or get_close_matches(piece, labels, n=1, cutoff=_ALIKE) for piece in pieces)


def _one(item: Item, text: str) -> tuple[list[str], list[str]]:
    if not text:
        return [], []
    found = choices_by_name(item).get(fold(text.rstrip(";")))
    return ([found], []) if found else ([], [text])


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
