"""The demonstration: this repository's own content and studies; a group that replaced them leaves these tests out."""

from pathlib import Path

import pytest

from analysis.people.assembling import gather
from analysis.plan.loading import load_plan
from analysis.report.publication import Publication, compose
from surveys.model import Study
from surveys.study import load_study
from tests.places import HOUSE, demonstration_is_here

HERE = Path(__file__).parent


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    return True if collection_path.is_relative_to(HERE) and not demonstration_is_here() else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("demonstration")


@pytest.fixture(scope="session")
def published() -> Study:
    """The study whose publication gave its figures."""
    return load_study(HOUSE / "surveys" / "poitou-charentes-2023")


@pytest.fixture(scope="session")
def publication(published: Study) -> Publication:
    """That study, analysed."""
    return compose(HOUSE, gather(published, load_plan(published)))
