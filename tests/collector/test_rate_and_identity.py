"""Senders are counted without being known; receipts are told apart from what is stored."""

from pathlib import Path

import pytest

from divan.collector.identity import Key, load_key, read_receipt
from divan.collector.rate import RateLimit
from divan.collector.sender import counted_as


def test_a_sender_has_a_burst_then_a_steady_rate() -> None:
    now = [0.0]
    limit = RateLimit(per_minute=60, burst=3, clock=lambda: now[0])
    assert [limit.admits("a") for _ in range(4)] == [True, True, True, False]
    assert limit.admits("b")
    now[0] = 1.0  # 60 a minute: one more each second
    assert [limit.admits("a") for _ in range(2)] == [True, False]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),  # a subscriber draws another at each connection
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.9", "203.0.113.9", True),
        ("203.0.113.9", "203.0.113.10", False),
        ("unknown", "unknown", True),
    ],
)
def test_a_subscriber_is_one_sender_however_many_addresses_it_draws(one: str, other: str, same: bool) -> None:
    assert (counted_as(one) == counted_as(other)) is same


def test_the_oldest_senders_are_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("divan.collector.rate._MOST_SENDERS", 2)
    limit = RateLimit(per_minute=1, burst=1, clock=lambda: 0.0)
    assert [limit.admits(sender) for sender in ("a", "b", "b", "c")] == [True, True, False, True]
    assert len(limit._buckets) == 2
    assert [limit.admits(sender) for sender in ("c", "b", "a")] == [False, False, True]


def test_tokens_come_back_one_by_one_and_never_beyond_the_burst() -> None:
    now = [0.0]
    limit = RateLimit(per_minute=30, burst=2, clock=lambda: now[0])
    assert [limit.admits("a") for _ in range(3)] == [True, True, False]
    now[0] = 1.5
    assert not limit.admits("a")  # three quarters of one
    now[0] = 2.0
    assert [limit.admits("a") for _ in range(2)] == [True, False]
    now[0] = 1_000.0
    assert [limit.admits("a") for _ in range(3)] == [True, True, False]


def test_no_address_is_kept_in_memory() -> None:
    limit = RateLimit(per_minute=1, burst=1)
    limit.admits("198.51.100.7")
    assert "198.51.100.7" not in repr(vars(limit))


def test_a_retry_has_the_same_receipt_and_another_answer_another() -> None:
    key = Key("secret")
    first, second = key.submission("e", "before", "abc"), key.submission("e", "after", "abc")
    assert key.receipt(first) == key.receipt(key.submission("e", "before", "abc")) != key.receipt(second)
    assert key.submission("e", "before", "") != key.submission("e", "before", "")


@pytest.mark.parametrize(
    ("typed", "receipt"),
    [
        ("ABCD-EFGH-IJKL", "ABCD-EFGH-IJKL"),
        (" abcd efgh ijkl ", "ABCD-EFGH-IJKL"),
        ("ABCD-EFGH-1JKL", "ABCD-EFGH-IJKL"),  # 1 is read as I, 0 as O, 8 as B: base 32 has none of them
        ("ABCD-EFGH", None),
        ("", None),
        ("ABCD-EFGH-IJKL-M", None),
    ],
)
def test_receipts_as_people_type_them(typed: str, receipt: str | None) -> None:
    assert read_receipt(typed) == receipt


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIVAN_COLLECTOR_KEY", raising=False)
    assert load_key(tmp_path).secret == load_key(tmp_path).secret
    assert (tmp_path / "collector.key").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("DIVAN_COLLECTOR_KEY", "dite")
    assert load_key(tmp_path).secret == "dite"
