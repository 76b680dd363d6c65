"""Lists of threads: newest first, by pages of three here; full pages keep their address as the forum grows."""

import pytest

from tests import small_forum as forum
from tests.plugins.conftest import Built

CASES = [f"2026-02-0{day}-aaaa" for day in range(7, 0, -1)]


def test_seven_cases_three_a_page(built: Built) -> None:
    # 7 // 3 - 1 full page behind the first, which holds the other four
    assert built.threads("cas/") == CASES[:4]
    assert built.threads("cas/page/1/") == CASES[4:]
    assert "cas/page/1/" in built.links("cas/")


def test_an_area_has_its_topics_and_an_empty_one_says_so(built: Built) -> None:
    assert built.threads("sujets/domaine/initiatives-locales/") == [f"2026-03-0{day}-bbbb" for day in (4, 3, 2, 1)]
    assert "Aucun sujet dans ce domaine encore." in built.words("sujets/domaine/administratif/")


def test_questions_without_an_answer_are_those_that_nobody_answered(built: Built) -> None:
    waiting = built.threads("sans-reponse/") + built.threads("sans-reponse/page/1/")
    assert {"2026-02-01-aaaa", "2026-02-05-aaaa", "2026-03-01-bbbb"}.isdisjoint(waiting)
    assert "2026-02-02-aaaa" in waiting


def test_the_last_activity_is_where_someone_wrote_last(built: Built) -> None:
    # replies of 14, 13 and 12 April come before threads of March and February
    assert built.threads("activite/")[:4] == [
        "2026-03-01-bbbb",
        "2026-02-05-aaaa",
        "2026-02-01-aaaa",
        "2026-03-04-bbbb",
    ]


def test_the_activity_page_says_how_long_a_review_takes(built: Built) -> None:
    # 0 and 3 days; the 30 days of a thread kept to members are not counted in public
    assert "Relecture : en 1,5 jour, en médiane, pour 2 contributions." in built.words("activite/")
    assert "Relecture" not in built.words("cas/")


def test_a_withdrawn_thread_stands_in_no_list(built: Built) -> None:
    assert "sujets/2026-03-21-dddd/" in built
    assert all("2026-03-21-dddd" not in built.threads(url) for url in ("", "sujets/", "activite/", "sans-reponse/"))


@pytest.fixture(scope="module")
def one_a_page(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Seven cases, one a page: six full pages behind the newest."""
    root = forum.make_forum(tmp_path_factory.mktemp("pages"))
    forum.settle(root, PAGE_SIZE=1)
    return Built(forum.site_of(root))


@pytest.mark.parametrize(
    ("url", "around"),
    [
        ("cas/", [1, 5, 6]),  # the newest is the seventh: two before it, and the oldest
        ("cas/page/6/", [1, 4, 5, 6]),
        ("cas/page/4/", [1, 2, 3, 4, 5, 6]),
        ("cas/page/2/", [1, 2, 3, 4]),
        ("cas/page/1/", [1, 2, 3]),
    ],
)
def test_a_page_names_the_oldest_and_two_on_each_side(url: str, around: list[int], one_a_page: Built) -> None:
    named = {int(link.split("/")[2]) for link in one_a_page.links(url) if link.startswith("cas/page/")}
    assert sorted(named | ({int(url.split("/")[2])} if "page" in url else set())) == around


@pytest.mark.parametrize(
    ("url", "newer", "older"),
    [
        ("cas/", None, "cas/page/6/"),
        ("cas/page/6/", "cas/", "cas/page/5/"),
        ("cas/page/3/", "cas/page/4/", "cas/page/2/"),
        ("cas/page/1/", "cas/page/2/", None),
    ],
)
def test_a_page_leads_to_the_one_before_and_the_one_after(
    url: str, newer: str | None, older: str | None, one_a_page: Built
) -> None:
    page = one_a_page.text(f"{url}index.html")
    for rel, wanted in (("prev", newer), ("next", older)):
        links = [
            part.split('href="')[1].split('"')[0] for part in page.split("<a ")[1:] if f'rel="{rel}"' in part[:200]
        ]
        assert [link.removeprefix("../" * url.count("/")) for link in links] == ([wanted] if wanted else [])


def test_a_full_page_says_its_number(one_a_page: Built) -> None:
    assert "<title>Cas, page 3" in one_a_page.text("cas/page/3/index.html")
    assert "page" not in one_a_page.text("cas/index.html").split("<title>")[1].split("</title>")[0]
