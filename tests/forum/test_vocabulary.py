"""Words lead to hashtags whatever their case, accents and synonyms; a word leads to one hashtag only."""

import pytest

from divan.forum.vocabulary import Vocabulary, read_vocabulary
from divan.sources.problem import ProblemsFound
from divan.sources.slug import slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Toux", "toux"),
        ("Hypertension artérielle", "hypertension-arterielle"),
        ("Œdème aigu", "oedeme-aigu"),
        ("inhibiteur de l'enzyme", "inhibiteur-de-l-enzyme"),
        ("L’été", "l-ete"),
        ("e\u0301te\u0301", "ete"),
        (" --a  b_c ", "a-b-c"),
    ],
)
def test_a_slug_is_plain(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("toux", "toux"),
        ("TOUX", "toux"),
        ("Hypertension-Arterielle", "hypertension-artérielle"),
        ("hypertension artérielle", "hypertension-artérielle"),
        ("HTA", "hypertension-artérielle"),
        ("inhibiteur-de-l’enzyme-de-conversion", "iec"),
    ],
)
def test_a_word_leads_to_its_hashtag(word: str, name: str, vocabulary: Vocabulary) -> None:
    found = vocabulary.find(word)
    assert found and found.name == name


def test_an_unknown_word_leads_nowhere_but_may_remind_of_one(vocabulary: Vocabulary) -> None:
    assert vocabulary.find("tuox") is None
    assert vocabulary.suggest("tuox") == "toux"
    assert vocabulary.suggest("hypertention") == "hypertension-artérielle"
    assert vocabulary.suggest("zona") == ""


def test_a_word_that_leads_to_two_hashtags_is_a_problem_on_its_line() -> None:
    with pytest.raises(ProblemsFound) as found:
        read_vocabulary(
            "h.yaml", "- name: toux\n  synonyms: [tussis]\n- name: rhume\n  synonyms: [Tussis]\n- name: TOUX\n"
        )
    assert [str(problem) for problem in found.value.problems] == [
        "h.yaml:4: un mot ne mène qu'à un hashtag, et « Tussis » mène déjà à « toux » ; retirez-le de l'un des deux",
        "h.yaml:5: un mot ne mène qu'à un hashtag, et « TOUX » mène déjà à « toux » ; retirez-le de l'un des deux",
    ]


def test_a_synonym_may_repeat_its_own_hashtag() -> None:
    assert read_vocabulary("h.yaml", "- name: anémie\n  synonyms: [anemie]\n").find("ANEMIE")


@pytest.mark.parametrize("name", ["deux mots", "-a", "a_b", "1er", "#toux"])
def test_a_name_can_be_written_after_a_hash_sign(name: str) -> None:
    with pytest.raises(ProblemsFound):
        read_vocabulary("h.yaml", f'- name: "{name}"\n')
