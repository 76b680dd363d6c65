"""Weights brought to margins, and weighted shares and means, are those of R's package survey."""

import numpy as np
import pytest

from analysis.statistics.raking import Margin, rake
from analysis.statistics.weighted import weighted_mean, weighted_share

SEX = np.array([0, 0, 0, 1, 1, 1, 1, 1, 0, 1])
AGE = np.array([0, 1, 2, 0, 1, 2, 2, 2, 1, 0])


def test_every_margin_holds_and_the_weights_keep_their_sum():
    found = rake(10, [Margin(SEX, (0.5, 0.5)), Margin(AGE, (0.2, 0.3, 0.5))])
    assert not found.undefined
    assert found.weights.sum() == pytest.approx(10)
    assert np.bincount(SEX, found.weights) == pytest.approx([5, 5])
    assert np.bincount(AGE, found.weights) == pytest.approx([2, 3, 5])


def test_one_margin_is_a_plain_quotient_and_its_cost_is_kishs():
    # 4 of 10 are level 0, wanted half: weights 1.25 and 5/6; 10 (4 * 1.25^2 + 6 * (5/6)^2) / 10^2 = 1.0416667
    found = rake(10, [Margin(SEX, (0.5, 0.5))])
    assert sorted(set(np.round(found.weights, 12))) == pytest.approx([5 / 6, 1.25])
    assert found.design_effect == pytest.approx(1.0416666667)
    assert found.effective_n == pytest.approx(9.6)


def test_who_did_not_say_keeps_a_weight_and_moves_nobody():
    unsaid = SEX.copy()
    unsaid[0] = -1
    found = rake(10, [Margin(unsaid, (0.5, 0.5))])
    assert found.weights[0] == 1
    assert found.weights[unsaid == 0].sum() == pytest.approx(4.5)


@pytest.mark.parametrize(
    ("margins", "reason"),
    [
        ([Margin(SEX, (0.4, 0.4, 0.2))], "aucun répondant"),
        ([Margin(SEX, (1.0, 0.0))], "une part nulle"),
        ([Margin(SEX, (0.5, 0.5)), Margin(SEX, (0.7, 0.3))], "ne peuvent être vraies ensemble"),
    ],
)
def test_margins_that_cannot_hold_give_a_reason(margins, reason):
    assert reason in rake(10, margins).undefined


def test_equal_weights_give_the_plain_interval_of_the_mean():
    # margins that the sample has already: what they explain is taken away, as survey's calibrate does; none here
    found = weighted_mean([1, 2, 3, 4, 10], rake(5, []))
    plain = np.array([1, 2, 3, 4, 10])
    assert found.estimate == pytest.approx(4)
    assert found.detail["standard_error"] == pytest.approx(plain.std(ddof=1) / np.sqrt(5))


@pytest.mark.parametrize("answers", [[1, 1, 1, 1, 1], [np.nan] * 5, [np.nan, np.nan, 3, np.nan, np.nan]])
def test_answers_that_do_not_vary_have_no_interval(answers):
    for found in (weighted_mean(answers, rake(5, [])), weighted_share(answers, rake(5, []))):
        assert found.undefined
        assert found.ci_low is None
