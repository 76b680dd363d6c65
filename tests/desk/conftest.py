"""The two databases of the collector's tests, and a collector with its desk over either."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from divan.collector.rate import RateLimit
from tests.collector.conftest import database, postgres
from tests.proposals.sending import Opened, opened

__all__ = ["database", "postgres"]


@pytest.fixture
def forum(tmp_path: Path, database: str) -> Iterator[Opened]:
    with opened(tmp_path, database) as running:
        yield running


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Opened]:
    """On SQLite alone, where the database changes nothing to the rule."""
    with opened(tmp_path, f"sqlite:///{tmp_path}/answers.sqlite") as running:
        yield running


@pytest.fixture
def stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """The same while no time passes, so that what is counted by the minute is counted exactly."""
    for module in ("divan.proposals.routes", "divan.desk.access"):
        monkeypatch.setattr(f"{module}.RateLimit", partial(RateLimit, clock=lambda: 0.0))
    with opened(tmp_path, f"sqlite:///{tmp_path}/answers.sqlite") as running:
        yield running
