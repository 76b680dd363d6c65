"""Whatever people answered, every test gives figures that can be, or a reason; never a warning, never a traceback."""

import math

from hypothesis import given, settings
from hypothesis import strategies as some

from analysis import statistics as st
from analysis.statistics import models

ANSWER = some.one_of(some.none(), some.integers(-3, 5), some.sampled_from([0.1, 0.2, 0.30000000000000004, 1e9, 1e-9]))
COLUMN = some.lists(ANSWER, max_size=12)
PAIRS = some.lists(some.tuples(ANSWER, ANSWER), max_size=12)
COUNTS = some.integers(1, 4).flatmap(
    lambda width: some.lists(some.lists(some.integers(0, 6), min_size=width, max_size=width), min_size=1, max_size=3)
)
SQUARE = some.integers(2, 4).flatmap(
    lambda width: some.lists(
        some.lists(some.integers(0, 4), min_size=width, max_size=width), min_size=width, max_size=width
    )
)


def can_be(found):
    numbers = [found.statistic, found.estimate, found.ci_low, found.ci_high, found.effect_size, found.p_value]
    assert not any(number is not None and math.isnan(number) for number in numbers)
    assert found.p_value is None or 0 <= found.p_value <= 1
    assert (found.p_value is None) == bool(found.undefined)
    if found.ci_low is not None:
        assert found.ci_low - 1e-9 <= found.estimate <= found.ci_high + 1e-9


@settings(max_examples=150)
@given(PAIRS)
def test_any_pairs(pairs):
    before, after = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    for test in (st.sign_test, st.signed_rank, st.paired_t, st.spearman):
        can_be(test(before, after))
    shown = st.describe(after)
    assert shown.n + shown.missing == len(pairs)
    assert shown.mean is None or shown.minimum - 1e-9 <= shown.mean <= shown.maximum + 1e-9


@settings(max_examples=150)
@given(some.lists(COLUMN, min_size=2, max_size=4))
def test_any_groups(groups):
    can_be(st.mann_whitney(groups[0], groups[1]))
    can_be(st.welch_t(groups[0], groups[1]))
    can_be(st.kruskal_wallis(groups))
    can_be(st.one_way_anova(groups))
    can_be(st.one_way_anova(groups, equal_variances=False))
    can_be(st.shapiro_wilk(groups[0]))


@settings(max_examples=150)
@given(COUNTS, SQUARE)
def test_any_counts(table, square):
    can_be(st.chi_square(table))
    can_be(st.fisher_exact(table))
    can_be(st.mcnemar(square))
    can_be(st.marginal_homogeneity(square))


@settings(max_examples=100)
@given(some.lists(some.tuples(ANSWER, ANSWER, some.sampled_from(["a", "b", "c", ""])), max_size=14))
def test_any_regression(rows):
    model = models.linear_regression(
        [row[0] for row in rows],
        [st.Term("x", [row[1] for row in rows]), st.Term("side", [row[2] for row in rows], ("a", "b", "c"))],
    )
    assert model.n + model.missing == len(rows)
    assert (model.overall is None) == bool(model.undefined)
    if not model.undefined:
        assert 0 <= model.overall.p_value <= 1
        assert -1e-9 <= model.worth["r_squared"] <= 1


@settings(max_examples=100)
@given(some.lists(some.tuples(ANSWER, ANSWER, some.sampled_from([*"abc", ""]), some.integers(0, 3)), max_size=14))
def test_any_model(rows):
    terms = [st.Term("x", [row[1] for row in rows]), st.Term("side", [row[2] for row in rows], ("a", "b", "c"))]
    whole = [None if row[0] is None else float(abs(int(row[0]))) for row in rows]
    for model in (
        models.logistic_regression([row[3] % 2 for row in rows], terms),
        models.ordinal_regression([row[3] for row in rows], terms),
        models.poisson_regression(whole, terms),
        models.negative_binomial_regression(whole, terms),
        models.random_intercept([row[0] for row in rows], terms, [str(row[3]) for row in rows]),
    ):
        assert (model.overall is None) == bool(model.undefined)
        for one in model.coefficients:
            assert one.aliased or one.ci_low <= one.estimate <= one.ci_high
        for term in model.terms:
            assert term.p_value is None or 0 <= term.p_value <= 1
