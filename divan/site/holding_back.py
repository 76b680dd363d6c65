"""Publish all but what is faulty, so that no fault anywhere delays a removal.

The sources are laid out again elsewhere, each faulty file as it was when it last was something else, or not at all.
The build that could not be made of the sources is made of these; what it finds faulty is held back in turn.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from divan.builder.listing import FOLDERS
from divan.sources.problem import Problem, ProblemsFound

MOST_TRIES = 12  # a fault may hide another; a dozen hide one another in no forum that was seen
EARLIER = 20  # versions of a file that are looked at
PAGES = "content/pages"
LAID_OUT = (*FOLDERS, "theme")  # un modèle du groupe se retient comme une page

Build = Callable[[Path], None]


@dataclass
class Substitutes:
    """What stands in for faulty files, by path: an earlier content, None for a file left out."""

    root: Path
    known: dict[str, bytes | None] = field(default_factory=dict)
    _earlier: dict[str, Iterator[bytes]] = field(default_factory=dict)

    def go_back(self, problems: Iterable[Problem]) -> bool:
        """Find the next substitute of each file that a problem names; False when no problem names a file."""
        paths = {self._place(problem.path) for problem in problems}
        moved = [path for path in sorted(filter(None, paths)) if self._one_back(path)]
        return bool(moved)

    def _place(self, named: str) -> str | None:
        """The source that a problem names; Pelican names none, and means the page that changed last."""
        if named == "pelican":
            return self._last_page()
        known = named in self.known or (self.root / named).is_file() or (self.root / named).is_symlink()
        return named if named.startswith(tuple(f"{folder}/" for folder in LAID_OUT)) and known else None

    def _last_page(self) -> str | None:
        told = _git(self.root, "log", "-n", str(EARLIER), "--name-only", "--format=", "--", PAGES).decode()
        unsaved = _git(self.root, "status", "--porcelain", "--no-renames", "--", PAGES).decode().splitlines()
        changed = dict.fromkeys([*(line[3:] for line in unsaved), *filter(None, told.splitlines())])
        return next((path for path in changed if self.known.get(path, b"") is not None), None)

    def _one_back(self, path: str) -> bool:
        if path in self.known and self.known[path] is None:
            return False
        if path not in self._earlier:
            self._earlier[path] = self._versions(path)
        self.known[path] = next(self._earlier[path], None)
        return True

    def _versions(self, path: str) -> Iterator[bytes]:
        """The contents that a file had in git, latest first, each once, without the one it has now."""
        file = self.root / path
        seen = {file.read_bytes()} if file.is_file() else set()
        commits = _git(self.root, "log", "-n", str(EARLIER), "--format=%H", "--", path).decode().split()
        for commit in commits:
            content = _git(self.root, "show", f"{commit}:./{path}")
            if content and content not in seen:
                seen.add(content)
                yield content


def publish_the_rest(root: Path, problems: Iterable[Problem], build: Build) -> tuple[bool, list[Problem]]:
    """Build without what these problems name, then without what is found in turn.

    Whether that could be done, and the faults that the first ones hid: those of files as they are, not as they were.
    """
    substitutes, hidden = Substitutes(root), list[Problem]()
    for _ in range(MOST_TRIES):
        if not substitutes.go_back(problems):
            return False, hidden
        with _laid_out(root, substitutes.known) as beside:
            try:
                build(beside)
            except ProblemsFound as found:
                problems = found.problems
                hidden += [problem for problem in problems if problem.path not in substitutes.known]
            else:
                return True, hidden
    return False, hidden


@contextmanager
def _laid_out(root: Path, known: dict[str, bytes | None]) -> Iterator[Path]:
    """A folder, outside any repository of git, with the sources of ``root`` and what stands in for some of them."""
    with tempfile.TemporaryDirectory(prefix="divan-") as folder:
        beside = Path(folder)
        for entry in root.iterdir():
            if entry.name not in LAID_OUT and not entry.name.startswith("."):
                (beside / entry.name).symlink_to(entry)
        for name in LAID_OUT:
            if (root / name).is_dir():
                shutil.copytree(root / name, beside / name, symlinks=True, copy_function=shutil.copy2)
        for path, content in known.items():
            _put(beside / path, content)
        yield beside


def _put(file: Path, content: bytes | None) -> None:
    if os.path.lexists(file):
        file.unlink()
    if content is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _git(root: Path, *words: str) -> bytes:
    """What git answers; nothing where there is no git."""
    try:
        return subprocess.run(
            ["git", "-c", "core.quotePath=false", *words], cwd=root, capture_output=True, check=False
        ).stdout
    except OSError:
        return b""
