"""Hashtags: all of them in one index with their synonyms and counts, and a page and a feed for each."""

from tests.plugins.conftest import Built


def test_the_index_says_each_word_and_what_else_it_is_called(built: Built) -> None:
    words = built.words("mots/")
    for name in ("toux", "hta", "sommeil", "vaccin"):
        assert name in words
    assert "mots/toux/" in built.links("mots/")


def test_a_words_page_has_its_threads_those_whose_reply_uses_it_included(built: Built) -> None:
    # 2, 4 and 6 February carry « vaccin » in their heads (every other of seven cases)
    assert built.threads("mots/vaccin/") == ["2026-02-06-aaaa", "2026-02-04-aaaa", "2026-02-02-aaaa"]


def test_a_word_that_no_public_thread_carries_is_nowhere(built: Built) -> None:
    # members carry « deuil »; a page, a feed or a « 0 » would tell that they do
    assert "deuil" not in built.words("mots/")
    assert "mots/deuil/" not in built
    assert "mots/deuil/atom.xml" not in built.files


def test_words_stand_under_their_letter_each_with_its_count(built: Built) -> None:
    assert built.words("mots/").endswith(
        "H #hta 4 hypertension S #sommeil 2 insomnie T #toux 5 tousser V #vaccin 3 vaccination"
    )
    assert built.words("mots/").startswith("Hashtags 4 mots")


def test_the_home_page_has_the_most_used_first_then_by_name(built: Built) -> None:
    shown = [link.split("/")[1] for link in built.links("") if link.startswith("mots/") and link.count("/") == 2]
    assert [*dict.fromkeys(shown)][-4:] == ["toux", "hta", "vaccin", "sommeil"]  # 5, 4, 3, 2
