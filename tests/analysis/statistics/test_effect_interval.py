"""Intervals of effect sizes: R's noncentral laws, inverted by ``uniroot(f, …, tol = 1e-13)``."""

import math

import pytest

from analysis import statistics as st
from analysis.statistics import Term
from analysis.statistics.effect_interval import of_chi_square, of_correlation, of_explained, of_mean
from analysis.statistics.models import linear_regression


def test_cohen_d_of_pairs():
    # R: uniroot(function(l) pt(2.5, 19, l) - .975, c(-20, 20))$root / sqrt(20), then .025
    assert of_mean(2.5, 19, 1 / math.sqrt(20), 0.95) == pytest.approx((0.0802333914679, 1.0251901195932), rel=1e-6)


def test_eta_squared():
    # R: l <- uniroot(function(l) pf(4.2, 2, 30, l) - .975, c(0, 1000))$root; l / (l + 33), then .025
    assert of_explained(4.2, (2, 30), 0.95) == pytest.approx((0.00026032411556, 0.41508706255637), rel=1e-6)


def test_cramer_v_and_its_zero():
    # R: sqrt(uniroot(function(l) pchisq(9.3, 2, l) - .975, c(0, 1000))$root / 60), then .025; under 1.1, from zero
    low, high = of_chi_square(9.3, 2, 60, 0.95)
    assert (math.sqrt(low), math.sqrt(high)) == pytest.approx((0.0985504435584, 0.6299475014839), rel=1e-6)
    low, high = of_chi_square(1.1, 2, 60, 0.95)
    assert (low, math.sqrt(high)) == pytest.approx((0, 0.348318348217), rel=1e-6)


def test_correlations():
    # R: tanh(atanh(.3) + c(-1, 1) * qnorm(.975) * sqrt((1 + .3^2 / 2) / (25 - 3)))
    error = math.sqrt((1 + 0.3**2 / 2) / (25 - 3))
    assert of_correlation(0.3, error, 0.95) == pytest.approx((-0.1171048866, 0.627137441308))
    # R: tanh(atanh(.4) + c(-1, 1) * qnorm(.975) * sqrt((12 + 15 + 1) / (3 * 12 * 15)))
    assert of_correlation(0.4, math.sqrt(28 / 540), 0.95) == pytest.approx((-0.0226506272527, 0.7013499267258))
    assert of_correlation(1.0, 0.1, 0.95) == (None, None)


def test_every_test_that_has_a_size_has_its_interval_around_it():
    first, second = [1, 2, 2, 3, 5, 4, 3, 6], [2, 2, 3, 4, 4, 6, 5, 5]
    found = [
        st.sign_test(first, second), st.signed_rank(first, second), st.paired_t(first, second),
        st.mann_whitney(first, second), st.welch_t(first, second), st.spearman(first, second),
        st.kruskal_wallis([first, second, [7, 8, 9]]), st.one_way_anova([first, second, [7, 8, 9]]),
        st.chi_square([[12, 8], [5, 15]]), st.fisher_exact([[3, 1, 4], [0, 5, 2]]),
    ]  # fmt: skip
    for one in found:
        assert one.effect_low < one.effect_size < one.effect_high, one.test
        assert one.detail["effect"]


def test_the_slope_of_a_trend_and_the_interval_that_its_test_inverts():
    # R: prop.trend.test(c(5, 9, 14), c(20, 20, 20)) gives 8.1362; with p = 28/60 and S = sum(n (x - 2)^2) = 40,
    # b = sum((x - 2) y) / S = 9/40, and b + c(-1, 1) * qnorm(.975) * sqrt(p (1 - p) / S)
    found = st.proportion_trend([5, 9, 14], [20, 20, 20])
    assert found.statistic == pytest.approx(8.136160714)
    assert (found.effect_size, found.effect_low, found.effect_high) == pytest.approx(
        (0.225, 0.0703959559, 0.3796040441), abs=1e-9
    )


def test_cohen_w_of_margins_that_moved():
    # 10 moved one way and 2 the other, of 82: (10 - 2)^2 / 12 on 1 degree of freedom
    # R: sqrt(uniroot(pchisq(64 / 12, 1, l) - .975)$root / 82), then .025
    found = st.marginal_homogeneity([[30, 10], [2, 40]])
    assert (found.effect_size, found.effect_low, found.effect_high) == pytest.approx(
        (0.2550306852, 0.0277069181, 0.4714724990), rel=1e-6
    )


def test_partial_eta_squared_of_a_term():
    outcome = [1.0, 3.0, 5.0, 7.0, 10.0, 10.0]
    group = Term("g", ["a", "a", "b", "b", "c", "c"], ("a", "b", "c"))
    model = linear_regression(outcome, [group])
    (term,) = model.terms
    # within: 2 + 2 + 0 = 4 on 3; between: 2 (2 - 6)^2 + 2 (6 - 6)^2 + 2 (10 - 6)^2 = 64 on 2
    assert term.effect_size == pytest.approx(64 / 68)
    assert (term.effect_low, term.effect_high) == pytest.approx(of_explained(24.0, (2, 3), 0.95))
