"""Keyness: a word's log-likelihood by arithmetic, and how many times its frequency doubles."""

from __future__ import annotations

from math import log

import pytest

from analysis.statistics.keyness import keyness


def test_log_likelihood_is_twice_the_sum_of_observed_times_log_of_observed_over_expected():
    # 30 of 1,000 words against 10 of 2,000: expected 40/3 and 80/3 of the word, 1000 - 40/3 and 2000 - 80/3 of the rest
    cells = [(30, 40 / 3), (10, 80 / 3), (970, 1000 - 40 / 3), (1990, 2000 - 80 / 3)]
    found = keyness(30, 10, 1000, 2000)
    assert found.statistic == pytest.approx(2 * sum(n * log(n / expected) for n, expected in cells))
    assert found.effect_size == pytest.approx(log(6, 2))  # 30 in a thousand against 5


def test_the_same_frequency_says_nothing():
    found = keyness(5, 10, 100, 200)
    assert (found.statistic, found.estimate, found.p_value) == pytest.approx((0, 0, 1))


def test_a_word_that_one_text_does_not_have_counts_for_half_a_time():
    assert keyness(8, 0, 1000, 1000).estimate == pytest.approx(4)  # 8 against 0.5


@pytest.mark.parametrize("counts", [(0, 0, 10, 10), (1, 0, 1, 0), (10, 10, 10, 10)])
def test_what_cannot_be_compared_has_a_reason(counts):
    assert keyness(*counts).undefined
