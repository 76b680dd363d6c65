"""The regression's table says each variable alone and beside the others, and what the model is worth, as R does."""

from dataclasses import replace

import pytest

from analysis.people.respondents import LOST
from analysis.tables.cells import Interval, Number
from analysis.tables.regression import regression


@pytest.fixture
def ancova(cohort):
    """R: lm(after ~ before + sex + age), on the included of the small group's study."""
    spec = next(one for one in cohort.plan.tables if one.show == "regression")
    return regression(replace(spec, baseline=True), cohort)[0]


def figures(table, row, level, *columns):
    found = []
    for column in columns:
        cell = table.cell(row, level, column)
        if isinstance(cell, Interval):
            found += [cell.low, cell.high]
        elif isinstance(cell, Number):
            found.append(cell.value)
    return pytest.approx(found, rel=1e-7)


def test_the_score_of_the_first_wave_stands_among_the_variables(ancova):
    # coef(summary(m))["b", ], confint(m)["b", ]
    adjusted = [-0.29091153, -0.60629465, 0.024471589, 0.069225577]
    assert adjusted == figures(ancova, "baseline", "", "estimate", "interval", "p")
    # lm(after ~ before)
    assert figures(ancova, "baseline", "", "crude", "crude_interval") == [-0.1527499, -0.45140719, 0.14590739]


def test_a_level_is_told_alone_and_beside_the_others(ancova):
    # m, then lm(after ~ age)
    assert figures(ancova, "age", "40_60", "estimate", "interval") == [-0.17403971, -2.40145059, 2.053371161]
    assert figures(ancova, "age", "40_60", "crude", "crude_interval") == [-0.38596491, -2.7397827, 1.9678528]
    assert ancova.cell("age", "under_40", "estimate").text() == "référence"


def test_the_intercept_and_what_the_model_is_worth_are_shown(ancova):
    # coef(m)[1], summary(m)$r.squared, $adj.r.squared, $fstatistic on 4 and 28
    assert figures(ancova, "intercept", "", "estimate", "interval") == [11.56875274, 8.82329433, 14.314211152]
    worth = [figures(ancova, "composite", level, "estimate") for level in ("n", "r_squared", "adjusted_r_squared", "f")]
    assert worth == [[33], [0.23448599], [0.12512685], [2.1441828]]
    assert ancova.cell("composite", "f", "interval").text() == "4 et 28 ddl"


def test_without_a_baseline_the_first_wave_is_left_out(cohort):
    spec = next(one for one in cohort.plan.tables if one.show == "regression")
    assert "baseline" not in {row.id for row in regression(spec, cohort)[0].rows}


def test_scores_that_are_all_equal_are_a_sentence(cohort):
    spec = next(one for one in cohort.plan.tables if one.show == "regression")
    flat = {**cohort.answers, cohort.last: cohort.answers[cohort.last].assign(composite=9.0)}
    same = replace(cohort, respondents=replace(cohort.respondents, answers=flat))
    table = regression(replace(spec, baseline=True), same)[0]
    assert table.rows == ()
    assert table.empty == "Le modèle n'a pas pu être calculé : toutes les réponses à expliquer sont égales."


def test_nobody_is_a_sentence(cohort):
    spec = next(one for one in cohort.plan.tables if one.show == "regression")
    nobody = replace(cohort.respondents, people=cohort.people.assign(group=LOST))
    table = regression(replace(spec, baseline=True), replace(cohort, respondents=nobody))[0]
    assert table.empty == "Le modèle n'a pas pu être calculé : aucun répondant n'a toutes les réponses."
