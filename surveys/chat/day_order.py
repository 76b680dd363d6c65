"""Whether the day or the month comes first in the dates of an export: decided over the whole file, never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from divan.sources.problem import Problem, ProblemsFound

FIRST_YEAR = 2009  # WhatsApp's; a year of two digits is not from before


class DayOrder(StrEnum):
    """What the numbers of a date are, but for a year of four digits, which is known by itself."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    YEAR_FIRST = "year-first"


@lru_cache(maxsize=1 << 13)
def day_of(parts: tuple[str, str, str], order: DayOrder) -> date | None:
    """The day that these numbers are in this order; None when there is no such day."""
    numbers = [int(part) for part in parts]
    place = next((n for n, part in enumerate(parts) if len(part) > 2), 0 if order is DayOrder.YEAR_FIRST else 2)
    year = numbers.pop(place)
    # an order given by hand or found is that of the two numbers left; a year in front has its month next
    month_first = order is DayOrder.MONTH_FIRST or order is DayOrder.YEAR_FIRST
    month, day = numbers if month_first else numbers[::-1]
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


@dataclass(slots=True)
class SeenDates:
    """What the dates of a file, in the order that they come, say of each order."""

    last: dict[DayOrder, date] = field(default_factory=dict)
    wrong: dict[DayOrder, int] = field(default_factory=lambda: dict.fromkeys(DayOrder, 0))
    backwards: dict[DayOrder, int] = field(default_factory=lambda: dict.fromkeys(DayOrder, 0))
    example: tuple[str, str, str] = ("", "", "")
    before: tuple[str, str, str] = ("", "", "")

    def see(self, parts: tuple[str, str, str]) -> None:
        """Take one more date into account."""
        if parts == self.before:
            return
        days = {order: day for order in DayOrder if (day := day_of(parts, order)) and _is_plausible(day)}
        if not days:  # in no order: this line is at fault, not the order
            return
        self.example, self.before = self.example if self.example[0] else parts, parts
        for order in DayOrder:
            day = days.get(order)
            if day is None:
                self.wrong[order] += 1
                continue
            self.backwards[order] += day < self.last.get(order, day)
            self.last[order] = day


def _is_plausible(day: date) -> bool:
    return FIRST_YEAR <= day.year <= date.today().year + 1


def decide(seen: SeenDates, wanted: DayOrder | None, path: str) -> DayOrder:
    """The order of the whole file: ``wanted`` if given, else the only one that fits.

    An order fits when every date exists in it; when several do, the one in which days follow one another, for an
    export is in the order of time. Raises ProblemsFound, which asks, when that does not tell either.
    """
    if wanted is not None and len(seen.example[0]) < 3:
        return wanted
    fitting = [order for order in _meant(seen) if not seen.wrong[order]]
    if len({_reading(seen, order) for order in fitting}) > 1:
        fitting = [order for order in fitting if not seen.backwards[order]]
    if len({_reading(seen, order) for order in fitting}) == 1:
        return fitting[0]
    raise ProblemsFound([_ask(seen, fitting, path)])


def _meant(seen: SeenDates) -> Iterable[DayOrder]:
    """The orders to try: with a year of four digits in front, the month comes next unless the dates say otherwise."""
    if len(seen.example[0]) > 2:
        return (DayOrder.YEAR_FIRST,) if not seen.wrong[DayOrder.YEAR_FIRST] else (DayOrder.DAY_FIRST,)
    return DayOrder


def _reading(seen: SeenDates, order: DayOrder) -> tuple[date | None, int]:
    """What tells two orders apart: 05/05/2020 reads the same in both."""
    return seen.last.get(order), seen.backwards[order]


def _ask(seen: SeenDates, fitting: list[DayOrder], path: str) -> Problem:
    written = "/".join(seen.example)
    said = [*_said(seen, fitting)]
    if said:
        message = (
            f"l'ordre du jour et du mois ne se déduit pas : le premier jour, {written}, peut être {' ou '.join(said)}"
        )
    else:
        message = f"aucun ordre ne convient à toutes les dates (la première est {written}) : elles se contredisent"
    return Problem(path, None, message, "dites-le : « --dates day-first » ou « --dates month-first »")


def _said(seen: SeenDates, fitting: list[DayOrder]) -> Iterator[str]:
    told: set[date] = set()
    for order in fitting or [one for one in DayOrder if not seen.wrong[one]]:
        day = day_of(seen.example, order)
        if day is not None and day not in told:
            told.add(day)
            yield f"le {day.isoformat()} ({order})"
