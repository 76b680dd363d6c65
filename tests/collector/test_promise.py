"""What was acknowledged is in the export, once, whatever kills the collector (bench/collector.py: at length)."""

import pytest

from bench.collector import exported, hammer
from tests.places import GROUP


@pytest.mark.slow
def test_killed_in_mid_load_it_loses_nothing_and_doubles_nothing(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIVAN_COLLECTOR_KEY", "essai")
    acknowledged: set[str] = set()
    while len(acknowledged) <= 50:  # a loaded machine takes more rounds
        acknowledged |= hammer(GROUP, database, senders=20, seconds=2, kills=2).acknowledged
    rows = exported(GROUP, database)
    assert acknowledged <= set(rows)
    assert len(rows) == len(set(rows))
