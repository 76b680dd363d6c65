"""What is found on texts that others wrote and that no rule was made on: it never becomes less by accident.

The floors are what was measured on 28 November 2026, a little below; ``python -m bench.privacy`` gives the figures and
the aims.
"""

from __future__ import annotations

import pytest

from bench.privacy import CORPUS, Score, read_corpus, read_marked, score

FLOORS = {
    "phone": 0.98, "email": 0.98, "great_age": 0.98, "contact": 0.98, "identifier": 0.98, "birth_date": 0.98,
    "care_date": 0.94, "address": 0.86, "given_name": 0.90, "surname": 0.90, "hospital": 0.90, "town": 0.85,
}  # fmt: skip
FALSE_BLOCKS_A_POST = 0.10

HELD_OUT = "c"
HELD_OUT_FLOORS = {
    "phone": 0.97, "email": 0.98, "great_age": 0.88, "contact": 0.96, "identifier": 0.92, "birth_date": 0.98,
    "care_date": 0.92, "address": 0.86, "given_name": 0.90, "surname": 0.90, "hospital": 0.95, "town": 0.90,
}  # fmt: skip
HELD_OUT_FALSE_BLOCKS_A_POST = 0.35  # its clean posts are chosen to deceive


@pytest.fixture(scope="module")
def measured() -> Score:
    """The held-out half of the hand that was tuned on, and the second hand, whose totals were seen."""
    hands = sorted(hand.name for hand in CORPUS.iterdir() if hand.is_dir() and hand.name != HELD_OUT)
    return score(text for hand in hands for text in read_corpus(hand, False))


@pytest.fixture(scope="module")
def held_out() -> Score:
    """The hand that nothing is tuned on; its misses are counted and never shown."""
    return score(read_corpus(HELD_OUT))


@pytest.mark.parametrize(("kind", "floor"), FLOORS.items())
def test_what_is_found_of_each_kind(measured: Score, kind: str, floor: float) -> None:
    assert measured.found[kind] >= floor * measured.marked[kind] > 0, [row for row in measured.missed if row[1] == kind]


@pytest.mark.parametrize(("kind", "floor"), HELD_OUT_FLOORS.items())
def test_what_is_found_of_each_kind_in_the_hand_held_out(held_out: Score, kind: str, floor: float) -> None:
    found, marked = held_out.found[kind], held_out.marked[kind]
    assert found >= floor * marked > 0


def test_false_alarms_on_the_clean_posts_of_the_hand_held_out(held_out: Score) -> None:
    blocks, posts = held_out.false_blocks, held_out.clean
    assert blocks <= HELD_OUT_FALSE_BLOCKS_A_POST * posts


def test_false_alarms_on_posts_that_identify_nobody(measured: Score) -> None:
    assert measured.false_blocks <= FALSE_BLOCKS_A_POST * measured.clean


def test_marks_leave_the_text_as_it_was_typed() -> None:
    text = read_marked("x", "vu ⟦given_name:Zoé⟧ ce matin", False)
    assert (text.written, text.marks) == ("vu Zoé ce matin", (("given_name", 3, 6),))
