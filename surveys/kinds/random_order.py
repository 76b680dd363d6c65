"""Choices and pages in an order drawn for each respondent, from a seed that is kept with the answer.

Places are drawn among those that are marked; « autre », « aucun » and « sans réponse » stay where they are. The draw is
FNV-1a over ``seed:name`` for the state, mulberry32 for the numbers, Fisher and Yates for the order: theme/static/
form-order.js makes the same, and whoever holds a seed can tell what was shown. Without script nothing is drawn, and no
seed is kept: the order was that of the questionnaire.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from surveys.questionnaire import Choice, Item, ItemType, Questionnaire

SHOWN_ORDER = "shown_order"
_SEED = re.compile(r"[0-9a-f]{8}")
_TEXT = "Ordre dans lequel le formulaire a montré ses réponses et ses pages"


def order_item() -> Item:
    """The question that nobody is asked: the seed of the order that a form showed."""
    return Item(SHOWN_ORDER, ItemType.ORDER, _TEXT)


def check_order(_item: Item, given: list[str]) -> str:
    """The seed; nothing when there is none, or when no form of ours drew it."""
    return given[0] if len(given) == 1 and _SEED.fullmatch(given[0]) else ""


def decode_order(item: Item, text: str, _joiner: str) -> str:
    """The seed of an export."""
    return check_order(item, [text])


def stays(choice: Choice) -> bool:
    """True for a choice whose place is not drawn."""
    return choice.other or choice.exclusive or choice.missing


def order_shown(questionnaire: Questionnaire, name: str, seed: str) -> tuple[str, ...]:
    """The ids of the choices of a question, or of the pages (``name`` is then ``sections``), as they were shown."""
    if name == "sections":
        return _drawn([(section.id, section.random) for section in questionnaire.sections], name, seed)
    item = questionnaire.item(name)
    name = item.matrix.id if item.matrix else name  # the rows of a matrix share their order
    return _drawn([(choice.id, item.random and not stays(choice)) for choice in item.choices], name, seed)


def _drawn(places: Sequence[tuple[str, bool]], name: str, seed: str) -> tuple[str, ...]:
    moved = [one for one, moves in places if moves] if seed else []
    numbers = _numbers(f"{seed}:{name}")
    for last in range(len(moved) - 1, 0, -1):
        other = next(numbers) * (last + 1) >> 32
        moved[last], moved[other] = moved[other], moved[last]
    left = iter(moved)
    return tuple(next(left) if moves and seed else one for one, moves in places)


def _numbers(text: str) -> Iterator[int]:
    """Whole numbers of 32 bits: mulberry32, from the FNV-1a hash of an ASCII text."""
    state = 2166136261
    for byte in text.encode("ascii"):
        state = (state ^ byte) * 16777619 & 0xFFFFFFFF
    while True:
        state = state + 0x6D2B79F5 & 0xFFFFFFFF
        mixed = (state ^ state >> 15) * (state | 1) & 0xFFFFFFFF
        mixed ^= mixed + ((mixed ^ mixed >> 7) * (mixed | 61) & 0xFFFFFFFF) & 0xFFFFFFFF
        yield (mixed ^ mixed >> 14) & 0xFFFFFFFF
