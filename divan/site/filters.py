"""What templates may call: French dates and numbers, and the addresses of static files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from markupsafe import Markup

from divan.sources.french import MONTHS

_ENGLISH = "January February March April May June July August September October November December"
_MONTHS: dict[str, Sequence[str]] = {"fr": MONTHS, "en": _ENGLISH.split()}
_NARROW_NBSP = "\u202f"


def longdate(day: date, lang: str = "fr") -> str:
    """``14 mars 2026``, ``1ᵉʳ mai 2026``."""
    number = "1ᵉʳ" if day.day == 1 and lang == "fr" else str(day.day)
    return f"{number} {_MONTHS.get(lang, MONTHS)[day.month - 1]} {day.year}"


def when(day: date, lang: str = "fr") -> Markup:
    """A date that people read in words and programs in figures."""
    return _when(day.isoformat()[:10], lang)


@cache
def _when(day: str, lang: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(day, longdate(date.fromisoformat(day), lang))


def isodate(day: date) -> str:
    """``2026-03-14``."""
    return day.isoformat()[:10]


def rfc3339(moment: date, zone: str) -> str:
    """``2026-03-14T18:20:00+01:00``: a local time of the forum, as feeds want it."""
    moment = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)
    return (moment if moment.tzinfo else moment.replace(tzinfo=_zone(zone))).isoformat()


def number(value: int) -> str:
    """``12 345``, with an unbreakable space from ten thousand on, as French typography has it."""
    return str(value) if -10_000 < value < 10_000 else f"{value:,}".replace(",", _NARROW_NBSP)


def plural(value: int, one: str, many: str) -> str:
    """The word that fits the number; in French zero is singular."""
    return one if abs(value) < 2 else many


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
