"""The answers of one wave as a frame: as the file has them, for the plan to recode; in words, for a notebook."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
import pandas as pd

from surveys.model import Wave
from surveys.questionnaire import FREE, JOINED, NUMBERS, WHOLE, Item, ItemType
from surveys.responses import Responses, Row

_LABELLED = frozenset({ItemType.SINGLE, ItemType.LIKERT})
_UNREAD = FREE | {ItemType.CODE}


def as_given(wave: Wave, rows: Sequence[Row], index: pd.Index) -> pd.DataFrame:
    """Each item that is not free text, as a categorical of the distinct cells of its column; empty cells are missing.

    Several choices are one cell, ``gp;urban``, until the plan says what to make of it.
    """
    asked = [item.id for item in wave.questionnaire.items if item.type not in _UNREAD]
    return pd.DataFrame({name: as_cells(row.get(name, "") for row in rows) for name in asked}, index=index)


def as_cells(cells: Iterable[str]) -> pd.Categorical:
    """Cells by their distinct texts; the empty ones are missing."""
    given = np.array([cell or None for cell in cells], dtype=object)
    codes, texts = pd.factorize(given, sort=True)
    return pd.Categorical.from_codes(codes, pd.Index(texts))


def labelled(responses: Responses, ordered: Collection[str]) -> pd.DataFrame:
    """After ``date``, a column an item, in the order asked, with the labels of the questionnaire.

    One choice is a categorical in the questionnaire's order, ordered when the plan (``ordered``) or the scale is;
    several, or a ranking from its first,
    are a tuple of labels; a number is ``Int64``, or ``Float64`` with decimals; a date is a date; a consent is
    ``boolean``; a text a string. What was not answered is missing.
    """
    rows = responses.rows
    columns: dict[str, pd.Series] = {
        "date": pd.to_datetime(pd.Series([row["date"] or None for row in rows], dtype=object))
    }
    for item in responses.wave.questionnaire.items:
        columns[item.id] = _answers(item, [row[item.id] for row in rows], item.id in ordered)
        if item.other:
            columns[f"{item.id}_other"] = _text([row[f"{item.id}_other"] for row in rows])
    return pd.DataFrame(columns).set_axis(pd.Index([row["response"] for row in rows], name="response"))


def _answers(item: Item, cells: Sequence[str], ordered: bool) -> pd.Series:
    labels = {choice.id: choice.label for choice in item.choices}
    if item.type in WHOLE:
        return pd.Series([int(cell) if cell else None for cell in cells], dtype="Int64")
    if item.type in NUMBERS:
        return pd.Series([float(cell) if cell else None for cell in cells], dtype="Float64")
    if item.type is ItemType.DATE:
        return pd.to_datetime(pd.Series([cell or None for cell in cells], dtype=object))
    if item.type in _LABELLED:
        levels = pd.CategoricalDtype(_levels(item), ordered=ordered or item.type is ItemType.LIKERT)
        return pd.Series([labels.get(cell) for cell in cells], dtype=levels)
    if item.type in JOINED:
        return pd.Series(
            [tuple(labels[one] for one in cell.split(";")) if cell else None for cell in cells], dtype=object
        )
    if item.type is ItemType.CONSENT:
        return pd.Series([bool(cell) or None for cell in cells], dtype="boolean")
    return _text(cells)


def _levels(item: Item) -> list[str]:
    """Labels in the order of their scores, where each has one: a form may show « tout à fait » first."""
    choices = [choice for choice in item.choices if not choice.missing]
    if all(choice.score is not None for choice in choices):
        choices.sort(key=lambda choice: choice.score or 0)
    return [choice.label for choice in choices]


def _text(cells: Sequence[str]) -> pd.Series:
    return pd.Series([cell or None for cell in cells], dtype="string")
