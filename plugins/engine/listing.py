"""What sources there are and what each one holds, from git when it can tell, else by reading them.

A file is known by its blob id, the one git gives to its content. File times say nothing after a checkout; blob ids
of sixty thousand files come from git's index in twenty milliseconds.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from hashlib import sha1
from pathlib import Path

FOLDERS = ("content", "surveys")  # tout ce que des gens écrivent
_ID = slice(7, 47)  # in a line « 100644 <40 hexadecimal digits> 0\t<path> »
_PATH = slice(50, None)
MANY = 50  # beyond, one dictionary of everything is quicker than as many searches


@dataclass(frozen=True)
class Listing:
    """``tracked``: git's own lines, NUL after each, sorted by path; ``overlay``: what differs on disk (None: gone)."""

    tracked: bytes
    overlay: dict[str, str | None] = field(default_factory=dict)

    def _lines(self) -> list[bytes]:
        return self.tracked.split(b"\0")[:-1]

    def blobs(self) -> dict[str, str]:
        """Blob id of every source, by path from the root."""
        found: dict[str, str | None] = {line[_PATH].decode(): line[_ID].decode() for line in self._lines()}
        found.update(self.overlay)
        return {path: blob for path, blob in found.items() if blob is not None}

    def under(self, prefix: str) -> dict[str, str]:
        """Blob ids of the sources whose path starts with ``prefix``; quick, for git sorts its lines by path."""
        found: dict[str, str | None] = {
            line[_PATH].decode(): line[_ID].decode() for line in self._tracked_under(prefix)
        }
        found.update((path, blob) for path, blob in self.overlay.items() if path.startswith(prefix))
        return {path: blob for path, blob in sorted(found.items()) if blob is not None}

    def has(self, path: str) -> bool:
        """Whether there is such a source."""
        return path in self.under(path)

    def changed_since(self, old: Listing) -> set[str]:
        """Paths added, changed or gone since ``old``."""
        if self.tracked == old.tracked:
            ours = theirs = frozenset[bytes]()
        else:
            ours, theirs = frozenset(self._lines()), frozenset(old._lines())
        gained = {line[_PATH].decode(): line[_ID] for line in ours - theirs}
        lost = {line[_PATH].decode(): line[_ID] for line in theirs - ours}
        changed = {path for path in gained.keys() | lost.keys() if gained.get(path) != lost.get(path)}
        doubtful = self.overlay.keys() | old.overlay.keys()
        return (changed - doubtful) | {path for path, now, then in self._compare(old, doubtful) if now != then}

    def _compare(self, old: Listing, paths: Set[str]) -> Iterator[tuple[str, str | None, str | None]]:
        if len(paths) > MANY:
            now, then = self.blobs(), old.blobs()
            yield from ((path, now.get(path), then.get(path)) for path in paths)
        else:
            yield from ((path, self.under(path).get(path), old.under(path).get(path)) for path in paths)

    def _tracked_under(self, prefix: str) -> Iterator[bytes]:
        wanted = b"\t" + prefix.encode()
        at = self.tracked.find(wanted)
        while at >= 0:
            end = self.tracked.find(b"\0", at)
            yield self.tracked[at - 49 : end]
            at = end + 50 if self.tracked.startswith(wanted, end + 50) else -1


class Question:
    """What lies in ``folders`` of ``root``, asked to git at once, so that it looks while we do something else."""

    def __init__(self, root: Path, folders: tuple[str, ...]) -> None:
        self.root = root
        self.folders = folders
        try:
            self._running = [_git(root, *words, "--", *folders) for words in _QUESTIONS]
        except OSError:  # git n'est pas installé
            self._running = []

    def answer(self) -> Listing:
        """The sources; read one by one where git does not know."""
        tracked, modified, new = [process.communicate()[0] for process in self._running] or (b"", b"", b"")
        if not self._running or any(process.returncode for process in self._running):
            return _read_all(self.root, self.folders)
        changed = {name.decode() for name in (modified + new).split(b"\0")[:-1]}
        return Listing(tracked, {path: blob_id(self.root / path) for path in changed})


_QUESTIONS = (
    ("ls-files", "-z", "-s"),
    ("diff-files", "-z", "--name-only", "--relative", "--ignore-submodules"),
    ("ls-files", "-z", "-o", "--exclude-standard"),
)


def _git(root: Path, *words: str) -> subprocess.Popen[bytes]:
    command = ["git", "--no-optional-locks", *words]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def _read_all(root: Path, folders: tuple[str, ...]) -> Listing:
    paths = sorted(
        path.encode() for folder in folders for path in _walk(os.path.join(root, folder), folder)
    )  # fmt: skip
    lines = (b"100644 %b 0\t%b\0" % ((blob_id(root / path.decode()) or "").encode(), path) for path in paths)
    return Listing(b"".join(lines))


def _walk(folder: str, name: str) -> Iterator[str]:
    if not os.path.isdir(folder):
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                yield from _walk(entry.path, f"{name}/{entry.name}")
            else:
                yield f"{name}/{entry.name}"


def blob_id(path: Path) -> str | None:
    """The id that git gives to the content of a file; None when there is no such file."""
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    return sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
