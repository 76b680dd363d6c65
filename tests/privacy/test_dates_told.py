"""A day told without its precision: each edge of an age band, of « il y a », of a year left unsaid."""

from __future__ import annotations

from datetime import date

import pytest

from divan.privacy.dates_told import Told
from divan.privacy.replacing import _table

TODAY = date(2026, 11, 28)


def told(passage: str, name: str) -> str | None:
    return Told(passage, TODAY, _table()).value(name)


@pytest.mark.parametrize(
    ("day", "span"),
    [
        ("28/11/2026", "quelques jours"),
        ("22/11/2026", "quelques jours"),  # six days
        ("21/11/2026", "une semaine"),
        ("18/11/2026", "une semaine"),  # ten days: 13 // 7
        ("17/11/2026", "deux semaines"),  # eleven days: 14 // 7
        ("30/09/2026", "huit semaines"),  # 59 days: 62 // 7
        ("29/09/2026", "deux mois"),  # 60 days
        ("29/11/2024", "vingt-quatre mois"),  # 729 days: 72900 + 1522 over 3044
        ("28/11/2024", "deux ans"),  # 730 days
        ("28/11/2016", "dix ans"),  # 3652 days
    ],
)
def test_how_long_ago_is_told_by_weeks_then_months_then_years(day: str, span: str) -> None:
    numbers = _table()["numbers"]
    span = span.replace("vingt-quatre", numbers[24] if len(numbers) > 24 else "24")
    assert (told(day, "span"), told(day, "since")) == (span, f"il y a {span}")


def test_a_day_to_come_is_in_so_long_and_never_ago() -> None:
    assert (told("12/12/2026", "since"), told("12/12/2026", "span")) == ("dans deux semaines", None)
    assert told("28/11/2026", "span") == "quelques jours"


@pytest.mark.parametrize(
    ("passage", "band"),
    [
        ("née le 28/11/2021", "5 à 9 ans"), ("née le 29/11/2021", "moins de 5 ans"),  # five years today, or tomorrow
        ("née le 28/11/2016", "10 à 14 ans"), ("née le 28/11/1937", "85 à 89 ans"),
        ("née le 28/11/1936", "plus de 89 ans"), ("née le 29/11/1936", "85 à 89 ans"),
        ("née le 29/11/2026", None),
    ],
)  # fmt: skip
def test_an_age_is_told_by_five_years(passage: str, band: str | None) -> None:
    assert told(passage, "band") == band
    assert told(passage, "age") == (band and f"de {band}")


@pytest.mark.parametrize(
    ("passage", "season"),
    [("12/03/24", "2024"), ("12/03/26", "2026"), ("12/03/27", "1927")],
)
def test_a_year_of_two_figures_is_of_this_century_up_to_this_year(passage: str, season: str) -> None:
    day = Told(passage, TODAY, _table())._day()
    assert day is not None and str(day.year) == season


@pytest.mark.parametrize(("passage", "year"), [("le 1er mars", 2026), ("le 30 avril", 2026), ("le 1er mai", 2025)])
def test_a_day_without_its_year_is_the_last_one_or_in_two_months(passage: str, year: int) -> None:
    day = Told(passage, date(2026, 3, 1), _table())._day()  # sixty days before the 30th of April
    assert day is not None and day.year == year


@pytest.mark.parametrize(
    ("passage", "day"),
    [
        ("le 5 janvier", date(2027, 1, 5)),  # 38 days ahead
        ("le 27 janvier", date(2027, 1, 27)),  # sixty days
        ("le 28 janvier", date(2026, 1, 28)),
        ("le 29 février", None),  # neither 2025, 2026 nor 2027 has one
    ],
)
def test_a_day_without_its_year_may_be_of_the_next_year(passage: str, day: date | None) -> None:
    assert Told(passage, TODAY, _table())._day() == day
