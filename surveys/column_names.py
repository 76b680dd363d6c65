"""What the heading of a column names: a question, one of its choices, or the line of text beside « other »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from divan.sources.reader_text import fold
from surveys.questionnaire import Choice, Item, ItemType, Questionnaire

DATE = "date"
DATE_NAMES = ("date", "horodateur", "timestamp", "horodatage", "submitdate")
# what a service writes between a question and the choice, or round it
_BETWEEN = re.compile(r"\s*(?:\[|/|:|\(| - |\. )\s*")
_IDLE = re.compile(r" - (?:selected choice|choix selectionne)(?= - |$)| \[(?:response|reponse)\]$")
# a rank as services head its column: « 1 », « Rang 1 », « Choix 1 », « 1st choice », « _1st_choice »
_RANK = re.compile(
    r"(?:rang|rank|choix|classement|ranking)? ?_?(\d{1,2})(?:st|nd|rd|th|er|e|eme)?(?:[ _]?(?:choix|choice|rang))?"
)
_OTHER = {"other", "autre", "autres", "-oth-", "autre reponse", "autre (veuillez preciser", "other (please specify"}
_TYPED = ("", " - texte", " - text", "_text", "_other", " texte", " text")


class ColumnNames:
    """The names that the columns of exports may bear for one questionnaire, and what each means."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire

    @cached_property
    def wanted(self) -> dict[str, set[str]]:
        """The folded names of each tidy column."""
        questionnaire = self.questionnaire
        names = {DATE: {fold(name) for name in (*DATE_NAMES, *questionnaire.date_headers)}}
        for item in questionnaire.items:
            names[item.id] = {_read(name) for name in _questions(item)}
            if item.other:
                names[f"{item.id}_other"] = {fold(f"{item.id}_other")}
        return names

    @cached_property
    def known(self) -> frozenset[str]:
        """Every folded name that a column with answers may bear."""
        headers = (fold(name) for item in self.questionnaire.items for one in item.choices for name in one.headers)
        return frozenset().union(*self.wanted.values(), headers) - self.wanted[DATE]

    @property
    def spelt(self) -> Iterator[str]:
        """The words of the questionnaire, as its exports spell them."""
        for item in self.questionnaire.items:
            yield from _questions(item)
            yield from (name for choice in item.choices for name in (*choice_names(choice), *choice.headers))

    def names_an_answer(self, heading: str) -> bool:
        """True when a column of this heading holds answers."""
        return bool(heading.strip()) and (
            fold(heading) in self.known
            or bool(self.part(heading))
            or bool(self.claims(heading))
            or bool(self.rank(heading))
        )

    def rank(self, heading: str) -> tuple[Item, int] | None:
        """The ranking and the rank that a column of its own is for."""
        for read in _ends(_read(heading)):
            for name, item in self._ranked:
                between = _BETWEEN.match(read[len(name) :]) if read.startswith(name) else None
                said = read[len(name) + between.end() :].rstrip(" ])").strip() if between else ""
                found = _RANK.fullmatch(said)
                if found and 1 <= int(found[1]) <= len(item.choices):
                    return item, int(found[1])
        return None

    @cached_property
    def _ranked(self) -> tuple[tuple[str, Item], ...]:
        items = (item for item in self.questionnaire.items if item.type is ItemType.RANKING)
        return tuple(sorted(((fold(name), item) for item in items for name in _questions(item)), key=_by_length))

    def claims(self, heading: str) -> list[str]:
        """The tidy columns that this heading may fill, in the order asked; a path of groups counts for its end."""
        read = _read(heading)
        found = [column for column, names in self.wanted.items() if read in names]
        if not found and "/" in read and not self.part(heading):
            last = read.rpartition("/")[2]
            found = [column for column, names in self.wanted.items() if last in names and column != DATE]
        if not found:
            found = [f"{item.id}_other" for item, choice in self._parts(heading) if choice is None]
        return found

    def part(self, heading: str) -> tuple[Item, Choice] | None:
        """The question of several answers and the choice that a column of its own is for."""
        read = _read(heading)
        for item in self._several:
            for choice in item.choices:
                if read in {fold(name) for name in choice.headers}:
                    return item, choice
        if any(read in names for names in self.wanted.values()):
            return None
        return next(((item, one) for item, one in self._parts(heading) if one and item in self._several), None)

    @cached_property
    def _several(self) -> tuple[Item, ...]:
        return tuple(item for item in self.questionnaire.items if item.type is ItemType.SEVERAL)

    @cached_property
    def _begun(self) -> tuple[tuple[str, Item], ...]:
        """What a heading that names a part begins with, the longest first."""
        items = (item for item in self.questionnaire.items if item.type is ItemType.SEVERAL or item.other)
        return tuple(sorted(((fold(name), item) for item in items for name in _questions(item)), key=_by_length))

    def _parts(self, heading: str) -> Iterator[tuple[Item, Choice | None]]:
        """Each question that the heading begins with and the choice that it ends with; None for « other » in words."""
        for read in _ends(_read(heading)):
            for question, item in self._begun:
                if not read.startswith(question):
                    continue
                rest = read[len(question) :]
                between = _BETWEEN.match(rest)
                if between is None:
                    continue
                said = rest[between.end() :].rstrip(" ])").strip()
                choice = _offered(item, said)
                if choice is None and item.other and said in _OTHER:
                    choice = item.other
                if choice and (item.type is ItemType.SEVERAL or not choice.other):
                    yield item, choice
                elif item.other and (choice or said in _typed(item.other)):
                    yield item, None


def _read(heading: str) -> str:
    """The heading folded, without the words that a service adds to every question."""
    return _IDLE.sub("", fold(heading))


def _questions(item: Item) -> Iterator[str]:
    yield from (name for name in (item.id, item.text, item.fallback, *item.headers) if name)


def _by_length(begun: tuple[str, Item]) -> int:
    return -len(begun[0])


def _ends(read: str) -> Iterator[str]:
    """The heading, and what follows each group of questions in it."""
    yield read
    for place, sign in enumerate(read):
        if sign == "/":
            yield read[place + 1 :]


def _offered(item: Item, said: str) -> Choice | None:
    return next((one for one in item.choices for name in choice_names(one) if fold(name) in (said, f"{said})")), None)


def _typed(other: Choice) -> set[str]:
    """What names the line of text beside « other », in a column of its own."""
    names = (*map(fold, choice_names(other)), *_OTHER)
    return {"precisez", "text", "texte", *(f"{name}{end}" for name in names for end in _TYPED)}


def choice_names(choice: Choice) -> tuple[str, ...]:
    """Each way in which an export writes this choice."""
    return (choice.id, choice.label, *choice.aliases)
