"""R², F and p, an estimate, its interval and its p: what cannot be true together is told, what can is left alone."""

import pytest

from analysis.audit import find_slips
from analysis.audit.printed import parse_printed


def kinds(**blocks):
    return [one.kind for one in find_slips(parse_printed({"source": "essai", **blocks}))]


# R: summary(lm(mpg ~ wt + hp, mtcars)): R² = 0.8268, F = 69.21 on 2 and 29 df, p = 9.11e-12
CARS = {"table": "T", "row": "mpg", "n": 32, "terms": 2, "r_squared": "0.827", "f": "69.2", "p": "< 0.001"}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"r_squared": "0.82", "f": "69.2"}, []),  # 0.82 can stand for 0.8268, cut
        ({"f": "12.4"}, ["model"]),
        ({"p": "0.02"}, ["model"]),
        ({"f": "", "p": "0.02"}, ["model"]),  # R² alone gives p
        ({"r_squared": "", "p": "> 0.05"}, ["model"]),  # F alone gives p
        ({"r_squared": "1.000"}, ["model"]),
        ({"n": 3}, ["model"]),  # three people, three coefficients
    ],
)
def test_r_squared_f_and_p_of_a_model(change, found):
    assert kinds(models=[CARS | change]) == found


# R: coef(summary(lm(mpg ~ wt + hp, mtcars)))["hp", ]: -0.03177, p = 0.00145; confint: -0.05024, -0.01331; 29 df
HP = {"table": "T", "row": "hp", "estimate": "-0.0318", "low": "-0.0502", "high": "-0.0133", "p": "0.0015"}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"p": "0.001"}, []),
        ({"p": "< 0.01"}, []),
        ({"p": "0.15"}, ["interval"]),
        ({"estimate": "0.0318"}, ["interval"]),  # a sign lost
        ({"estimate": "-0.0450"}, ["interval"]),  # inside, not in the middle
        ({"low": "-0.0133", "high": "-0.0502"}, ["interval"]),  # bounds exchanged
    ],
)
def test_an_estimate_its_interval_and_its_p(change, found):
    assert kinds(estimates=[HP | change], models=[CARS]) == found


# R: glm(am ~ wt, binomial, mtcars): odds ratio 0.017882, confint.default 0.0010709 to 0.29860, p = 0.00509
ODDS = {
    "table": "T",
    "row": "wt",
    "estimate": "0.0179",
    "low": "0.00107",
    "high": "0.299",
    "p": "0.0051",
    "ratio": True,
}


@pytest.mark.parametrize(
    ("change", "found"),
    [({}, []), ({"p": "0.2"}, ["interval"]), ({"estimate": "0.149"}, ["interval"]), ({"high": "-0.2"}, ["interval"])],
)
def test_a_ratio_is_in_the_middle_of_its_interval_in_logarithms(change, found):
    assert kinds(estimates=[ODDS | change]) == found


def test_stars_are_those_of_the_legend_where_a_table_has_any():
    legend = {"*": "0.1", "**": "0.05", "***": "0.01"}
    one = {"table": "T", "row": "a", "test": "mann_whitney"}
    right = [one | {"p": p} for p in ("< 0,01***", "0,031**", "0,094*", "0,117")]
    assert kinds(tests=right, stars=legend) == []
    assert kinds(tests=[*right, one | {"p": "0,117*"}, one | {"p": "0,031"}], stars=legend) == ["stars", "stars"]
    assert kinds(tests=[one | {"p": "0,031"}], stars=legend) == []


def test_one_coefficient_has_one_p():
    two = [{"table": "T", "row": "hp", "test": "linear_regression", "p": p} for p in ("0.0015", "0.0012")]
    assert kinds(tests=two[:1], estimates=[HP], models=[CARS]) == []
    assert kinds(tests=[two[0] | {"p": "0.031"}], estimates=[HP], models=[CARS]) == ["method"]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"q1": "3", "median": "4", "q3": "5"}, []),
        ({"q1": "3", "median": "4.5", "q3": "5"}, ["quartiles"]),  # five answers have one in the middle
        ({"n": 6, "median": "4.5"}, []),
        ({"n": 6, "median": "4.25"}, ["quartiles"]),
        ({"q1": "5", "median": "4"}, ["quartiles"]),
    ],
)
def test_quartiles_of_whole_answers(change, found):
    value = {"table": "T", "row": "r", "wave": "w", "n": 5}
    assert kinds(values=[value | change]) == found


def test_one_answer_has_no_standard_deviation():
    assert kinds(values=[{"table": "T", "row": "r", "wave": "w", "n": 1, "mean": "35", "sd": "0,0"}]) == [
        "impossible_sd"
    ]


def test_a_percentage_may_be_right_of_a_wrong_total():
    # 12 + 18 = 30 of 69 people: the total is the slip, 40 % and 60 % follow from it
    block = {"table": "T", "row": "r", "of": 69, "n": {"a": 12, "b": 18}, "percent": {"a": "40.0", "b": "60.0"}}
    assert kinds(counts=[block]) == ["subtotal"]
