"""Work shared out among processes: the same results as in one, all faults together, and a dead worker is told."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from divan import workers
from divan.sources.problem import Problem, ProblemsFound
from divan.workers import WORTH_A_WORKER, Aside, cores, shared_out


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "cores", lambda: 2)


def total(share: Any) -> list[int]:
    return [os.getpid(), sum(share)]


def test_there_is_a_core_at_least_and_no_more_than_we_may_use() -> None:
    assert 1 <= cores() == len(os.sched_getaffinity(0))


@pytest.mark.parametrize(("items", "processes"), [(0, 1), (199, 1), (200, 2), (1000, 2)])
def test_a_second_process_is_begun_when_it_is_worth_it(items: int, processes: int, tmp_path: Path) -> None:
    assert WORTH_A_WORKER == 200
    found = shared_out(range(items), total, tmp_path)
    assert len({pid for pid, _ in found}) == len(found) == processes
    assert found[0][0] == os.getpid()
    assert sum(share for _, share in found) == sum(range(items))
    assert list(tmp_path.iterdir()) == []


def test_the_faults_of_all_are_raised_together(tmp_path: Path) -> None:
    def faulty(share: Any) -> None:
        raise ProblemsFound([Problem(f"content/{share[0]}", share[0], "une faute", "un remède")])

    with pytest.raises(ProblemsFound) as found:
        shared_out(range(200), faulty, tmp_path)
    assert list(found.value.problems) == [
        Problem("content/0", 0, "une faute", "un remède"), Problem("content/1", 1, "une faute", "un remède"),
    ]  # fmt: skip


def test_a_worker_that_dies_stops_the_build(tmp_path: Path) -> None:
    parent = os.getpid()

    def dying(share: Any) -> None:
        if os.getpid() != parent:
            os._exit(3)

    with pytest.raises(ChildProcessError, match=r"\[3\]"):
        shared_out(range(200), dying, tmp_path)


@pytest.mark.parametrize(("there_are", "elsewhere"), [(1, False), (2, True)])
def test_one_work_aside_is_done_elsewhere_when_there_is_an_elsewhere(
    there_are: int, elsewhere: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "cores", lambda: there_are)
    assert (Aside(os.getpid).told() != os.getpid()) is elsewhere


def test_what_failed_aside_is_done_here(capfd: pytest.CaptureFixture[str]) -> None:
    parent = os.getpid()

    def once() -> int:
        if os.getpid() != parent:
            raise RuntimeError("là-bas")
        return 42

    assert Aside(once).told() == 42
    assert "RuntimeError: là-bas" in capfd.readouterr().err
