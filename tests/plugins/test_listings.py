"""Lists of threads: newest first, by pages of three here; full pages keep their address as the forum grows."""

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
