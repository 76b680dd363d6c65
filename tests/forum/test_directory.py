"""The directories list who agreed to be listed, as long as they agree."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from divan.forum.directory import is_listed, is_stale, load_members, load_services, read_member, read_service
from divan.forum.group import ANY_GROUP
from divan.sources.problem import ProblemsFound

Write = Callable[[str, str | bytes], Path]
MEMBER = """\
name: Côme Quintarel
specialty: pneumologie
skills: [sommeil, sevrage tabagique]
town: Rochefort
departement: "17"
consent: 2026-02-24
expires: 2027-02-24
"""
SERVICE = """\
name: Cœur en marche
kind: rehabilitation
topics: [insuffisance cardiaque]
town: Cognac
departement: "16"
phone: 06 39 98 20 03
verified_on: 2026-01-14
"""


def problems_of(read: Callable[[str, str], object], text: str) -> list[str]:
    with pytest.raises(ProblemsFound) as found:
        read("a.yaml", text)
    return [str(problem) for problem in found.value.problems]


def test_a_member_is_read_with_what_is_left_out_empty() -> None:
    member = read_member("content/members/come-quintarel.yaml", MEMBER)
    assert (member.id, member.name, member.departement) == ("come-quintarel", "Côme Quintarel", "17")
    assert member.skills == ("sommeil", "sevrage tabagique")
    assert (member.contact, member.about) == ("", "")


@pytest.mark.parametrize(
    ("today", "listed"),
    [
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2027, 2, 24), True),
        (date(2027, 2, 25), False),
    ],
)
def test_a_member_is_listed_from_consent_to_its_last_day(today: date, listed: bool) -> None:
    assert is_listed(read_member("a.yaml", MEMBER), today) is listed


def test_lists_are_in_the_order_of_names_and_leave_out_who_no_longer_agrees(write: Write, tmp_path: Path) -> None:
    write("content/members/b.yaml", MEMBER.replace("Côme Quintarel", "Zoé Bonnin"))
    write("content/members/a.yaml", MEMBER.replace("Côme Quintarel", "Élise Arnaud"))
    write("content/members/c.yaml", MEMBER.replace("2027-02-24", "2026-03-01"))
    write("content/services/s.yaml", SERVICE)
    assert [member.name for member in load_members(tmp_path, ANY_GROUP, date(2026, 6, 1))] == [
        "Élise Arnaud",
        "Zoé Bonnin",
    ]
    assert [service.topics for service in load_services(tmp_path, ANY_GROUP)] == [("insuffisance cardiaque",)]


def test_an_expiry_before_consent_is_said() -> None:
    assert problems_of(read_member, MEMBER.replace("2027-02-24", "2025-02-24")) == [
        "a.yaml:7: un accord ne finit pas avant d'avoir été donné ; corrigez la date"
    ]


@pytest.mark.parametrize("day", ["2026-02-31", "14/01/2026"])
def test_a_day_that_does_not_exist_is_said(day: str) -> None:
    (problem,) = problems_of(read_service, SERVICE.replace("2026-01-14", day))
    assert problem.startswith("a.yaml:7: « verified_on »")


@pytest.mark.parametrize("phone", ["06 39 98 20 03", "0639982003", "+33 6 39 98 20 03", "06.39.98.20.03"])
def test_a_service_gives_its_phone_as_people_write_it(phone: str) -> None:
    assert read_service("a.yaml", SERVICE.replace("06 39 98 20 03", f'"{phone}"')).phone == phone


@pytest.mark.parametrize(
    ("today", "stale"),
    [
        (date(2026, 1, 14), False),
        (date(2027, 1, 14), False),  # 365 days
        (date(2027, 1, 15), True),  # 366
    ],
)
def test_a_service_is_doubted_when_nobody_verified_it_for_a_year(today: date, stale: bool) -> None:
    assert is_stale(read_service("content/services/coeur.yaml", SERVICE), today) is stale
