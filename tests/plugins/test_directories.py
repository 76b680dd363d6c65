"""Directories: members whose agreement holds; services, with a word on those that nobody verified for a year."""

import re

import pytest

from divan.forum.contacts import phone_href
from tests.plugins.conftest import Built


def test_a_member_is_listed_until_the_last_day_of_their_agreement(built: Built) -> None:
    words = built.words("annuaire/")
    assert "Basile Bouleau" in words and "Claire Charme" in words  # until 20 June and 20 July
    assert "Anne Aulne" not in words  # until 20 May; it is 1 June


def test_members_are_found_by_specialty_skill_town_and_place(built: Built) -> None:
    for url in ("specialite/pneumologie/", "competence/allergies/", "ville/niort/", "lieu/79/"):
        assert "Claire Charme" in built.words(f"annuaire/{url}"), url


def test_services_are_found_by_kind_under_the_groups_own_words(built: Built) -> None:
    assert "Service 0" in built.words("services/type/readaptation/")
    assert "Service 1" not in built.words("services/type/readaptation/")
    assert "Service 1" in built.words("services/type/education-therapeutique/")


def test_a_service_is_doubted_a_year_and_a_day_after_someone_verified_it(built: Built) -> None:
    page = built.text("services/index.html")
    old, recent = (page[page.index(name) :].split("</li>")[0] for name in ("Service ancien", "Service récent"))
    doubt = re.compile(r"stale|à vérifier", re.IGNORECASE)
    assert doubt.search(old)  # 31 May 2025, and it is 1 June 2026: 366 days
    assert not doubt.search(recent)  # 1 June 2025: 365 days


def test_each_way_to_sort_says_how_many_stand_there_from_every_page(built: Built) -> None:
    for url in ("services/", "services/type/readaptation/"):
        assert "Deux-Sèvres (79) 5 Type Éducation thérapeutique 4 Réadaptation 1" in built.words(url)
    assert "1 service Service 0" in built.words("services/type/readaptation/")
    pages = [built.text(f"{url}index.html").split("<main")[1].split("</main>")[0] for url in
             ("services/", "services/type/readaptation/")]  # fmt: skip
    assert [page.count('aria-current="page"') for page in pages] == [0, 1]  # the way that was chosen


def test_search_engines_are_given_members_once_and_services_everywhere(built: Built) -> None:
    told = {url: "noindex" in built.text(f"{url}index.html") for url in (
        "annuaire/", "annuaire/specialite/pneumologie/", "services/", "services/type/readaptation/",
    )}  # fmt: skip
    assert [*told.values()] == [False, True, False, False]


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("05 49 00 00 00", "tel:+33549000000"),
        ("+33 5 49 00 00 00", "tel:+33549000000"),
        ("05 49 00 00 0", "tel:054900000"),
        ("3624", "tel:3624"),
        ("15", "tel:15"),
        ("", ""),
    ],
)
def test_a_telephone_is_called_from_anywhere(said: str, address: str) -> None:
    assert phone_href(said) == address
