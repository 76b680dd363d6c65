"""A key copied by hand opens or says that a letter is wrong; a phrase is the same on two keyboards, or is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from divan.members.member_key import SIZE, MemberKey, draw_key, key_of_phrase, key_of_words
from divan.sources.problem import ProblemsFound

SALT = bytes(16)


@given(st.binary(min_size=SIZE, max_size=SIZE))
def test_the_words_of_a_card_give_its_key_back(secret: bytes) -> None:
    assert key_of_words(MemberKey(secret).words()) == MemberKey(secret)


def test_a_hand_writes_small_letters_no_dashes_and_takes_o_for_zero() -> None:
    key = MemberKey(bytes(SIZE))
    assert key.words().startswith("0000-0000")
    assert key_of_words(key.words().lower().replace("-", " ").replace("0", "o")) == key


@given(st.binary(min_size=SIZE, max_size=SIZE), st.integers(0, 31), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_letter_is_told(secret: bytes, place: int, letter: str) -> None:
    words = MemberKey(secret).words().replace("-", "")
    wrong = words[:place] + letter + words[place + 1 :]
    if wrong != words:
        with pytest.raises(ProblemsFound):
            key_of_words(wrong)


@pytest.mark.parametrize("words", ["", "K7F2", "U" * 36, "é" * 36, "0" * 35, "0" * 37])
def test_what_is_no_key_is_refused(words: str) -> None:
    with pytest.raises(ProblemsFound):
        key_of_words(words)


def test_two_keys_are_never_the_same() -> None:
    assert len({draw_key() for _ in range(100)}) == 100


def test_a_phrase_is_the_same_however_it_is_typed() -> None:
    one = key_of_phrase("Cerise tambour pluie fenêtre marteau", SALT)
    other = key_of_phrase("  cerise Tambour  pluie fene\u0302tre marteau ", SALT)
    assert one == other
    assert one != key_of_phrase("cerise tambour pluie fenêtre marteau", bytes(15) + b"1")


@pytest.mark.parametrize("phrase", ["", "azerty", "un deux trois quatre", "a b c d e f"])
def test_a_phrase_that_a_machine_guesses_is_refused(phrase: str) -> None:
    with pytest.raises(ProblemsFound):
        key_of_phrase(phrase, SALT)
