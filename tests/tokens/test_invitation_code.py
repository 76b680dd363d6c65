"""A code is typed from paper: what the hand gets wrong is seen before anything is sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from divan.sources.copied_letters import LETTERS
from divan.tokens.invitation_code import draw_code, read_code

LETTER = st.sampled_from(LETTERS)


def test_a_code_is_three_groups_of_four_and_no_two_are_alike() -> None:
    codes = {draw_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 14 and code[4] == code[9] == "-" for code in codes)
    assert all(read_code(code) == code for code in codes)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}\n"])
def test_case_spaces_and_dashes_are_free(typed: str) -> None:
    code = draw_code()
    for written in (code.lower(), code.replace("-", ""), code.replace("-", " "), code.replace("-", " – ")):
        assert read_code(typed.format(written)) == code


def test_letters_taken_for_digits_are_read_as_what_they_look_like() -> None:
    code = next(one for one in iter(draw_code, "") if "0" in one and "1" in one)
    assert read_code(code.replace("0", "o").replace("1", "l")) == code
    assert read_code(code.replace("0", "O").replace("1", "I")) == code


@given(st.integers(0, 11), LETTER)
def test_one_wrong_letter_is_seen(place: int, letter: str) -> None:
    letters = draw_code().replace("-", "")
    wrong = letters[:place] + letter + letters[place + 1 :]
    assert (read_code(wrong) is None) == (wrong != letters)


@pytest.mark.parametrize("typed", ["", "K7F2", "ABCD-EFGH-JKMN-P", "É7F2-QMXA-9CDE", "\0" * 12, "123456789012 3"])
def test_anything_else_is_no_code(typed: str) -> None:
    assert read_code(typed) is None
