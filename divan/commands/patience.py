"""Something to see while a command works for more than a second: its seconds, on a terminal, and gone when it ends."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

#: Commands that talk, wait for somebody or run until stopped: they show what they do themselves.
ON_THEIR_OWN = frozenset(
    {"init", "serve", "collect", "desk", "code", "try", "backup", "restore", "forget", "completion"}
)


@contextmanager
def patience(stream: TextIO, after: float = 1.0) -> Iterator[None]:
    """Show seconds on ``stream`` from ``after`` on, each as many; nothing where it is no terminal.

    The cursor stays at the start of the line: whatever the command prints takes its place. An alarm and no thread,
    since commands fork.
    """
    if not stream.isatty() or not hasattr(signal, "setitimer"):
        yield
        return
    started = time.monotonic()

    def tick(*_: Any) -> None:
        stream.write(f"… {time.monotonic() - started:.0f} s\r")
        stream.flush()

    before = signal.signal(signal.SIGALRM, tick)
    signal.setitimer(signal.ITIMER_REAL, after, after)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        stream.write("\r\x1b[K")
        stream.flush()
