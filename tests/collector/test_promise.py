"""What was acknowledged is in the export, once, whatever kills the collector (bench/collector.py: at length)."""

from pathlib import Path

import pytest

from bench.collector import exported, hammer

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_killed_in_mid_load_it_loses_nothing_and_doubles_nothing(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIVAN_COLLECTOR_KEY", "essai")
    load = hammer(ROOT, database, senders=20, seconds=2, kills=2)
    rows = exported(ROOT, database)
    assert len(load.acknowledged) > 50
    assert load.acknowledged <= set(rows)
    assert len(rows) == len(set(rows))
