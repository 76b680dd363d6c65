"""``divan power`` reads the plan's primary test, and says in French what it needs or lacks."""

from dataclasses import replace

import pytest

from analysis.plan.specification import Primary
from analysis.plan.study_size import Wanted, study_size
from divan.sources.problem import ProblemsFound

PLACE = "surveys/pilote/plan.yaml"


def planned(cohort, test, important=1):
    return replace(cohort.plan, primary=Primary("composite", test, important))


def test_the_people_needed_are_told_with_what_is_supposed(cohort):
    first, second = study_size(planned(cohort, "paired_t"), PLACE, Wanted(2.5)).splitlines()
    assert "différence 1, écart-type des changements 2,5" in first
    assert second.startswith("52 personnes suivies aux deux vagues")  # R: 51.009


def test_the_power_of_so_many_people_is_told(cohort):
    said = study_size(planned(cohort, "paired_t"), PLACE, Wanted(1.5, difference=0.7, people=69))
    assert "puissance de 96,9" in said  # R: 0.96864


def test_an_approximation_says_that_it_is_one(cohort):
    assert "Noether" in study_size(planned(cohort, "sign"), PLACE, Wanted(2.5))


def test_a_plan_that_lacks_what_is_needed_is_told_so(cohort):
    for plan, says in (
        (replace(cohort.plan, primary=None), "pas de critère principal"),
        (planned(cohort, "sign", None), "la différence à voir n'est pas dite"),
    ):
        with pytest.raises(ProblemsFound, match=says):
            study_size(plan, PLACE, Wanted(2.5))
