"""Tests run on one fault after another, each in a fork of a process that has loaded what they need from outside.

Loading pytest, Hypothesis, SQLAlchemy and the like takes longer than most tests; the house's own modules are read anew.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bench.mutants.covering import QUICK, environment

LOADED = (
    "hypothesis", "pelican", "jinja2", "nh3", "comrak", "jsonschema_rs", "markdown", "starlette.testclient",
    "sqlalchemy", "PIL.Image", "numpy", "scipy.stats", "scipy.optimize", "altcha", "feedparser", "webauthn", "httpx",
)  # fmt: skip
PASSED, FAILED, STOPPED = "passed", "failed", "stopped"
LOADED_BEFORE = "ignore::pytest.PytestAssertRewriteWarning"
STUCK = 300  # seconds after which even a process that does nothing is stopped


class Trying:
    """A process that tries tests in ``copy``."""

    def __init__(self, copy: Path) -> None:
        words = [sys.executable, "-m", "bench.mutants.trying"]
        self._process = subprocess.Popen(
            words, cwd=copy, env=environment(copy), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, tests: list[str], processor_seconds: int) -> tuple[str, str]:
        """How these tests end within that time of the processor: PASSED, FAILED (by which one) or STOPPED."""
        assert self._process.stdin and self._process.stdout
        print(json.dumps([tests, processor_seconds]), file=self._process.stdin, flush=True)
        end, by = json.loads(self._process.stdout.readline())
        return end, by

    def close(self) -> None:
        """Let it end."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def main() -> None:
    """Answer each line, tests and their seconds, by how they end."""
    for name in LOADED:
        importlib.import_module(name)
    for line in sys.stdin:
        print(json.dumps(_end_of(*json.loads(line))), flush=True)


class _FirstFailure:
    """Tells, through a pipe, which test (or file that could not be read) failed first."""

    def __init__(self, pipe: int) -> None:
        self._pipe, self._told = pipe, False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._tell(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._tell(report)

    def _tell(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.failed and not self._told:
            self._told = True
            os.write(self._pipe, report.nodeid.encode())


def _end_of(tests: list[str], seconds: int) -> tuple[str, str]:
    heard, pipe = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(heard)
        _run(tests, seconds, _FirstFailure(pipe))
    os.close(pipe)
    end = _end(child)
    with os.fdopen(heard, "rb") as told:
        return end, os.read(told.fileno(), 65536).decode() if end == FAILED else ""


def _end(child: int) -> str:
    ended = os.pidfd_open(child)
    if not select.select([ended], [], [], STUCK)[0]:
        os.killpg(child, signal.SIGKILL)
    os.close(ended)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return PASSED if status == 0 else STOPPED if -status in (signal.SIGXCPU, signal.SIGKILL) else FAILED


def _run(tests: list[str], seconds: int, first_failure: _FirstFailure) -> None:
    os.setsid()
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    status = 1
    try:
        words = ["-q", "-x", "-p", "no:cacheprovider", "-n", "0", "-m", QUICK, "-W", LOADED_BEFORE]
        status = pytest.main([*words, *tests], plugins=[first_failure])
    finally:
        os._exit(int(status))


if __name__ == "__main__":
    main()
