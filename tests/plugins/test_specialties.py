"""A specialty's page: its threads, its questions that wait, a feed for whoever follows; an index that counts them."""

import feedparser

from tests.plugins.conftest import Built

PAGE = "specialites/pneumologie/"


def test_the_index_counts_the_threads_of_a_specialty_and_those_that_wait(built: Built) -> None:
    # sept cas de pneumologie ; deux ont reçu une réponse (le 5 et le 1er février)
    assert "pneumologie 7 5 questions attendent une réponse" in built.words("specialites/")
    assert PAGE in built.links("specialites/")


def test_the_questions_that_wait_are_told_apart_the_newest_first(built: Built) -> None:
    words = built.words(PAGE)
    assert words.count("Questions sans réponse") == 1
    waiting = words.partition("Questions sans réponse")[2]
    assert [waiting.index(f"Titre de 2026-02-0{n}-aaaa") for n in (7, 6, 4, 3, 2)] == sorted(
        waiting.index(f"Titre de 2026-02-0{n}-aaaa") for n in (7, 6, 4, 3, 2)
    )
    assert "2026-02-05-aaaa" not in waiting


def test_its_feed_follows_what_is_written_in_its_threads(built: Built) -> None:
    entries = feedparser.parse(built.text(f"{PAGE}atom.xml")).entries
    assert [entry.link.rsplit("/", 2)[1] for entry in entries] == [
        "2026-02-05-aaaa", "2026-02-01-aaaa", "2026-02-07-aaaa", "2026-02-06-aaaa",
    ]  # fmt: skip


def test_a_case_leads_to_its_specialty(built: Built) -> None:
    assert PAGE in built.links("cas/2026-02-01-aaaa/")
