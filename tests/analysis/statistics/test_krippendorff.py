"""Krippendorff's alpha against the figures that its author worked by hand."""

from __future__ import annotations

import pytest

from analysis.statistics.krippendorff import krippendorff_alpha

# Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011, part C: four observers, twelve units, values missing.
FOUR_OBSERVERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
# The same, part B: two observers, twelve units, nominal.
TWO_OBSERVERS = ("a a b b d c c c e d d a", "b a b b b c c c e d d d")
# The same, part A: two observers, ten units, binary.
BINARY = ("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")


def labels(rows: tuple[str, ...]) -> list[list[str]]:
    return [["" if one == "." else one for one in row.split()] for row in rows]


@pytest.mark.parametrize(
    ("rows", "alpha"), [(FOUR_OBSERVERS, 0.743), (TWO_OBSERVERS, 0.692), (BINARY, 0.095)], ids=["4x12", "2x12", "2x10"]
)
def test_the_examples_of_its_author(rows, alpha):
    assert krippendorff_alpha(labels(rows)).estimate == pytest.approx(alpha, abs=5e-4)


def test_a_unit_with_one_label_has_no_pair_and_is_left_out():
    found = krippendorff_alpha(labels(FOUR_OBSERVERS))
    assert (found.n, found.detail["missing"], found.detail["values"]) == (11, 1, 40)


def test_the_interval_holds_the_estimate_and_is_the_same_each_time():
    first, second = (krippendorff_alpha(labels(FOUR_OBSERVERS)) for _ in range(2))
    assert first.ci_low < first.estimate < first.ci_high <= 1
    assert (first.ci_low, first.ci_high) == (second.ci_low, second.ci_high)


def test_full_agreement_is_one():
    assert krippendorff_alpha([list("aabbc")] * 3).estimate == 1


@pytest.mark.parametrize("rows", [(("a", "a"), ("a", "a")), (("a", None), (None, "b")), ((), ())])
def test_what_says_nothing_has_no_alpha_but_a_reason(rows):
    found = krippendorff_alpha(rows)
    assert found.estimate is None
    assert found.undefined
