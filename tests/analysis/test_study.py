"""A study as frames of pandas: what its rows, its columns and its missing cells are."""

import pandas as pd
import pytest

from analysis.people.cohort import Cohort
from analysis.study import open_study
from divan.sources.problem import ProblemsFound
from tests.places import GROUP


@pytest.fixture(scope="module")
def opened() -> Cohort:
    return open_study("pilote", GROUP)


def test_a_row_a_respondent_and_a_column_an_item_as_the_file_has_them(opened: Cohort) -> None:
    for wave, frame in opened.waves.items():
        written = pd.read_csv(GROUP / f"surveys/pilote/responses/{wave}.csv", dtype=str)
        assert frame.index.tolist() == written["response"].tolist()
        assert ["response", *frame.columns] == written.columns.tolist()
        assert frame.drop(columns="date").isna().sum().to_dict() == (
            written.drop(columns=["response", "date"]).isna().sum().to_dict()
        )


def test_choices_have_the_labels_of_the_questionnaire_in_order(opened: Cohort) -> None:
    before = opened.waves["before"]
    assert before.loc["before-0001", "sex"] == "Une femme"
    assert before.loc["before-0002", "family"] == ("En couple", "Avec enfants")
    assert before["cases"].cat.ordered
    # written from « tout à fait » to « pas du tout », ordered by its scores
    assert before["cases"].cat.categories[[0, -1]].tolist() == ["Pas du tout d'accord", "Tout à fait d'accord"]
    assert not before["sex"].cat.ordered


def test_people_have_a_group_a_second_answer_and_scores(opened: Cohort) -> None:
    # answers 2, 4 and 3, then 2, 5 and 4
    one = opened.people.loc["before-0001", ["after", "composite_before", "composite_after", "composite_change"]]
    assert one.tolist() == ["after-0001", 9, 11, 2]
    assert opened.people["paired"].sum() == (opened.people["group"] == "included").sum()
    assert opened.people.loc[~opened.people["paired"], "composite_change"].isna().all()


def test_without_a_plan_the_answers_open_all_the_same(copied) -> None:  # type: ignore[no-untyped-def]
    root = copied()
    (root / "surveys/pilote/plan.yaml").unlink()
    opened = open_study("pilote", root)
    assert opened.waves["before"].shape[0] == opened.people.shape[0] > 0
    assert opened.people["group"].isin(["included", "not_joined", "lost", "left_out"]).all()
    assert all(frame.empty for frame in opened.answers.values())


def test_a_study_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(ProblemsFound, match="études d'ici : accueil, entree, pilote, sondage"):
        open_study("pilot", GROUP)
