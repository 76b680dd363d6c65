"""An author's page: the threads opened under a pseudonym, newest first, then those answered; nobody else's."""

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
