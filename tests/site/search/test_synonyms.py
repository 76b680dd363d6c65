"""A page is found by other ways to say what it says: abbreviations, words of the same sense, brands of a substance."""

import pytest

from divan.forum.abbreviations import with_ours
from divan.site.search.stemming import stems
from divan.site.search.synonyms import Synonyms, synonyms


@pytest.fixture(scope="module")
def known() -> Synonyms:
    return synonyms(with_ours({}))


def added(known: Synonyms, text: str) -> set[str]:
    return known.of(text, [*stems(text)])


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Une céphalée", "mal de tête"), ("Un mal de tête", "céphalées"), ("Une syncope", "perte de connaissance"),
        ("Sous apixaban", "Éliquis"), ("Il prend du Doliprane", "paracétamol"), ("Sous AVK", "Préviscan"),
        ("Sous AVK", "antivitamine"), ("Insuffisance cardiaque", "IC"), ("Une BPCO", "bronchite chronique"),
    ],
)  # fmt: skip
def test_what_means_the_same_leads_to_the_page(known: Synonyms, text: str, asked: str) -> None:
    assert {*stems(asked)} <= added(known, text) | {*stems(text)}


@pytest.mark.parametrize(
    ("text", "asked"), [("Un petit enfant", "nourrisson"), ("Une tête", "céphalée"), ("ta fille", "tension")]
)
def test_part_of_a_phrase_means_nothing_more(known: Synonyms, text: str, asked: str) -> None:
    assert not {*stems(asked)} & added(known, text)


def test_every_way_to_say_something_is_of_words_that_are_read(known: Synonyms) -> None:
    assert all(phrase and others for listed in known.said.values() for phrase, others in listed)
