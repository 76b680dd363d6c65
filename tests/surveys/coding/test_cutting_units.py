"""A unit is cut anywhere between two words, and joined to the one that follows it at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.coding.cutting_units import cut, join
from surveys.coding.text_units import TextUnit

TEXTS = {1: "Bonjour à tous", 2: "Qui a des masques ?", 3: "Moi"}


@pytest.mark.parametrize(("unit", "at", "parts"), [
    (TextUnit("1", 1, 1), 8, ("Bonjour ", "à tous")),
    (TextUnit("m", 2, 2, 6), 4, ("des ", "masques ?")),
    (TextUnit("m", 1, 3), 15, ("Bonjour à tous", "Qui a des masques ?\nMoi")),  # at the head of the second post
    (TextUnit("m", 1, 3), 14, ("Bonjour à tous", "Qui a des masques ?\nMoi")),  # at the end of the first
    (TextUnit("m", 1, 3, 8, 1), 13, ("à tous\nQui a ", "des masques ?\nM")),
])  # fmt: skip
def test_a_unit_is_cut_before_a_sign_of_its_words(unit, at, parts):
    found = cut(unit, at, TEXTS, {unit.id})
    assert found is not None
    assert tuple(one.text(TEXTS) for one in found) == parts
    assert found[0].id == unit.id


@pytest.mark.parametrize("at", [0, -3, 14, 99])
def test_a_part_that_says_nothing_is_no_part(at):
    assert cut(TextUnit("1", 1, 1), at, TEXTS, {"1"}) is None


def test_a_part_has_a_name_that_no_other_unit_has():
    found = cut(TextUnit("1", 1, 1), 8, TEXTS, {"1", "1-8", "1-8-2"})
    assert found is not None
    assert found[1].id == "1-8-3"


@pytest.mark.parametrize(("first", "second"), [
    (TextUnit("a", 1, 1), TextUnit("b", 3, 3)),
    (TextUnit("a", 1, 1, 0, 7), TextUnit("b", 2, 2)),
    (TextUnit("a", 1, 1), TextUnit("b", 2, 2, 4)),
    (TextUnit("a", 2, 2, 0, 9), TextUnit("b", 2, 2, 4)),
])  # fmt: skip
def test_what_does_not_follow_at_once_is_not_joined(first, second):
    assert join(first, second, TEXTS) is None


@given(st.data())
def test_what_is_cut_is_joined_again_as_it_was(data):
    texts = {n: data.draw(st.text("ab \né", min_size=1, max_size=12)) for n in range(1, 4)}
    unit = TextUnit("u", 1, 3)
    found = cut(unit, data.draw(st.integers(0, 40)), texts, {"u"})
    if found:
        assert "".join("".join(one.text(texts).split()) for one in found) == "".join(unit.text(texts).split())
        assert join(*found, texts) == unit
