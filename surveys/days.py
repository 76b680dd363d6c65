"""Days: time stamps of exports, without the hour, which could tell who answered; and dates given as an answer."""

from __future__ import annotations

import re
from datetime import date

from surveys.questionnaire import Item

_YEAR_FIRST = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)")


def day_of(stamp: str, american: bool = False) -> date | None:
    """The day of a time stamp; None when it is not one. ``26/03/2023 20:03:10`` is French unless ``american``."""
    text = stamp.strip()
    try:
        if match := _YEAR_FIRST.match(text):
            return date(*map(int, match.groups()))
        if match := _YEAR_LAST.match(text):
            first, second, year = map(int, match.groups())
            return date(year, first, second) if american else date(year, second, first)
    except ValueError:
        return None
    return None


def expected_day(item: Item) -> str:
    """« un jour, comme 26/03/2023, du 01/01/2020 au 31/12/2026 », or what can be said of it."""
    bounds = ((" à partir du", item.earliest), (" jusqu'au", item.latest))
    said = [f"{word} {day:%d/%m/%Y}" for word, day in bounds if day]
    return f"un jour, comme 26/03/2023{',' if said else ''}{''.join(said)}"
