"""Regression: which columns stay, what is named, what the figures mean."""

import numpy as np
import pytest

from analysis.statistics import Term
from analysis.statistics.models import linear_regression


def test_two_groups_give_the_difference_of_their_means():
    # means 2 and 5; within groups 1+0+1 and 1+0+1: sigma² = 4/4, standard error sqrt(1/3 + 1/3)
    model = linear_regression([1, 2, 3, 4, 5, 6], [Term("side", ["l", "l", "l", "r", "r", "r"], ("l", "r"))])
    intercept, right = model.coefficients
    assert (intercept.estimate, right.estimate) == pytest.approx((2, 3))
    assert right.std_error == pytest.approx((2 / 3) ** 0.5)
    assert model.worth["r_squared"] == pytest.approx(13.5 / 17.5)
    assert model.references == {"side": "l"}


def test_the_reference_is_the_first_declared_level_in_use_and_the_others_are_named():
    term = Term("age", ["old", "mid", "old", "mid"], ("young", "mid", "old", "oldest"))
    model = linear_regression([1, 2, 2, 4], [term])
    assert model.references == {"age": "mid"}
    assert model.unused_levels == {"age": ("young", "oldest")}
    assert [one.level for one in model.coefficients] == ["", "old"]


def test_a_column_that_repeats_an_earlier_one_is_dropped_and_named():
    x = [1.0, 2.0, 3.0, 5.0, 8.0]
    model = linear_regression([2, 1, 4, 3, 7], [Term("x", x), Term("twice", [2 * value for value in x])])
    assert model.aliased == (("twice", ""),)
    assert model.coefficients[2].aliased
    assert [term.dof for term in model.terms] == [0, 0]


def test_someone_who_misses_one_answer_is_left_out_and_counted():
    model = linear_regression([1, 2, None, 4, 7], [Term("x", [1, 2, 3, 4, None]), Term("s", [*"abab", ""], ("a", "b"))])
    assert (model.n, model.missing) == (3, 2)


def test_each_variable_is_tested_against_all_the_others():
    # x and the group are crossed evenly: each adds what it would alone, SS = 4 (n/4 x effect²) and 16
    x, group = [0, 0, 1, 1] * 2, list("abab") * 2
    noise = np.array([0.1, -0.1, -0.1, 0.1, -0.1, 0.1, 0.1, -0.1])
    outcome = 2 * np.array(x) + np.array([1 if one == "b" else 0 for one in group]) + noise
    model = linear_regression(outcome, [Term("x", x), Term("group", group, ("a", "b"))])
    assert [term.sum_of_squares for term in model.terms] == pytest.approx([8 * 2**2 / 4, 8 * 1**2 / 4])


def test_an_undeclared_level_is_refused():
    with pytest.raises(ValueError, match="declared level"):
        linear_regression([1, 2], [Term("s", ["a", "z"], ("a", "b"))])


def test_who_weighs_most_is_told_by_cook_s_distance():
    # R: max(cooks.distance(lm(c(1, 2.1, 2.9, 4.2, 5, 20) ~ c(1, 2, 3, 4, 5, 6))))
    model = linear_regression([1.0, 2.1, 2.9, 4.2, 5.0, 20.0], [Term("x", [1, 2, 3, 4, 5, 6])])
    assert model.worth["largest_cook"] == pytest.approx(2.1987864147678, rel=1e-9)
    assert model.per_coefficient == 6
    assert model.inflation == {"x": 1.0}
