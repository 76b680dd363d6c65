"""The two databases of the collector's tests, and a collector with its desk over either."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
