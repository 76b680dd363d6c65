"""Tables of counts, proportions, several tests at once, items and coders."""

import pytest

from analysis.statistics import (
    chi_square,
    clopper_pearson,
    cohen_kappa,
    cronbach_alpha,
    holm,
    marginal_homogeneity,
    mcnemar,
    proportion_trend,
    wilson,
)


def test_chi_square_of_two_by_two_takes_yates_off():
    # expected 10 everywhere, each 2 away: 4 (2 - 0.5)² / 10 = 0.9; V = sqrt(4 x 4/10 / 40) = 0.2
    found = chi_square([[12, 8], [8, 12]])
    assert found.statistic == pytest.approx(0.9)
    assert found.effect_size == pytest.approx(0.2)
    assert found.detail["smallest_expected"] == 10


def test_chi_square_drops_what_nobody_ticked():
    found = chi_square([[10, 0, 20], [20, 0, 10], [0, 0, 0]])
    assert (found.dof, found.detail["dropped_rows"], found.detail["dropped_columns"]) == (1, 1, 1)


def test_mcnemar_looks_only_at_those_who_changed():
    # 10 one way, 2 the other: (|10 - 2| - 1)² / 12 = 49/12
    assert mcnemar([[30, 10], [2, 40]]).statistic == pytest.approx(49 / 12)


def test_bowker_leaves_out_levels_that_exchanged_nobody():
    # only 1 -> 2 (4) and 2 -> 1 (0) happened: 4²/4 on one degree of freedom
    found = mcnemar([[5, 4, 0], [0, 6, 0], [0, 0, 7]])
    assert (found.statistic, found.dof, found.detail["pairs_left_out"]) == (4, 1, 2)


def test_marginal_homogeneity_of_two_levels_is_mcnemar_uncorrected():
    # (10 - 2)² / 12
    assert marginal_homogeneity([[30, 10], [2, 40]]).statistic == pytest.approx(64 / 12)


def test_trend_of_proportions_weighs_the_bands_by_their_rank():
    # shares 1/10, 5/10, 9/10: slope 0.4 a band; 0.4² x 20 / (0.5 x 0.5)
    found = proportion_trend([1, 5, 9], [10, 10, 10])
    assert found.estimate == pytest.approx(0.4)
    assert found.statistic == pytest.approx(0.16 * 20 / 0.25)


def test_holm_multiplies_the_smallest_by_the_number_of_tests():
    # 0.01 x 3, then max(0.03, 0.03 x 2), then max(0.06, 0.04 x 1); what is missing is no test
    assert holm([0.04, 0.01, None, 0.03]) == pytest.approx((0.06, 0.03, None, 0.06))


def test_wilson_half_of_ten_is_not_corrected_at_the_half():
    # p = 1/2: the bounds are 1/2 ± z / (2 sqrt(n + z²)), z² = 3.841459
    reach = 1.959964 / (2 * (10 + 3.841459) ** 0.5)
    for continuity in (True, False):
        found = wilson(5, 10, continuity=continuity)
        assert (found.ci_low, found.ci_high) == pytest.approx((0.5 - reach, 0.5 + reach), rel=1e-6)


def test_nobody_of_ten_still_leaves_room_above():
    # exact: (1 - p)^10 = 0.025
    assert clopper_pearson(0, 10).ci_low == 0
    assert clopper_pearson(0, 10).ci_high == pytest.approx(1 - 0.025**0.1)


def test_alpha_is_one_when_the_items_are_one_item_and_zero_when_they_ignore_each_other():
    assert cronbach_alpha([[1, 1], [2, 2], [4, 4]]).estimate == pytest.approx(1)
    # items uncorrelated over the four combinations: the variance of the sum is the sum of the variances
    assert cronbach_alpha([[0, 0], [0, 1], [1, 0], [1, 1]]).estimate == pytest.approx(0)


def test_kappa_of_half_agreement_by_chance():
    # 20 a/a, 15 b/b, 5 a/b, 10 b/a: observed 0.7, chance 0.5 x 0.6 + 0.5 x 0.4 = 0.5; kappa = 0.4 (Cohen's example)
    first = ["a"] * 25 + ["b"] * 25
    second = ["a"] * 20 + ["b"] * 5 + ["a"] * 10 + ["b"] * 15
    found = cohen_kappa(first, second)
    assert found.estimate == pytest.approx(0.4)
    assert found.detail["observed_agreement"] == pytest.approx(0.7)


def test_the_interval_of_kappa_stays_where_kappa_can_be():
    # 9 units of 10 alike: kappa 0.8, and 0.8 + 1.96 x 0.187 would be 1.17
    found = cohen_kappa([*"aaaaabbbbb"], [*"aaaaabbbba"])
    assert found.estimate == pytest.approx(0.8)
    assert (found.ci_high, found.ci_low < found.estimate) == (1, True)
