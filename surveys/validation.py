"""Check what a form sent against its questionnaire: nothing that the questionnaire forbids gets through.

Shared by the collector, the import of answer files and the tests. Fields bear the name of their item, ``<item>_other``
the line of text of « other ». An answer to a question whose condition is false is dropped, as the form hides it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from surveys.codes import expected_code, well_formed
from surveys.days import day_of, expected_day
from surveys.kinds import KINDS
from surveys.questionnaire import NUMBERS, Choice, Item, ItemType, Questionnaire
from surveys.written_numbers import expected_number, kept_number

Raw = Mapping[str, Sequence[str]]

_OTHER_LENGTH = 200


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """An answer that its question does not admit. ``sentence`` says what it expects and never repeats the answer."""

    item: str
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """``answers``: tidy cells by column, missing ones left out; to be kept only when there is no fault."""

    answers: dict[str, str]
    faults: tuple[AnswerFault, ...]


class _Refused(ValueError):
    """A sentence for the respondent."""


def validate(questionnaire: Questionnaire, raw: Raw) -> Outcome:
    """Check every field of ``raw`` that is an item; fields that are none are not looked at."""
    answers: dict[str, str] = {}
    faults: list[AnswerFault] = []
    for item in questionnaire.items:
        if item.shown_if is not None and not item.shown_if.holds(answers):
            continue
        if item.formula is not None:  # what a form sent for it is not looked at
            value = item.formula.value(answers, item.decimals)
            answers.update({item.id: value} if value else {})
            continue
        try:
            answers.update({column: cell for column, cell in _checked(item, raw).items() if cell})
        except _Refused as refused:
            faults.append(AnswerFault(item.id, item.text, str(refused)))
    return Outcome(answers, tuple(faults))


#: Fields of the form itself, which ask nothing.
TECHNICAL = ("submission", "elapsed", "digest", "website", "altcha", "invitation", "token")
INVITATION, TOKEN = TECHNICAL[-2:]
_MOST_SENT = 20_000


def as_sent(raw: Raw) -> Outcome:
    """The fields of a form that no known questionnaire made, for a person to read: nothing sent is thrown away."""
    answers = {name: ";".join(values).strip() for name, values in raw.items() if name not in TECHNICAL}
    return Outcome({name: text[:_MOST_SENT] for name, text in answers.items() if text}, ())


def _checked(item: Item, raw: Raw) -> dict[str, str]:
    given = [text for text in (_plain(item, text) for text in raw.get(item.id, ())) if text]
    other = item.other
    typed = "".join(_plain(item, text) for text in raw.get(f"{item.id}_other", ())) if other else ""
    kind = KINDS[item.type]
    if kind.check:
        cells = {item.id: _own_way(kind.check, item, [text.strip() for text in raw.get(item.id, ())])}
    else:
        cells = _chosen(item, given, other, typed) if item.choices else {item.id: _single_value(item, given)}
    if item.required and not any(cells.values()):
        raise _Refused(kind.unanswered)
    return cells


def _own_way(check: Callable[[Item, list[str]], str], item: Item, given: list[str]) -> str:
    try:
        return check(item, given)
    except ValueError as refused:
        raise _Refused(str(refused)) from None


def _plain(item: Item, text: str) -> str:
    """The text with plain line ends, stripped; refused when it holds characters that no keyboard types."""
    if text.isprintable():
        return text.strip()
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "\n\t" if item.type is ItemType.LONG_TEXT else "\t"
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in kept for letter in plain):
        raise _Refused("Cette réponse contient un caractère qui ne s'écrit pas.")
    return plain.strip()


def _chosen(item: Item, given: list[str], other: Choice | None, typed: str) -> dict[str, str]:
    ids = [choice.id for choice in item.choices]
    if not set(given) <= set(ids):
        raise _Refused("Choisissez parmi les réponses proposées.")
    if typed and other and other.id not in given:
        if given and item.type is not ItemType.SEVERAL:
            raise _Refused(f"Choisissez « {other.label} », ou effacez ce que vous y avez écrit.")
        given = [*given, other.id]
    if len(set(given)) > 1:
        if item.type is not ItemType.SEVERAL:
            raise _Refused("Choisissez une seule réponse.")
        alone = next((choice.label for choice in item.choices if choice.exclusive and choice.id in given), None)
        if alone:
            raise _Refused(f"« {alone} » ne va pas avec une autre réponse.")
    if len(typed) > _OTHER_LENGTH:
        raise _Refused(f"La précision doit tenir en {_OTHER_LENGTH} caractères.")
    cells = {item.id: ";".join(one for one in ids if one in given)}
    return {**cells, f"{item.id}_other": typed} if other else cells


def _single_value(item: Item, given: list[str]) -> str:
    if len(given) > 1:
        raise _Refused("Donnez une seule réponse.")
    if not given:
        return ""
    text = given[0]
    if item.type in NUMBERS:
        return _number(item, text)
    if item.type is ItemType.DATE:
        return _date(item, text)
    if item.type is ItemType.CODE:
        code = re.sub(r"\s", "", text)
        if not well_formed(item, code):
            raise _Refused(f"Ce code doit avoir {expected_code(item)}.")
        return code
    if item.type is ItemType.CONSENT:
        if text != item.version:
            raise _Refused("Le texte a changé depuis : relisez-le et cochez à nouveau la case.")
        return text
    if item.length is not None and len(text) > item.length:
        raise _Refused(f"Cette réponse doit tenir en {item.length} caractères.")
    return text


def _number(item: Item, text: str) -> str:
    kept = kept_number(item, text)
    if kept is None:
        raise _Refused(f"Donnez {expected_number(item)}.")
    return kept


def _date(item: Item, text: str) -> str:
    day = day_of(text)
    if day is None or not item.admits(day):
        raise _Refused(f"Donnez {expected_day(item)}.")
    return day.isoformat()
