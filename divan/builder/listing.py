"""What sources there are and what each one holds, from git when it can tell, else by reading them.

A file is known by its blob id, the one git gives to its content; file times say nothing after a checkout. What is
committed is told by the tree of the last commit, which git compares with another in milliseconds; what is on disk and
not there, or otherwise, is an overlay on that tree.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha1
from pathlib import Path

from divan.builder.settings import Settings
from divan.sources.droppings import is_dropping

FOLDERS = ("content", "surveys")  # tout ce que des gens écrivent

Blobs = dict[str, str]  # a file's blob id, by its path from the root
Overlay = dict[str, str | None]  # None: the file is gone


@dataclass(frozen=True)
class Listing:
    """The sources at one moment: git's ``tree``, '' without git, and what the disk has otherwise."""

    tree: str = ""
    overlay: Overlay = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """The sources now; ``changed`` since the listing asked about, None when that cannot be told without reading all."""

    root: Path
    folders: tuple[str, ...]
    listing: Listing
    changed: Overlay | None

    @cached_property
    def everything(self) -> Blobs:
        """Every source, sorted by path."""
        if not self.listing.tree:
            return _read_all(self.root, self.folders)
        lines = _told(_git(self.root, "ls-files", "-z", "-s", "--", *self.folders)).split("\0")[:-1]
        index: Overlay = {path: about.split(" ")[1] for about, _, path in (line.partition("\t") for line in lines)}
        index.update(self.listing.overlay)
        return {path: blob for path, blob in sorted(index.items()) if blob is not None and not is_dropping(path)}


def under(sources: Blobs, *prefixes: str) -> Blobs:
    """Those of the sources whose path starts with one of these, sorted by path."""
    return {path: blob for path, blob in sorted(sources.items()) if path.startswith(prefixes)}


class Question:
    """What lies in ``folders`` of ``root``, asked to git at once, so that it looks while we do something else.

    ``remember`` lets git note in its own index which folders hold nothing untracked: it then looks at them much faster.
    """

    def __init__(self, root: Path, folders: tuple[str, ...] = FOLDERS, *, remember: bool = False) -> None:
        self.root, self.folders = root, folders
        self._head: subprocess.Popen[bytes] | None
        self._status: subprocess.Popen[bytes] | None
        locks = () if remember else ("--no-optional-locks",)
        try:
            self._head = _git(root, "rev-parse", "--show-prefix", "HEAD^{tree}")
            self._status = _git(root, *locks, *_UNTRACKED_TOO, "status", "-z", "--no-renames", "--ignore-submodules")
        except OSError:  # git n'est pas installé
            self._head = self._status = None

    def answer(self, since: Listing) -> Answer:
        """The sources, and how they differ from what an earlier build saw."""
        if self._head is None or self._status is None:
            return Answer(self.root, self.folders, Listing(), None)
        prefix, *tree = _told(self._head).split("\n")
        committed = tree[0] if self._head.returncode == 0 else ""
        difference = _Difference(self.root, since.tree, committed, self.folders) if committed else None
        status = _told(self._status)
        if self._status.returncode:
            return Answer(self.root, self.folders, Listing(), None)
        overlay = self._overlay(prefix, status)
        between = difference.told() if difference else None
        changed = None if between is None else _changed(self.root, since.overlay, {**between, **overlay})
        return Answer(self.root, self.folders, Listing(committed or _UNBORN, overlay), changed)

    def _overlay(self, prefix: str, status: str) -> Overlay:
        wanted = tuple(f"{prefix}{folder}/" for folder in self.folders)
        paths = (line[3:] for line in status.split("\0")[:-1])
        ours = (path.removeprefix(prefix) for path in paths if path.startswith(wanted))
        return {path: blob_id(self.root / path) for path in ours if not is_dropping(path)}


def ask(settings: Settings) -> Question:
    """Ask what there is; the first time, git remembers where it saw nothing untracked."""
    return Question(settings.root, remember=not settings.state_file.exists())


_UNTRACKED_TOO = ("-c", "core.untrackedCache=true", "-c", "status.showUntrackedFiles=all", "-c", "core.quotePath=false")
_UNBORN = "unborn"  # no commit yet: everything is in the overlay


class _Difference:
    """How one tree differs from another; nobody can tell when git no longer has the first, as in a shallow clone."""

    def __init__(self, root: Path, old: str, new: str, folders: tuple[str, ...]) -> None:
        words = ("diff-tree", "-r", "-z", "--raw", "--no-renames", "--relative", old, new, "--", *folders)
        self._asked = None if old == new or len(old) != len(new) else _git(root, *words)
        self._same = old == new

    def told(self) -> Overlay | None:
        if self._asked is None:
            return {} if self._same else None
        words = _told(self._asked).split("\0")[:-1]
        if self._asked.returncode:
            return None
        about = (line.split(" ") for line in words[::2])
        told = zip(words[1::2], about, strict=True)
        return {path: None if kind == "D" else new for path, (*_, new, kind) in told if not is_dropping(path)}


def _changed(root: Path, old: Overlay, new: Overlay) -> Overlay:
    """What is not as it was in ``old``; a file that neither names any more is as committed, and the disk tells how."""
    now = {path: new[path] if path in new else blob_id(root / path) for path in old.keys() | new.keys()}
    return {path: blob for path, blob in now.items() if path not in old or old[path] != blob}


def _git(root: Path, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(["git", *words], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def _told(process: subprocess.Popen[bytes]) -> str:
    return os.fsdecode(process.communicate()[0])


def _read_all(root: Path, folders: tuple[str, ...]) -> Blobs:
    paths = sorted(path for folder in folders for path in _walk(os.path.join(root, folder), folder))
    return {path: blob_id(root / path) or "" for path in paths}


def _walk(folder: str, name: str) -> Iterator[str]:
    if not os.path.isdir(folder):
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{name}/{entry.name}")
            elif not is_dropping(entry.name):
                yield f"{name}/{entry.name}"


def blob_id(path: Path) -> str | None:
    """The id that git gives to a file, or to a symbolic link for where it leads; None when there is none."""
    try:
        content = os.fsencode(os.readlink(path)) if path.is_symlink() else path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    return sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
