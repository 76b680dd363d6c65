"""A terminal sees the seconds of a command that works long, and is left clean; a file or a pipe sees nothing."""

from __future__ import annotations

import io
import os
import signal
import time
from collections.abc import Iterator
from typing import TextIO

import pytest

from divan.commands.patience import ON_THEIR_OWN, patience
from divan.commands.runs import RUNS


@pytest.fixture
def terminal() -> Iterator[tuple[TextIO, int]]:
    """A terminal to write on, and what reads it."""
    reading, writing = os.openpty()
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        yield stream, reading
    os.close(reading)


def test_the_seconds_are_shown_until_it_ends_and_the_line_is_left_clean(terminal: tuple[TextIO, int]) -> None:
    stream, reading = terminal
    before = signal.getsignal(signal.SIGALRM)
    with patience(stream, after=0.02):
        shown = os.read(reading, 100).decode()
        while "\r" not in shown:
            shown += os.read(reading, 100).decode()
        time.sleep(0.01)
    assert shown.startswith("… 0 s\r")
    while "\x1b[K" not in shown:
        shown += os.read(reading, 1000).decode()
    assert shown.endswith("\r\x1b[K")
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_what_is_no_terminal_is_told_nothing() -> None:
    stream = io.StringIO()
    with patience(stream, after=0.001):
        time.sleep(0.01)
    assert stream.getvalue() == ""


def test_commands_that_show_what_they_do_themselves_are_commands() -> None:
    assert set(RUNS) >= ON_THEIR_OWN
