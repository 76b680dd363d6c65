"""What is found on texts that others wrote and that no rule was made on: it never becomes less by accident.

The floors are what was measured on 28 November 2026, a little below; ``python -m bench.privacy`` gives the figures and
the aims.
"""

from __future__ import annotations

import pytest

from bench.privacy import Score, read_corpus, read_marked, score

FLOORS = {
    "ab": {
        "phone": 0.98, "email": 0.98, "great_age": 0.98, "contact": 0.98, "identifier": 0.98, "birth_date": 0.98,
        "care_date": 0.94, "address": 0.98, "given_name": 0.95, "surname": 0.92, "hospital": 0.93, "town": 0.92,
    },
    "c": {
        "phone": 0.97, "email": 0.98, "great_age": 0.88, "contact": 0.98, "identifier": 0.95, "birth_date": 0.98,
        "care_date": 0.94, "address": 0.97, "given_name": 0.94, "surname": 0.91, "hospital": 0.97, "town": 0.89,
    },
    "d": {
        "phone": 0.98, "email": 0.98, "great_age": 0.98, "contact": 0.98, "identifier": 0.91, "birth_date": 0.98,
        "care_date": 0.95, "address": 0.98, "given_name": 0.94, "surname": 0.96, "hospital": 0.86, "town": 0.9,
    },
    "e": {
        "phone": 0.98, "email": 0.98, "great_age": 0.98, "contact": 0.83, "identifier": 0.93, "birth_date": 0.98,
        "care_date": 0.97, "address": 0.94, "given_name": 0.94, "surname": 0.94, "hospital": 0.88, "town": 0.88,
    },
    "f": {
        "phone": 0.98, "email": 0.98, "contact": 0.98, "identifier": 0.98, "birth_date": 0.98, "care_date": 0.98,
        "address": 0.98, "given_name": 0.95, "surname": 0.84, "hospital": 0.92, "town": 0.92,
    },
}  # fmt: skip
FALSE_BLOCKS_A_POST = {
    "ab": 0.07,
    "c": 0.30,
    "d": 0.07,
    "e": 0.125,
    "f": 0.09,
}  # those of c and d are chosen to deceive


@pytest.fixture(scope="module")
def measured() -> dict[str, Score]:
    """What nothing is tuned on, by hands; what is missed there is counted and never shown."""
    return {hands: score(text for hand in hands for text in read_corpus(hand, False)) for hands in FLOORS}


@pytest.mark.parametrize(("hands", "kind"), [(hands, kind) for hands, kinds in FLOORS.items() for kind in kinds])
def test_what_is_found_of_each_kind(measured: dict[str, Score], hands: str, kind: str) -> None:
    found, marked = measured[hands].found[kind], measured[hands].marked[kind]
    assert found >= FLOORS[hands][kind] * marked > 0


@pytest.mark.parametrize("hands", FLOORS)
def test_false_alarms_on_posts_that_identify_nobody(measured: dict[str, Score], hands: str) -> None:
    blocks, posts = measured[hands].false_blocks, measured[hands].clean
    assert blocks <= FALSE_BLOCKS_A_POST[hands] * posts


def test_marks_leave_the_text_as_it_was_typed() -> None:
    text = read_marked("x", "vu ⟦given_name:Zoé⟧ ce matin", False)
    assert (text.written, text.marks) == ("vu Zoé ce matin", (("given_name", 3, 6),))
