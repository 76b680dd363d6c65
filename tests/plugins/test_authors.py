"""An author's page: the threads opened under a pseudonym, newest first, then those answered; nobody else's."""

import feedparser

from tests.plugins.conftest import Built


def test_the_threads_of_a_pseudonym_newest_first_then_those_it_answered(built: Built) -> None:
    assert "Fils commentés" in built.words("auteurs/grive/")
    assert built.threads("auteurs/grive/") == [
        "2026-02-06-aaaa",
        "2026-02-03-aaaa",
        "2026-03-01-bbbb",
        "2026-02-01-aaaa",
    ]


def test_who_answered_only_has_a_page_too(built: Built) -> None:
    assert "Les fils ouverts sous ce pseudonyme" in built.words("auteurs/merle/")
    assert "auteurs/pinson/" in built


def test_a_pseudonym_that_only_members_read_has_no_page(built: Built) -> None:
    assert "auteurs/effraie/" not in built


def test_the_feed_of_a_pseudonym_has_what_it_opened_and_what_it_answered(built: Built) -> None:
    found = feedparser.parse(built.text("auteurs/grive/atom.xml")).entries
    assert [entry.link.rsplit("/", 2)[1] for entry in found] == [
        "2026-03-01-bbbb", "2026-02-01-aaaa", "2026-02-06-aaaa", "2026-02-03-aaaa",
    ]  # fmt: skip
