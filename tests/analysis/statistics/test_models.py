"""Models other than least squares: what they say of small tables worked by hand, and what they refuse to say."""

import math

import numpy as np
import pytest

from analysis.statistics import Term
from analysis.statistics.models import (
    logistic_regression,
    negative_binomial_regression,
    ordinal_regression,
    poisson_regression,
    random_intercept,
)

SILENT = float("nan")
SIDE = Term("side", ["l"] * 10 + ["r"] * 10, ("l", "r"))
EVENTS = [1] * 4 + [0] * 6 + [1] * 7 + [0] * 3
X = Term("x", [float(n % 7) for n in range(20)])


def test_two_groups_give_the_odds_ratio_of_their_table():
    # 4 / 6 against 7 / 3: (7 x 6) / (3 x 4) = 3.5; Woolf's error sqrt(1/4 + 1/6 + 1/7 + 1/3)
    intercept, right = logistic_regression(EVENTS, [SIDE]).coefficients
    assert math.exp(right.estimate) == pytest.approx(3.5)
    assert math.exp(intercept.estimate) == pytest.approx(4 / 6)
    assert right.std_error == pytest.approx((1 / 4 + 1 / 6 + 1 / 7 + 1 / 3) ** 0.5)


def test_events_are_counted_for_each_coefficient_the_rarer_of_the_two():
    # 11 have the event, 9 have not: 9 for 2 coefficients
    model = logistic_regression(EVENTS, [SIDE, X])
    assert model.worth["events"] == 11
    assert model.per_coefficient == 4.5


def test_two_groups_give_the_ratio_of_their_mean_counts():
    # 12 in 10 people against 30 in 10: 2.5; error sqrt(1/12 + 1/30)
    counts = [0, 1, 1, 2, 2, 0, 3, 1, 1, 1, 3, 2, 4, 1, 5, 3, 2, 4, 3, 3]
    right = poisson_regression(counts, [SIDE]).coefficients[1]
    assert math.exp(right.estimate) == pytest.approx(2.5)
    assert right.std_error == pytest.approx((1 / 12 + 1 / 30) ** 0.5)


def test_overdispersion_is_pearson_s_squares_over_what_is_left():
    # means 1 and 3; squares over means 20 / 1 and 40 / 3 on 20 - 2
    counts = [0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 5, 5, 5, 5, 5]
    model = poisson_regression(counts, [SIDE])
    assert model.worth["dispersion"] == pytest.approx((10 / 1 + 40 / 3) / 18)


def test_a_shift_of_a_whole_scale_is_an_odds_ratio_above_one_towards_the_higher_levels():
    answers = [0, 0, 1, 1, 1, 2, 2, 0, 1, 2, 1, 1, 2, 2, 2, 2, 1, 0, 2, 2]
    model = ordinal_regression(answers, [SIDE], levels=["low", "mid", "high"])
    assert [one.level for one in model.coefficients if not one.term] == ["low", "mid"]
    assert model.coefficients[-1].estimate > 0
    assert [check.detail["part"] for check in model.checks] == ["model", "term"]


def test_a_level_of_the_scale_that_nobody_gave_is_left_out():
    answers = [0, 0, 3, 3, 3, 4, 4, 0, 3, 4] * 2
    model = ordinal_regression(answers, [SIDE], levels=["a", "b", "c", "d", "e"])
    assert [one.level for one in model.coefficients if not one.term] == ["a", "d"]


def test_a_person_s_own_level_is_taken_away():
    # each answers twice, 1 and 3 points higher the second time: the mean change is 2, with the error of a paired t
    first = [1.0, 5, 9, 14, 20, 22]
    change = np.array([1.0, 3, 1, 3, 1, 3])
    wave = Term("wave", ["one"] * 6 + ["two"] * 6, ("one", "two"))
    model = random_intercept([*first, *(first + change)], [wave], list("abcdef") * 2)
    assert model.coefficients[1].estimate == pytest.approx(2)
    assert model.coefficients[1].std_error == pytest.approx(change.std(ddof=1) / 6**0.5)
    assert (model.n, model.worth["answers"]) == (6, 12)


def test_people_who_differ_by_chance_alone_make_a_singular_model():
    wave = Term("wave", ["one"] * 4 + ["two"] * 4, ("one", "two"))
    model = random_intercept([1.0, 2, 3, 4, 5.0, 4, 3, 2], [wave], list("abcd") * 2)
    assert model.singular
    assert model.worth["icc"] == 0


def test_a_number_of_a_thousand_million_keeps_its_digits():
    far = Term("x", [1e9 + value for value in X.values])
    near, moved = (logistic_regression(EVENTS, [one]).coefficients[1] for one in (X, far))
    assert moved.ci_low == pytest.approx(near.ci_low, rel=1e-7)


def test_a_column_that_repeats_an_earlier_one_is_named_and_has_no_figure():
    model = logistic_regression(EVENTS, [X, Term("twice", [2 * one for one in X.values])])
    assert model.aliased == (("twice", ""),)
    assert model.coefficients[2].estimate is None
    assert [term.dof for term in model.terms] == [0, 0]


def test_what_foretells_the_outcome_is_named_and_no_odds_ratio_is_given():
    model = logistic_regression(EVENTS, [X, Term("told", [str(one) for one in EVENTS], ("0", "1"))])
    assert "sans une exception" in model.undefined
    assert ("told", "1") in model.separated
    assert model.coefficients == ()


def test_a_level_where_nobody_has_the_event_is_enough():
    quiet = ["quiet" if n in (4, 5, 17) else "loud" for n in range(20)]
    model = logistic_regression(EVENTS, [Term("group", quiet, ("loud", "quiet"))])
    assert model.separated == (("group", "quiet"),)


def test_a_level_whose_counts_are_all_zero_has_no_rate():
    counts = [0] * 10 + [3, 2, 4, 1, 5, 3, 2, 4, 3, 3]
    assert poisson_regression(counts, [SIDE]).separated == (("side", "r"),)


def test_an_ordered_answer_that_a_variable_foretells_is_refused():
    model = ordinal_regression([0] * 5 + [1] * 5 + [2] * 10, [SIDE])
    assert model.separated


ALL = {
    "logistic": logistic_regression,
    "poisson": poisson_regression,
    "negative binomial": negative_binomial_regression,
    "ordinal": ordinal_regression,
}
REFUSED = [
    ("logistic", [0] * 20, [SIDE], "personne n'a l'événement"),
    ("logistic", [1] * 20, [SIDE], "tout le monde a l'événement"),
    ("logistic", [SILENT] * 20, [SIDE], "aucun répondant n'a toutes les réponses"),
    ("logistic", EVENTS, [], "aucune variable"),
    ("logistic", EVENTS, [Term("one", ["a"] * 20, ("a", "b"))], "aucune variable ne varie"),
    ("logistic", [], [Term("x", [])], "aucun répondant n'a toutes les réponses"),
    ("logistic", [0, 1, 1], [Term("x", [1, 1, 2]), Term("z", [2, 1, 1])], "prédisent la réponse sans une exception"),
    ("poisson", [0] * 20, [SIDE], "toutes les réponses sont nulles"),
    ("poisson", [3] * 20, [SIDE], "toutes les réponses à expliquer sont égales"),
    ("poisson", [-1, *[3] * 19], [SIDE], "des réponses sont négatives"),
    ("poisson", [1, 2], [Term("x", [1, 2])], "autant de coefficients que de répondants"),
    ("negative binomial", [2, 3] * 10, [SIDE], "pas plus que ne le veut la loi de Poisson"),
    ("ordinal", [1] * 20, [SIDE], "toutes les réponses à expliquer sont égales"),
    ("ordinal", [1, 2] * 10, [SIDE], "une régression logistique convient"),
]


@pytest.mark.parametrize(("kind", "outcome", "terms", "reason"), REFUSED)
def test_what_has_no_estimate_is_a_sentence(kind, outcome, terms, reason):
    model = ALL[kind](outcome, terms)
    assert reason in model.undefined
    assert model.coefficients == () and model.overall is None


WAVE = Term("wave", ["one", "two"] * 3, ("one", "two"))


@pytest.mark.parametrize(
    ("outcome", "terms", "people", "reason"),
    [
        ([1, 2, 3, 4, 5, 6], [WAVE], "abcdef", "personne n'a deux réponses"),
        ([4] * 6, [WAVE], "aabbcc", "toutes les réponses à expliquer sont égales"),
        ([1, 2, 5, 6, 9, 10], [WAVE], "aabbcc", "ne varient pas une fois les variables connues"),
        ([1, 3, 4, 5, 9, 8], [Term("who", list("aabbcc"), tuple("abc"))], "aabbcc", "que de personnes"),
        ([SILENT] * 6, [WAVE], "aabbcc", "aucun répondant n'a toutes les réponses"),
    ],
)
def test_a_mixed_model_without_estimate_is_a_sentence(outcome, terms, people, reason):
    assert reason in random_intercept(outcome, terms, list(people)).undefined
