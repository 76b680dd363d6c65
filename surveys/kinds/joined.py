"""Choices joined in one cell of an export, parted by the names that the questionnaire knows."""

from __future__ import annotations

from divan.sources.reader_text import fold
from surveys.column_names import choice_names
from surveys.questionnaire import Item


def choices_by_name(item: Item) -> dict[str, str]:
    """The id of each choice by every folded name that it bears."""
    return {fold(name): choice.id for choice in item.choices for name in choice_names(choice)}


def parted(item: Item, text: str, joiner: str) -> tuple[list[str], list[str]]:
    """Ids of the choices ticked, and what is none of them. A label may hold the joiner, so the longest wins."""
    names = choices_by_name(item)
    parts = text.split(joiner) if joiner in text else text.split(joiner.strip() or joiner)
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
