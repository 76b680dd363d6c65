"""The small group's study, read once; a copy of it that a test may break."""

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.people.assembling import gather
from analysis.people.cohort import Cohort
from analysis.plan.loading import load_plan
from analysis.report.publication import Publication, compose
from surveys.study import load_study
from tests.analysis.dated_repository import copy_study
from tests.places import GROUP

STUDY = "pilote"


@pytest.fixture(scope="session")
def publication() -> Publication:
    study = load_study(GROUP / "surveys" / STUDY)
    return compose(GROUP, gather(study, load_plan(study)))


@pytest.fixture(scope="session")
def cohort(publication: Publication) -> Cohort:
    return publication.cohort


@pytest.fixture(scope="session")
def strict_cohort() -> Cohort:
    """The same answers under a threshold of 5."""
    study = load_study(GROUP / "surveys" / STUDY)
    return gather(study, replace(load_plan(study), threshold=5))


@pytest.fixture
def copied(tmp_path: Path):
    """Copy a study into a repository of its own; returns that repository's root."""

    def copy(study: str = STUDY) -> Path:
        return copy_study(tmp_path, study)

    return copy
