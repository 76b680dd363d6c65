"""Builds one after another, without loading the code each time: a process that stays, and a fork of it for each build.

What one build had to load, the next finds loaded; nothing else of it is left. Code that changed asks for a new process.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from divan.builder.inputs import HOUSE
from divan.site.build import main as build_here

_BUILD = b"b"
_DONE, _FAILED = b"0", b"1"
_MODULE = __spec__.name


class WarmBuilder:
    """Builds the forum of ``root``; what a build says goes to the terminal."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._started: tuple[subprocess.Popen[bytes], socket.socket] | None = None

    def build(self) -> bool:
        """Whether the site was built; each fault has been said."""
        if not hasattr(os, "fork"):  # Windows
            return subprocess.run(_words("divan.site.build"), cwd=self._root, env=_environment()).returncode == 0
        if self._started and self._started[0].poll() is not None:
            self.close()
        self._started = self._started or self._start()
        line = self._started[1]
        try:
            line.sendall(_BUILD)
            return line.recv(1) == _DONE
        except OSError:
            return False

    def close(self) -> None:
        """Let the process go: the next build loads the code as it then is."""
        if self._started:
            process, line = self._started
            line.close()
            process.wait()
            self._started = None

    def _start(self) -> tuple[subprocess.Popen[bytes], socket.socket]:
        ours, theirs = socket.socketpair()
        with theirs:
            words = _words(_MODULE, str(theirs.fileno()))
            process = subprocess.Popen(words, cwd=self._root, env=_environment(), pass_fds=[theirs.fileno()])
        return process, ours


def _words(module: str, *words: str) -> list[str]:
    return [sys.executable, "-m", module, *words, "--ahead"]


def _environment() -> dict[str, str]:
    paths = os.pathsep.join([str(HOUSE), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {**os.environ, "PYTHONPATH": paths}


def _stay(line: socket.socket) -> None:
    """Build each time that one asks, until nobody is there to ask."""
    while line.recv(1):
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            os.close(reader)
            _build_in_the_fork(writer)
        os.close(writer)
        with os.fdopen(reader, encoding="utf-8") as told:
            loaded = told.read().split()
        line.sendall(_FAILED if os.waitpid(child, 0)[1] else _DONE)
        _load(loaded)


def _build_in_the_fork(writer: int) -> None:
    """Build, then tell which modules it took."""
    status = 1
    try:
        before = set(sys.modules)
        status = build_here()
        with os.fdopen(writer, "w", encoding="utf-8") as told:
            told.write("\n".join(sys.modules.keys() - before))
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _load(names: list[str]) -> None:
    """A module that another one made, and that has no file of its own, is made again by the build that wants it."""
    for name in sorted(names):
        try:
            import_module(name)
        except Exception:  # noqa: S112 - a build would say it, and where
            continue


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a keyboard interrupt is told by the one who serves
    _stay(socket.socket(fileno=int(sys.argv[1])))
