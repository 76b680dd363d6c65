"""Nothing to compute: a reason in French, no figure, no warning (warnings are errors here)."""

import math
from dataclasses import fields, is_dataclass

import pytest

from analysis import statistics as st
from analysis.statistics.models import linear_regression

EMPTY: list[float] = []
SAME = [3, 3, 3, 3]
CASES = {
    "sign, nobody": lambda: st.sign_test(EMPTY, EMPTY),
    "sign, nobody moved": lambda: st.sign_test(SAME, SAME),
    "sign, no complete pair": lambda: st.sign_test([1, None], [None, 2]),
    "signed rank, nobody": lambda: st.signed_rank(EMPTY, EMPTY),
    "signed rank, nobody moved": lambda: st.signed_rank(SAME, SAME),
    "mann whitney, empty group": lambda: st.mann_whitney([1, 2], EMPTY),
    "mann whitney, all equal": lambda: st.mann_whitney(SAME, SAME),
    "kruskal, one group": lambda: st.kruskal_wallis([[1, 2], EMPTY]),
    "kruskal, no group": lambda: st.kruskal_wallis([]),
    "kruskal, all equal": lambda: st.kruskal_wallis([SAME, SAME]),
    "paired t, one": lambda: st.paired_t([1], [2]),
    "paired t, same change": lambda: st.paired_t([1, 2, 3], [2, 3, 4]),
    "welch, one each": lambda: st.welch_t([1], [2]),
    "welch, constant": lambda: st.welch_t(SAME, [4, 4]),
    "anova, one each": lambda: st.one_way_anova([[1], [2]]),
    "anova, constant": lambda: st.one_way_anova([SAME, SAME]),
    "anova of Welch, a lone member": lambda: st.one_way_anova([[1, 2], [2]], equal_variances=False),
    "spearman, one": lambda: st.spearman([1], [1]),
    "spearman, constant": lambda: st.spearman([1, 2, 3], [3, 3, 3]),
    "trend, one band": lambda: st.proportion_trend([1, 0], [3, 0]),
    "trend, all yes": lambda: st.proportion_trend([3, 4], [3, 4]),
    "shapiro, two": lambda: st.shapiro_wilk([1, 2]),
    "shapiro, constant": lambda: st.shapiro_wilk(SAME),
    "shapiro, too many": lambda: st.shapiro_wilk(range(5001)),
    "chi-square, one row": lambda: st.chi_square([[1, 2], [0, 0]]),
    "chi-square, nothing": lambda: st.chi_square([[0, 0], [0, 0]]),
    "fisher, one column": lambda: st.fisher_exact([[1, 0], [2, 0]]),
    "fisher, nothing": lambda: st.fisher_exact([[0, 0], [0, 0]]),
    "mcnemar, nobody moved": lambda: st.mcnemar([[3, 0], [0, 2]]),
    "mcnemar, nobody": lambda: st.mcnemar([[0, 0], [0, 0]]),
    "homogeneity, nobody moved": lambda: st.marginal_homogeneity([[3, 0], [0, 2]]),
    "homogeneity, levels apart": lambda: st.marginal_homogeneity(
        [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]
    ),
    "alpha, one respondent": lambda: st.cronbach_alpha([[1, 2, 3]]),
    "alpha, no spread": lambda: st.cronbach_alpha([[1, 2], [2, 1]]),
    "kappa, one label": lambda: st.cohen_kappa(["a", "a"], ["a", "a"]),
    "kappa, nothing coded twice": lambda: st.cohen_kappa(["a", ""], ["", "b"]),
    "regression, nobody": lambda: linear_regression([None], [st.Term("x", [1])]),
    "regression, no variable": lambda: linear_regression([1, 2], []),
    "regression, constant outcome": lambda: linear_regression(SAME, [st.Term("x", [1, 2, 3, 4])]),
    "regression, constant variable": lambda: linear_regression([1, 2, 3], [st.Term("x", [1, 1, 1])]),
    "regression, as many as people": lambda: linear_regression([1, 2], [st.Term("x", [1, 2])]),
    "regression, exact": lambda: linear_regression([2, 4, 6], [st.Term("x", [1, 2, 3])]),
}


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_computed_says_why(case):
    found = CASES[case]()
    assert getattr(found, "p_value", None) is getattr(found, "overall", None) is None
    assert found.undefined
    assert found.undefined[0].islower(), "a reason reads on after « non calculé : »"
    assert not any(isinstance(value, float) and math.isnan(value) for value in plain(found))


def plain(found):
    assert is_dataclass(found)
    return [getattr(found, field.name) for field in fields(found)]


def test_an_interval_of_nobody_is_missing():
    assert st.wilson(0, 0).estimate is st.clopper_pearson(0, 0).ci_low is None
    assert st.describe([]).mean is st.quantile([], 0.5) is None
    assert st.describe([4]).sd is None


def test_a_model_without_figures_has_no_check():
    model = linear_regression(SAME, [st.Term("x", [1, 2, 3, 4])])
    assert (model.checks, model.worth, model.overall) == ((), {}, None)


def test_pairs_of_different_lengths_are_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="same length"):
        st.sign_test([1], [1, 2])
