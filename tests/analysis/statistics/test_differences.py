"""Differences between two groups are those that R's formulas give, and nothing where there is no group."""

import pytest

from analysis.statistics import levels_difference, proportion_difference, standardised_difference


@pytest.mark.parametrize(
    ("counts", "bounds"),
    [((56, 70, 48, 80), (0.0524314724024, 0.3338726540369)), ((0, 10, 0, 20), (-0.161125158053, 0.277532799863))],
)
def test_a_difference_of_proportions_has_the_interval_of_newcombe(counts, bounds):
    """a <- prop.test(x, m, correct = FALSE)$conf.int; b <- prop.test(y, n, correct = FALSE)$conf.int
    c(p - q - sqrt((p - a[1])^2 + (b[2] - q)^2), p - q + sqrt((a[2] - p)^2 + (q - b[1])^2))
    The first is Newcombe's own example (1998, table II, a): 0.0524 to 0.3339."""
    found = proportion_difference(*counts)
    assert (found.ci_low, found.ci_high) == pytest.approx(bounds, abs=1e-9)
    assert found.estimate == pytest.approx(counts[0] / counts[1] - counts[2] / counts[3])


def test_means_are_apart_in_standard_deviations():
    """abs(mean(x) - mean(y)) / sqrt((var(x) + var(y)) / 2)"""
    found = standardised_difference([9, 12, 7, 15, 11, float("nan")], [11, 13, 10, 14, 12, 9])
    assert found == pytest.approx(0.277786526546, rel=1e-9)


def test_levels_are_apart_by_the_distance_of_mahalanobis():
    """S <- ((diag(p) - p %o% p) + (diag(q) - q %o% q))[-1, -1] / 2; sqrt(d %*% MASS::ginv(S) %*% d)"""
    assert levels_difference([10, 20, 30], [12, 9, 9]) == pytest.approx(0.565034973715, rel=1e-9)
    assert levels_difference([10, 20, 30, 0], [12, 9, 9, 0]) == pytest.approx(0.565034973715, rel=1e-9)


def test_two_levels_are_two_proportions():
    """(.8 - .6) / sqrt((.8 * .2 + .6 * .4) / 2) = .2 / sqrt(.2)"""
    assert levels_difference([56, 14], [48, 32]) == pytest.approx(0.2**0.5)


@pytest.mark.parametrize(("first", "second"), [([], []), ([3], [4]), ([0, 0], [3, 4]), ([5, 0], [0, 5])])
def test_no_distance_where_there_is_no_group_or_nothing_shared(first, second):
    assert levels_difference(first, second) is None


def test_nobody_is_a_sentence():
    assert proportion_difference(0, 0, 3, 5).undefined == "un des groupes n'a pas répondu"
    assert standardised_difference([1], [2, 3]) is None
    assert standardised_difference([2, 2], [3, 3]) is None
