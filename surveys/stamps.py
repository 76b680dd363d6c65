"""Time stamps of an export: whether day or month comes first, on what evidence, and the day that each one is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from surveys.days import day_of
from surveys.model import Wave

_SHORT_YEAR = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})(?!\d)")
_DASHES = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})(?!\d)")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_TWO = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d{2})(?!\d)")
_NOON = re.compile(r"\d\s*[ap]\.?\s?m\b", re.IGNORECASE)
_FIRST_DAY = date(1899, 12, 30)  # that of spreadsheets


@dataclass(frozen=True, slots=True)
class StampOrder:
    """``american`` when the month comes first; ``why`` says what shows it, "" when no stamp could be read two ways.

    ``sure`` is false when nothing in the file tells: a person should say.
    """

    american: bool
    why: str = ""
    sure: bool = True


def stamp_day(stamp: str, american: bool) -> date | None:
    """The day of a time stamp; None when it is none. A year of two digits is of this century."""
    text = stamp.strip()
    if match := _SHORT_YEAR.match(text):
        text = f"{match[1]}/{match[2]}/20{match[3]}"
    elif match := _DASHES.match(text):
        text = f"{match[1]}/{match[2]}/{match[3]}"
    elif match := _SERIAL.fullmatch(text):
        return _FIRST_DAY + timedelta(days=int(match[1]))
    return day_of(text, american)


def stamp_order(stamps: Sequence[str], others: Iterable[str], wave: Wave) -> StampOrder:
    """Read from numbers above 12, in the time stamps and the ``others``, else from the days the wave was open."""
    two = [match.groups() for match in map(_TWO.match, map(str.strip, (*stamps, *others))) if match]
    if not any(first != second for first, second in two):
        return StampOrder(False)
    if any(int(first) > 12 for first, _ in two):
        return StampOrder(False, "un nombre au-dessus de 12 vient en premier : c'est le jour")
    if any(int(second) > 12 for _, second in two):
        return StampOrder(True, "un nombre au-dessus de 12 vient en second : le mois est d'abord")
    inside = {order: _inside(stamps, order, wave) for order in (False, True)}
    if inside[False] != inside[True]:
        american = inside[True] > inside[False]
        first = "le mois" if american else "le jour"
        return StampOrder(american, f"{first} d'abord, {inside[american]} date(s) tombent dans la vague, "
                                  f"contre {inside[not american]} à l'envers")  # fmt: skip
    noon = any(map(_NOON.search, stamps))
    return StampOrder(False, "rien ne dit si le jour vient avant le mois : lu jour d'abord", sure=not noon)


def _inside(stamps: Iterable[str], american: bool, wave: Wave) -> int:
    days = (stamp_day(stamp, american) for stamp in stamps)
    return sum(day is not None and wave.opens <= day <= wave.closes for day in days)
