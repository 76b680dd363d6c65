"""Time stamps of exports, kept to the day: the hour could tell who answered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_YEAR_FIRST = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)")


def month_first(stamps: Iterable[str]) -> bool:
    """True when the stamps can only be read month first (one has 13 or more in second place, none in first)."""
    parts = [match.groups() for match in map(_YEAR_LAST.match, stamps) if match]
    return any(int(second) > 12 for _, second, _ in parts) and not any(int(first) > 12 for first, _, _ in parts)


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
