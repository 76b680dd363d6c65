"""What was acknowledged is in the export, once, whatever kills the collector (bench/collector.py: at length)."""

import pytest

from bench.collector import exported, hammer
from tests.places import GROUP


@pytest.mark.slow
def test_killed_in_mid_load_it_loses_nothing_and_doubles_nothing(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIVAN_COLLECTOR_KEY", "essai")
    load = hammer(GROUP, database, senders=20, seconds=2, kills=2)
    rows = exported(GROUP, database)
    assert len(load.acknowledged) > 50
    assert load.acknowledged <= set(rows)
    assert len(rows) == len(set(rows))
