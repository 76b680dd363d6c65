"""What arrives while a transaction goes to the disk fills the next one: all of it is kept, each is answered."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
import sqlalchemy as sql

from divan.collector.answer_rows import Sent
from divan.collector.database import StorageUnavailableError, engine_for
from divan.collector.identity import Key
from divan.collector.store import AnswerStore
from divan.collector.writer import Writer

Outcome = TypeVar("Outcome")


def apart(work: Coroutine[Any, Any, Outcome]) -> Outcome:
    """Run in a thread of its own: where the browser's tests ran before, this one has a loop already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def sent(number: int) -> Sent:
    return Sent("essai", "before", f"s{number}", f"r{number}", "2026-11-22", "d1", {"uses": str(number)})


async def kept_together(store: AnswerStore, numbers: range) -> list[BaseException | None]:
    writer = Writer(store)
    writer.start()
    ended = await asyncio.wait_for(
        asyncio.gather(*(writer.keep(sent(number)) for number in numbers), return_exceptions=True), 60
    )
    await writer.stop()
    return ended


def test_all_that_arrive_together_are_kept_and_answered(tmp_path: Path) -> None:
    with AnswerStore(f"sqlite:///{tmp_path}/answers.sqlite") as store:
        assert apart(kept_together(store, range(5))) == [None] * 5
        assert [one.answers["uses"] for one in store.kept("essai", "before")] == ["0", "1", "2", "3", "4"]


def test_a_writer_that_stops_has_finished_and_leaves_no_task(tmp_path: Path) -> None:
    async def tasks_left(store: AnswerStore) -> int:
        await kept_together(store, range(1))
        await asyncio.sleep(0)
        return len(asyncio.all_tasks()) - 1

    with AnswerStore(f"sqlite:///{tmp_path}/answers.sqlite") as store:
        assert apart(tasks_left(store)) == 0


def test_a_row_that_the_database_refuses_does_not_sink_the_others(tmp_path: Path) -> None:
    async def kept(store: AnswerStore) -> list[BaseException | None]:
        writer = Writer(store)
        writer.start()
        none = Sent("essai", "before", None, "r8", "2026-11-22", "d1", {})  # type: ignore[arg-type]
        ended = await asyncio.gather(*map(writer.keep, (sent(1), none, sent(2))), return_exceptions=True)
        await writer.stop()
        return ended

    with AnswerStore(f"sqlite:///{tmp_path}/answers.sqlite") as store:
        ended = apart(kept(store))
        assert [type(one) for one in ended] == [type(None), StorageUnavailableError, type(None)]
        assert [one.answers["uses"] for one in store.kept("essai", "before")] == ["1", "2"]


def test_more_than_can_wait_are_told_to_come_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("divan.collector.writer._LONGEST_QUEUE", 2)
    with AnswerStore(f"sqlite:///{tmp_path}/answers.sqlite") as store:
        ended = apart(kept_together(store, range(4)))
        assert [type(one) for one in ended] == [type(None)] * 2 + [StorageUnavailableError] * 2
        assert len(list(store.kept("essai", "before"))) == 2


def test_what_is_committed_is_on_the_disk_and_what_is_erased_is_overwritten(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path}/answers.sqlite", 1)
    with engine.connect() as connection:
        asked = [connection.execute(sql.text(f"PRAGMA {name}")).scalar_one()
                 for name in ("journal_mode", "synchronous", "secure_delete")]  # fmt: skip
    engine.dispose()
    assert asked == ["wal", 2, 1]  # 2 is FULL


def test_no_error_of_the_database_repeats_a_value(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path}/answers.sqlite", 1)
    with engine.connect() as connection, pytest.raises(sql.exc.OperationalError) as told:
        connection.execute(sql.text("SELECT * FROM nowhere WHERE a = :secret"), {"secret": "une confidence"})
    engine.dispose()
    assert "une confidence" not in str(told.value)


def test_a_receipt_is_three_groups_of_four() -> None:
    key = Key("secret")
    assert re.fullmatch(r"(?:[A-Z2-7]{4}-){2}[A-Z2-7]{4}", key.receipt(key.submission("e", "before", "abc")))
