"""The group's own dates: what may be written, and the calendar file that any application reads (RFC 5545)."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from divan.forum.appointments import AGENDA_PATH, Appointment, load_agenda, read_agenda
from divan.forum.check import check_content
from divan.forum.icalendar import calendar
from divan.sources.problem import ProblemsFound

PARIS = ZoneInfo("Europe/Paris")
LECTURE = Appointment("douleur", "La douleur", date(2026, 12, 10), date(2026, 12, 10), time(20), time(22), "Lezay")


def read_back(*appointments: Appointment, zone: str = "Europe/Paris") -> list[icalendar.Event]:
    written = calendar("Divan", "forum.example", zone, appointments)
    return list(icalendar.Calendar.from_ical(written.encode()).walk("VEVENT"))


def faults(text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(ProblemsFound) as found:
        read_agenda(AGENDA_PATH, text)
    return [(problem.line, problem.message) for problem in found.value.problems]


def test_a_group_without_the_file_has_no_appointment(tmp_path: Path) -> None:
    assert load_agenda(tmp_path) == ()


def test_appointments_are_read_in_the_order_of_their_days() -> None:
    text = "- {id: b, title: Deux, day: 2027-01-22, until: 2027-01-23}\n"
    text += '- {id: a, title: Un, day: 2026-12-10, from: "20:00", to: "22:00"}\n'
    first, second = read_agenda(AGENDA_PATH, text)
    assert (first.id, first.first, first.last, first.starts, first.ends) == (
        "a", date(2026, 12, 10), date(2026, 12, 10), time(20), time(22),
    )  # fmt: skip
    assert (second.first, second.last, second.starts) == (date(2027, 1, 22), date(2027, 1, 23), None)


def test_what_ends_before_it_begins_is_refused_at_its_line_with_a_twin() -> None:
    text = (
        "- id: a\n  title: Un\n  day: 2026-12-10\n  until: 2026-12-09\n"
        '- id: a\n  title: Deux\n  day: 2026-12-10\n  from: "22:00"\n  to: "20:00"\n'
    )
    assert faults(text) == [
        (4, "un rendez-vous doit finir après avoir commencé"),
        (5, "un identifiant ne sert qu'une fois, et « a » est déjà pris"),
        (9, "un rendez-vous doit finir après avoir commencé"),
    ]


def test_an_hour_comes_with_the_one_at_which_it_ends() -> None:
    assert faults('- {id: a, title: Un, day: 2026-12-10, from: "20:00"}\n')


def test_a_phone_number_in_an_appointment_is_told_by_the_check(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / AGENDA_PATH).write_text("- {id: a, title: Un, day: 2026-12-10, place: 06 39 98 12 34}\n", "utf-8")
    (tmp_path / "content/hashtags.yaml").write_text("- name: toux\n", "utf-8")
    assert any("téléphone" in problem.message for problem in check_content(tmp_path).problems)


def test_hours_are_those_of_the_forum_winter_and_summer() -> None:
    summer = Appointment("ete", "Été", date(2026, 7, 2), date(2026, 7, 2), time(20), time(21, 30))
    winter_event, summer_event = read_back(LECTURE, summer)
    assert winter_event.start.astimezone(UTC) == datetime(2026, 12, 10, 19, tzinfo=UTC)
    assert summer_event.start.astimezone(UTC) == datetime(2026, 7, 2, 18, tzinfo=UTC)
    assert summer_event.end.astimezone(UTC) == datetime(2026, 7, 2, 19, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Martinique", "Australia/Lord_Howe", "Pacific/Noumea"])
def test_the_zone_that_the_file_carries_is_the_forum_s_own(zone: str) -> None:
    days = [date(2026, 1, 15), date(2026, 3, 29), date(2026, 7, 1), date(2026, 10, 26), date(2027, 4, 20)]
    found = [Appointment(f"a{n}", "Un", day, day, time(9), time(10)) for n, day in enumerate(days)]
    parsed = icalendar.Calendar.from_ical(calendar("Divan", "a.example", zone, found).encode())
    written = parsed.walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    for day in days:
        noon = datetime.combine(day, time(12))
        assert noon.replace(tzinfo=written).utcoffset() == noon.replace(tzinfo=ZoneInfo(zone)).utcoffset(), day


def test_days_without_hours_are_whole_and_the_end_is_the_day_after() -> None:
    (event,) = read_back(Appointment("deux-jours", "Deux jours", date(2027, 1, 22), date(2027, 1, 23)))
    assert (event.start, event.end) == (date(2027, 1, 22), date(2027, 1, 24))


def test_the_same_dates_give_the_same_bytes_under_ids_that_stay() -> None:
    assert calendar("Divan", "a.example", "Europe/Paris", [LECTURE]) == calendar(
        "Divan", "a.example", "Europe/Paris", [LECTURE]
    )
    (event,) = read_back(LECTURE)
    assert event["UID"] == "douleur@forum.example"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200), max_size=4))
def test_any_words_come_back_from_lines_of_at_most_75_octets(titles: list[str]) -> None:
    day = date(2026, 5, 1)
    found = [Appointment(f"a{n}", title, day, day + timedelta(days=n)) for n, title in enumerate(titles)]
    written = calendar("Divan", "a.example", "Europe/Paris", found).encode()
    assert written.endswith(b"END:VCALENDAR\r\n")
    lines = written.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(written).walk("VEVENT")] == titles
