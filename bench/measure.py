"""How long a command takes, by the clock and of processor, and how much memory its processes hold at their peak."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.02  # seconds between two looks at the processes


@dataclass(frozen=True)
class Measure:
    """``seconds`` by the clock; ``cpu_seconds`` of processor, children included; ``rss_mb`` of memory at the peak.

    Memory is the greatest sum of what the command and all its children hold; what processes share is counted in each
    of them, so a builder with several processes is never flattered.
    """

    seconds: float
    cpu_seconds: float
    rss_mb: float


def measure(command: list[str], folder: Path, environment: dict[str, str]) -> Measure:
    """Run a command in ``folder``; raises when it fails."""
    os.sync()
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    watch = _Watch(process.pid)
    watch.start()
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)  # reaped here, for what it used
    watch.stop()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} a échoué ({process.returncode})")
    return Measure(seconds, used.ru_utime + used.ru_stime, watch.peak / 1e6)


class _Watch(threading.Thread):
    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self._ended = pid, 0, threading.Event()

    def run(self) -> None:
        while not self._ended.is_set():
            self.peak = max(self.peak, sum(map(_resident, _family(self.pid))))
            self._ended.wait(EVERY)

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        try:
            for task in os.listdir(f"/proc/{one}/task"):
                found += map(int, Path(f"/proc/{one}/task/{task}/children").read_text().split())
        except OSError:
            continue
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0
