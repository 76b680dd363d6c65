"""Printed figures that cannot be: against the published example, and against listing every set of answers."""

import itertools
import statistics
from fractions import Fraction

import pytest

from analysis.audit.granularity import grim, grimmer
from analysis.audit.how_printed import HowPrinted, compare_printed


@pytest.mark.parametrize(
    ("printed", "exact", "verdict"),
    [
        ("25,35", Fraction(1749, 69), HowPrinted.ROUNDED_HALF_UP),  # 25.3478…
        ("25,34", Fraction(1749, 69), HowPrinted.CUT_OFF),  # as T2 of the study prints it
        ("25,3", Fraction(1749, 69), HowPrinted.ROUNDED_HALF_UP),
        ("25,4", Fraction(1749, 69), HowPrinted.DIFFERS),
        ("40,6 %", Fraction(2800, 69), HowPrinted.ROUNDED_HALF_UP),  # 40.579…
        ("3,2", Fraction(13, 4), HowPrinted.ROUNDED_HALF_EVEN),  # 3.25, to the even digit
        ("2,5", Fraction(5, 2), HowPrinted.EQUAL),
        ("−0,7", Fraction(-2, 3), HowPrinted.ROUNDED_HALF_UP),
    ],
)
def test_how_a_printed_number_was_made(printed, exact, verdict):
    assert compare_printed(printed, exact) is verdict


def test_grim_finds_the_impossible_mean_of_its_authors():
    # Brown & Heathers 2017: 5.19 of 28 people; 145/28 = 5.179 and 146/28 = 5.214
    found = grim("5.19", 28)
    assert not found.possible
    assert found.nearest == ("5.18", "5.21")
    assert grim("5.18", 28).possible


def test_items_multiply_the_answers():
    # 28 people, 2 items: 288/56 = 5.143 and 289/56 = 5.161, even cut off; 4 items: 577/112 = 5.152
    assert not grim("5.15", 28, items=2).possible
    assert grim("5.15", 28, items=4).possible


def test_a_mean_outside_the_scale_is_impossible():
    assert grim("5,5", 10).possible
    assert not grim("5,5", 10, minimum=1, maximum=5).possible


def printed_pairs(n, scale):
    """Every (mean, SD) that n answers on the scale can print, half up, at one decimal for the SD."""
    for answers in itertools.combinations_with_replacement(scale, n):
        mean, sd = Fraction(sum(answers), n), statistics.stdev(answers)
        yield f"{int(mean * 100 + Fraction(1, 2)) / 100:.2f}", f"{int(sd * 100 + 0.5) / 100:.2f}"


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_grimmer_never_accuses_true_figures_and_finds_false_ones(n):
    true = set(printed_pairs(n, range(1, 6)))
    assert all(grimmer(mean, sd, n, minimum=1, maximum=5).possible for mean, sd in true)
    means = {mean for mean, _ in true}
    false = [(mean, f"{sd / 100:.2f}") for mean in means for sd in range(250) if (mean, f"{sd / 100:.2f}") not in true]
    caught = sum(not grimmer(mean, sd, n, minimum=1, maximum=5).possible for mean, sd in false)
    assert caught / len(false) > 0.95


def test_grimmer_refuses_a_spread_wider_than_the_scale():
    # ten answers of mean 3 on 1..5 spread at most as five 1 and five 5: SD sqrt(40/9) = 2.108
    assert grimmer("3.00", "2.11", 10, minimum=1, maximum=5).possible
    assert not grimmer("3.00", "2.20", 10, minimum=1, maximum=5).possible


def test_grimmer_knows_that_squares_have_the_parity_of_the_total():
    # n = 2, mean 3.0: total 6, squares even: 18, 20, 26...; SD² = squares - 18 = 0, 2, 8: 1.41 yes, 1.00 no
    assert grimmer("3.0", "1.41", 2).possible
    assert not grimmer("3.0", "1.00", 2).possible
