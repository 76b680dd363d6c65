"""Means, standard deviations and quartiles."""

import pandas as pd
import pytest

from analysis.statistics import describe, paired_t, quantile, shapiro_wilk, welch_t


def test_describe_leaves_out_what_is_missing():
    # 1, 2, 6: mean 3, squares 4 + 1 + 9 over n - 1 = 2
    found = describe([1, None, 2, float("nan"), 6])
    assert (found.n, found.missing, found.mean, found.median) == (3, 2, 3, 2)
    assert found.sd == pytest.approx(7**0.5)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (7, 1.75),  # 1 + 3/4 of the way over the 3 gaps of 1..4
        (2, 1.5),  # n p = 1 falls on a value: half-way to the next
        (6, 1.25),  # (n + 1) p = 1.25
    ],
)
def test_first_quartile_of_one_to_four(kind, expected):
    assert quantile([4, 1, 3, 2], 0.25, kind) == expected


def test_pandas_columns_with_missing_values_are_taken_as_they_are():
    assert describe(pd.Series([1, None, 3], dtype="Int64")).mean == 2


def test_paired_t_is_on_the_changes():
    # changes 1, 2, 3: mean 2, sd 1, t = 2 sqrt(3)
    found = paired_t([0, 0, 0], [1, 2, 3])
    assert (found.estimate, found.dof) == (2, 2)
    assert found.statistic == pytest.approx(2 * 3**0.5)


def test_welch_weighs_each_group_by_its_own_variance():
    # variances 1 and 4, n = 3 and 3: error² = 5/3; dof = (5/3)² / ((1/3)²/2 + (4/3)²/2) = 50/17
    found = welch_t([1, 2, 3], [2, 4, 6])
    assert found.statistic == pytest.approx(-2 / (5 / 3) ** 0.5)
    assert found.dof == pytest.approx(50 / 17)


def test_shapiro_wilk_of_its_authors_weights():
    # Shapiro & Wilk 1965, men's weights in pounds: W = 0.79 (their coefficients), p below 0.01
    found = shapiro_wilk([148, 154, 158, 160, 161, 162, 166, 170, 182, 195, 236])
    assert round(found.statistic, 2) == 0.79
    assert found.p_value < 0.01
