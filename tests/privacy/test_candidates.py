"""Which words the tagger looks at, and what it knows of those that stand before them."""

import pytest

from divan.privacy.candidates import candidates, linked_as_a_town
from divan.privacy.detect import find_identifiers
from divan.privacy.tagger import features, load_tagger
from divan.privacy.words import split


def looked_at(text: str) -> list[str]:
    words = split(text)
    return [words.written[at] for at in candidates(words.written, words.low, load_tagger().chances)]


@pytest.mark.parametrize(
    ("text", "looked"),
    [
        ("il habite zorbeville", ["zorbeville"]),
        ("il habite a la zorbeville", ["zorbeville"]),
        ("il habite seul, zorbeville", []),
        ("il prend zorbeville", []),
        ("zorbek 66a venu hier", ["zorbek"]),
        ("B. Zorbek", ["Zorbek"]),
        ("Interne : Zorbek", ["Zorbek"]),
        ("Zorbekine matin et soir", []),
        ("saint-zorb-sur-brune", ["saint-zorb-sur-brune"]),
        ("injection sous-zorbique", []),
        ("jean-phi tousse", ["jean-phi"]),
        ("allergie a l'alpha-gal", []),
    ],
)
def test_a_word_of_no_list_is_looked_at_where_a_name_may_stand(text: str, looked: list[str]) -> None:
    assert looked_at(text) == looked


def test_a_commune_is_known_by_its_links() -> None:
    assert linked_as_a_town(["saint", "clair"]) and linked_as_a_town(["bray", "sur", "mer"])
    assert not linked_as_a_town(["sous", "cutane"]) and not linked_as_a_town(["non", "fumeur"])


def test_the_announcer_stands_before_the_small_words() -> None:
    words = split("il habite a la Zorbeville")
    known = features(words.written, words.low, 4, {}, load_tagger())
    assert "ahabite" in known and "1la" in known


def test_an_initial_is_part_of_the_name_that_it_begins() -> None:
    text = "Biologistes : K. Belkacem"
    assert [text[one.start : one.end] for one in find_identifiers(text)] == ["K. Belkacem"]


def test_the_longest_of_two_passages_that_begin_together_is_kept() -> None:
    text = "mon patient Aurélien Vrignaud a une leucémie"
    assert [text[one.start : one.end] for one in find_identifiers(text)] == ["Aurélien Vrignaud"]
