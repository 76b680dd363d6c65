"""Rank tests on tables small enough to count by hand."""

import numpy as np
import pytest

from analysis.statistics import kruskal_wallis, mann_whitney, sign_test, signed_rank, spearman
from analysis.statistics.signed_rank import pseudomedian


def test_sign_test_counts_those_who_moved():
    # 4 up, 1 down, 2 equal, 1 without an answer: p = 2 (C(5,0) + C(5,1)) / 2^5 = 12/32
    found = sign_test([1, 1, 1, 1, 3, 2, 2, 2], [2, 3, 4, 5, 1, 2, 2, None])
    assert (found.detail["up"], found.detail["equal"], found.detail["down"], found.detail["missing"]) == (4, 2, 1, 1)
    assert (found.n, found.statistic) == (7, 4)
    assert found.p_value == pytest.approx(12 / 32)
    assert found.effect_size == pytest.approx((4 - 1) / 5)


def test_signed_rank_of_three_ups_is_exact():
    # V = 1 + 2 + 3 = 6, the largest of 2^3 equally likely values: p = 2/8; all three changes agree
    found = signed_rank([0, 0, 0], [1, 2, 4])
    assert (found.statistic, found.p_value, found.effect_size) == (6, 0.25, 1)
    assert found.detail["method"] == "exact"


def test_signed_rank_drops_those_who_did_not_move_and_says_so():
    found = signed_rank([3, 3, 3, 3], [3, 3, 4, 5])
    assert (found.n, found.detail["moved"], found.detail["zeros"], found.detail["method"]) == (4, 2, 2, "asymptotic")


def test_pseudomedian_is_the_median_of_all_pairwise_averages():
    # averages of 0, 0, 3 with themselves: 0 0 0 1.5 1.5 3; the middle two are 0 and 1.5
    assert pseudomedian(np.array([0.0, 0.0, 3.0])) == 0.75


def test_pseudomedian_with_zeros_stands_beside_r_s():
    # one in ten moved, by 1: R's estimate, made without the nine zeros, is 1; the median change is 0
    found = signed_rank([2] * 10, [2] * 9 + [3])
    assert found.estimate == 1
    assert found.detail["pseudomedian_with_zeros"] == 0


def test_mann_whitney_counts_the_pairs_that_the_first_group_wins():
    # 5 beats 1 and 3, 2 beats 1: W = 3 of 4 pairs; orders at least as far: 2 (W=3) with W <= 1 or >= 3, 4 of 6
    found = mann_whitney([5, 2], [1, 3])
    assert found.statistic == 3
    assert found.p_value == pytest.approx(4 / 6)
    assert found.effect_size == pytest.approx((3 - 1) / 4)


def test_kruskal_wallis_of_three_groups_in_a_row():
    # ranks 1 2 | 3 4 | 5 6: H = 12/42 (9/2 + 49/2 + 121/2) - 21 = 32/7
    found = kruskal_wallis([[10, 20], [30, 40], [50, 60], []])
    assert found.statistic == pytest.approx(32 / 7)
    assert (found.dof, found.detail["empty"]) == (2, 1)
    assert found.effect_size == pytest.approx(32 / 7 / 5)


def test_spearman_of_a_perfect_order_is_one_in_all_orders():
    # 2 of the 4! orders are as extreme: p = 2/24
    found = spearman([1, 2, 3, 4], [10, 20, 30, 40])
    assert (found.estimate, found.statistic) == (pytest.approx(1), pytest.approx(0, abs=1e-12))
    assert found.p_value == pytest.approx(2 / 24)


def test_a_hundred_thousand_answers_are_ranked_by_their_distinct_values():
    source = np.random.default_rng(1)
    before = source.integers(7, 36, 100_000)
    found = signed_rank(before, before + source.integers(-3, 5, 100_000))
    assert found.estimate == pytest.approx(0.5, abs=0.05)
    assert found.p_value < 1e-300 or found.p_value == 0


def test_no_noise_of_a_search_is_published():
    # R: wilcox.test(c(1,1,2,3,-1,1,1,2,5,3), conf.int = TRUE) gives 1.99990 [0.999998; 3.00002]; with
    # tol.root = 1e-13, 2 [1; 3] to the thirteenth digit. Pairwise averages of whole changes are halves.
    found = signed_rank([0] * 10, [1, 1, 2, 3, -1, 1, 1, 2, 5, 3])
    assert (found.estimate, found.ci_low, found.ci_high) == (2, 1, 3)


def test_a_shift_between_two_groups_is_a_difference_between_two_people():
    # R: wilcox.test(c(1,2,2,3,5), c(2,2,3,3,4,6), conf.int = TRUE, tol.root = 1e-13): -1 [-3; 2]
    found = mann_whitney([1, 2, 2, 3, 5], [2, 2, 3, 3, 4, 6])
    assert (found.estimate, found.ci_low, found.ci_high) == (-1, -3, 2)
