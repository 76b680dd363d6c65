"""A day or an age read in a passage, and told without its precision: an age band, how long ago, a season."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

_OLDEST = 89
_MIDDLE = "15"  # of a month told without its day
_AHEAD = timedelta(days=60)  # a day without its year is the last one, or in the two months to come, next year's too


@dataclass(frozen=True, slots=True)
class Told:
    """What ``passage`` lets tell on the day ``today``, with the words of ``table``."""

    passage: str
    today: date
    table: Mapping[str, Any]

    def value(self, name: str) -> str | None:
        """``age`` (de 70 à 74 ans), ``band`` (70 à 74 ans), ``since``, ``span``, ``in_season``, ``of_season``."""
        if name in ("age", "band"):
            return self._age("de " if name == "age" else "")
        day = self._day()
        if day is None:
            return None
        if name.endswith("_season"):
            return str(self.table[name][self.table["seasons"][day.month - 1]])
        span = self._span(abs((self.today - day).days))
        if name == "since":
            return f"{'dans' if day > self.today else 'il y a'} {span}"
        return span if name == "span" and day <= self.today else None

    def _age(self, of: str) -> str | None:
        years = self._years()
        if years is None or years < 0:
            return None
        if years < 5:
            return f"{of}moins de 5 ans"
        low = years - years % 5
        return f"{of}plus de {_OLDEST} ans" if years > _OLDEST else f"{of}{low} à {low + 4} ans"

    def _years(self) -> int | None:
        said = re.search(self.table["age"], self.passage, re.IGNORECASE)
        if said:
            return int(said[1]) // 12 if said[2].lower().startswith("m") else int(said[1])
        born = self._day()
        if born is None:
            return None
        return self.today.year - born.year - ((self.today.month, self.today.day) < (born.month, born.day))

    def _span(self, days: int) -> str:
        if days < 7:
            return "quelques jours"
        if days < 60:
            weeks = (days + 3) // 7
            return "une semaine" if weeks == 1 else f"{self._number(weeks)} semaines"
        if days < 730:
            return f"{self._number((days * 100 + 1522) // 3044)} mois"
        return f"{self._number(days // 365)} ans"

    def _number(self, number: int) -> str:
        words = self.table["numbers"]
        return str(words[number]) if number < len(words) else str(number)

    def _day(self) -> date | None:
        months = self.table["months"]
        for row in self.table["dates"]:
            found = re.search(row["pattern"].replace("%M%", "|".join(months)), self.passage, re.IGNORECASE)
            if found:
                parts = dict(zip(row["order"], found.groups(), strict=False))
                return self._of(parts.get("d", _MIDDLE), parts["m"], parts.get("y"))
        return None

    def _of(self, day: str, month: str, year: str | None) -> date | None:
        known = self.table["months"]
        number = int(month) if month.isdigit() else 1 + next(n for n, m in enumerate(known) if re.match(m, month, re.I))
        if year is None:
            around = (_a_day(self.today.year + ahead, number, int(day)) for ahead in (1, 0, -1))
            return next((one for one in around if one and one <= self.today + _AHEAD), None)
        return _a_day(self._whole(int(year)) if len(year) == 2 else int(year), number, int(day))

    def _whole(self, year: int) -> int:
        return (2000 if year <= self.today.year % 100 else 1900) + year


def _a_day(year: int, month: int, day: int) -> date | None:
    """None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
