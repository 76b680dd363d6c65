"""Processes: several that share one work, or one alone in a folder.

Forked ones share what is already in memory and hand back plain values.
"""

from __future__ import annotations

import gc
import marshal
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from divan.sources.problem import Problem, ProblemsFound

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

WORTH_A_WORKER = 200  # items; below, a second process costs more than it brings


def cores() -> int:
    """How many processes may run at once."""
    if not hasattr(os, "fork"):
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def shared_out(items: Sequence[Any], work: Callable[[Sequence[Any]], Any], folder: Path) -> list[Any]:
    """Results of ``work(share)`` for as many shares of ``items`` as there are cores.

    Results are plain values (``marshal`` carries them, through ``folder``). The first share is done here. Problems of
    all shares are raised together.
    """
    number = min(cores(), 1 + len(items) // WORTH_A_WORKER)
    shares = [items[n::number] for n in range(number)]
    if number > 1:
        gc.collect()
        gc.freeze()  # sinon le ramasse-miettes touche chaque objet, et chaque page de mémoire partagée se dédouble
    files = [folder / f"worker-{n}" for n in range(1, number)]
    children = [_start(share, work, file) for share, file in zip(shares[1:], files, strict=True)]
    try:
        outcomes = [_outcome(work, shares[0])]
    finally:
        failed = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        gc.unfreeze()
    if any(failed):
        raise ChildProcessError(f"un processus de construction s'est arrêté ({failed})")
    for file in files:
        outcomes.append(marshal.loads(file.read_bytes()))  # noqa: S302 - écrit par nos processus
        file.unlink()
    problems = [Problem(*found) for _, faults in outcomes for found in faults]
    if problems:
        raise ProblemsFound(problems)
    return [result for result, _ in outcomes]


class Aside:
    """One piece of work done by another process while this one goes on; its result is a plain value."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._work = work
        self._child = 0
        if cores() > 1:
            self._reader, writer = os.pipe()
            self._child = _fork(lambda: _write_all(writer, marshal.dumps(work())))
            os.close(writer)

    def told(self) -> Any:
        """The result; worked out here when there was no other process, or when it failed."""
        if not self._child:
            return self._work()
        with os.fdopen(self._reader, "rb") as reader:
            found = reader.read()
        failed = os.waitstatus_to_exitcode(os.waitpid(self._child, 0)[1])
        return self._work() if failed else marshal.loads(found)  # noqa: S302 - écrit par notre processus


def _write_all(writer: int, content: bytes) -> None:
    with os.fdopen(writer, "wb") as file:
        file.write(content)


def _start(share: Sequence[Any], work: Callable[[Sequence[Any]], Any], file: Path) -> int:
    return _fork(lambda: file.write_bytes(marshal.dumps(_outcome(work, share))))


def _fork(work: Callable[[], Any]) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    return os.fork() or _end_with(work)


def _end_with(work: Callable[[], Any]) -> NoReturn:
    """Do ``work``, then end this process at once: nothing of the parent's is to be closed twice."""
    status = 1
    try:
        work()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _outcome(work: Callable[[Sequence[Any]], Any], share: Sequence[Any]) -> tuple[Any, list[Any]]:
    try:
        return work(share), []
    except ProblemsFound as found:
        return None, [(p.path, p.line, p.message, p.remedy, p.code) for p in found.problems]


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other build works in ``folder``; a build that was killed holds nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "wb") as file:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def without_collecting() -> Iterator[None]:
    """What a build or a report reads lives as long as it: looking for garbage in it is in vain."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
