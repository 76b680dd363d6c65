"""A text is split once, by stretches that are kept: it makes no difference what was read before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from divan.privacy.detect import find_identifiers
from divan.privacy.words import TOKEN, KnownStretches, split


@given(st.text(alphabet="aÉ-'.,:1 \n", max_size=80))
def test_words_and_their_places_are_those_of_the_whole_text(text: str) -> None:
    matches = [*TOKEN.finditer(text)]
    words = split(text)
    assert words.written == [match[0] for match in matches]
    assert words.places() == [match.start() for match in matches]


@pytest.mark.parametrize("between", [" ", ", ", " , ", "  ,  ,, "])
def test_a_form_is_tried_before_the_word_that_comes_next_however_far(between: str) -> None:
    for other in ("tousse", "12", ""):  # the same stretches, before something else
        find_identifiers(f"née{between}{other}")
    assert [one.rule.id for one in find_identifiers(f"née{between}le 14/03/1962")][:1] == ["birth_date"]


def test_a_long_stretch_is_not_kept() -> None:
    lengths = KnownStretches(len)
    assert (lengths["court"], lengths["x" * 500]) == (5, 500)
    assert [*lengths] == ["court"]
