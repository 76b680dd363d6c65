from __future__ import annotations

import pytest

from divan.sources.problem import ProblemsFound
from surveys.chat.day_order import DayOrder
from surveys.chat.exported import open_export


def first_day(export, *dates: str, order: DayOrder | None = None) -> str:
    path = export("\n".join(f"{date}, 08:05 - Ana: Bonjour" for date in dates))
    return next(open_export(path, order).entries()).day.isoformat()


def test_one_day_above_twelve_tells_the_whole_file(export):
    assert first_day(export, "03/04/2020", "17/04/2020") == "2020-04-03"
    assert first_day(export, "03/04/2020", "04/17/2020") == "2020-03-04"


def test_an_export_is_in_the_order_of_time(export):
    # with the month first it would go from 3 October back to 4 February
    assert first_day(export, "10/03/2020", "02/04/2020", "05/05/2020") == "2020-03-10"


def test_a_year_in_front_is_followed_by_its_month(export):
    assert first_day(export, "2020/03/04") == "2020-03-04"
    assert first_day(export, "2020-03-04", order=DayOrder.DAY_FIRST) == "2020-03-04"


def test_what_does_not_tell_is_asked_and_never_guessed(export):
    with pytest.raises(ProblemsFound) as found:
        first_day(export, "03/04/2020", "04/05/2020")
    [problem] = found.value.problems
    assert "le 2020-04-03 (day-first) ou le 2020-03-04 (month-first)" in problem.message
    assert "--dates" in problem.remedy
    assert first_day(export, "03/04/2020", "04/05/2020", order=DayOrder.DAY_FIRST) == "2020-04-03"
    assert first_day(export, "03/04/2020", "04/05/2020", order=DayOrder.MONTH_FIRST) == "2020-03-04"


def test_dates_that_contradict_one_another_are_said(export):
    with pytest.raises(ProblemsFound, match="se contredisent"):
        first_day(export, "17/04/2020", "04/18/2020")


def test_the_same_number_twice_needs_no_order(export):
    assert first_day(export, "04/04/2020") == "2020-04-04"


@pytest.mark.parametrize(
    "text", ["", "Bonjour\n", "Cher confrère,\nle 12/03 à midi\n", '{"a": 1}', "[1, 2]", '[{"a": 1}]']
)
def test_a_file_that_is_no_export_is_said_to_be_none(text, export):
    with pytest.raises(ProblemsFound):
        open_export(export(text))
