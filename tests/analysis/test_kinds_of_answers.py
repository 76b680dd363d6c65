"""Decimals, dates and answers that say nothing, once they are counted: in the tables and in a notebook."""

import numpy as np
import pandas as pd
import pytest

from analysis.people.assembling import gather
from analysis.plan.loading import load_plan
from analysis.study import open_study
from divan.sources.problem import ProblemsFound
from surveys.study import load_study

STUDY = """
title: Visites
about: Pour les tests.
notice: {who: nous, why: pour voir, kept: rien, rights: tous, contact: ici}
waves: [{id: survey, label: Enquête, questionnaire: survey.yaml, opens: "2026-01-01", closes: "2026-01-31"}]
"""
ASKED = """
title: Visites
version: "1"
sections:
  - id: all
    title: Tout
    items:
      - {id: weight, type: decimal, text: Poids, minimum: 2, maximum: 250, unit: kg}
      - {id: began, type: date, text: Début}
      - {id: ended, type: date, text: Fin}
      - {id: sex, type: single, text: Sexe, choices: [{id: man, label: Un homme}, {id: woman, label: Une femme},
         {id: silent, label: Sans réponse, missing: true}]}
      - {id: wish, type: ranking, text: Vœux, choices: [{id: time, label: Le temps}, {id: place, label: Le lieu}]}
      - {id: half, type: calculated, text: Rapport, formula: weight / 2, decimals: 1}
"""
PLAN = """
date: 2026-01-01
variables:
  - {id: weight, label: Poids}
  - {id: heavy, item: weight, label: Corpulence, bands: [{id: light, label: Moins, max: 72.5}, {id: more, label: Plus}]}
  - {id: year, item: began, label: Année, take: year}
  - {id: lasted, item: ended, label: Durée, days_since: began}
  - {id: ago, item: ended, label: Ancienneté, days_since: answer}
  - {id: sex, label: Sexe}
  - {id: wished, item: wish, label: Premier vœu, take: first}
  - {id: timely, item: wish, label: Le temps compte, any_of: [time]}
  - {id: half, label: Moitié}
tables: [{id: T1, show: characteristics, title: Qui,
   variables: [weight, heavy, year, lasted, ago, sex, wished, timely, half]}]
"""
ROWS = """response,date,weight,began,ended,sex,wish,half
survey-0001,2026-01-05,72.5,2024-02-28,2024-03-01,man,place;time,36.3
survey-0002,2026-01-06,72.6,2025-12-31,2026-01-01,silent,time,36.3
survey-0003,2026-01-07,,,2026-01-08,woman,,
"""


@pytest.fixture
def visits(tmp_path):
    folder = tmp_path / "surveys" / "visites"
    (folder / "responses").mkdir(parents=True)
    for name, text in (("study.yaml", STUDY), ("survey.yaml", ASKED), ("plan.yaml", PLAN)):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "responses" / "survey.csv").write_text(ROWS, encoding="utf-8")
    return tmp_path


def test_numbers_come_from_decimals_and_from_dates(visits):
    study = load_study(visits / "surveys" / "visites")
    answers = gather(study, load_plan(study)).answers["survey"]
    wanted = {"weight": [72.5, 72.6, np.nan], "year": [2024, 2025, np.nan], "lasted": [2, 1, np.nan],
              "ago": [-675, -5, 1]}  # fmt: skip
    for name, values in wanted.items():
        np.testing.assert_array_equal(answers[name], values, name)
    assert answers["heavy"].cat.codes.tolist() == [0, 1, -1]


def test_a_ranking_is_counted_by_what_comes_first_or_by_what_it_holds(visits):
    study = load_study(visits / "surveys" / "visites")
    answers = gather(study, load_plan(study)).answers["survey"]
    assert answers["wished"].tolist() == ["place", "time", np.nan]
    assert answers["timely"].tolist() == ["yes", "yes", np.nan]
    np.testing.assert_array_equal(answers["half"], [36.3, 36.3, np.nan])
    opened = open_study("visites", visits).waves["survey"]
    assert opened["wish"].tolist() == [("Le lieu", "Le temps"), ("Le temps",), None]


def test_an_answer_that_says_nothing_is_missing_everywhere(visits):
    study = load_study(visits / "surveys" / "visites")
    answers = gather(study, load_plan(study)).answers["survey"]
    assert answers["sex"].cat.codes.tolist() == [0, -1, 1]
    assert answers["sex"].cat.categories.tolist() == ["man", "woman"]
    opened = open_study("visites", visits).waves["survey"]
    assert opened["sex"].isna().tolist() == [False, True, False]
    assert opened["sex"].cat.categories.tolist() == ["Un homme", "Une femme"]
    assert opened["weight"].dtype == "Float64"
    assert opened["began"].iloc[0] == pd.Timestamp("2024-02-28")


@pytest.mark.parametrize(
    ("was", "written", "said"),
    [
        (", take: year", "", "il faut dire comment la compter"),
        ("item: wish, label: Premier vœu, take: first", "item: wish, label: Premier vœu", "est un classement"),
        ("{id: sex, label", "{id: sex, take: year, label", "« sex » n'est pas une date"),
        ("days_since: began", "days_since: begun", "vouliez-vous « began » ?"),
    ],
)
def test_a_date_that_nothing_counts_is_told(visits, was, written, said):
    path = visits / "surveys" / "visites" / "plan.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(was, written, 1), encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        load_plan(load_study(visits / "surveys" / "visites"))
    assert said in str(found.value)
