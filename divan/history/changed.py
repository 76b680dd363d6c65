"""What a proposal changes in what people write: each file before and after, as git and the folder hold it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from divan.history.past import git
from divan.sources.problem import ProblemsFound

WRITTEN = ("content", "surveys")


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file and its bytes ``before`` and ``after``; None where it is not there."""

    path: str
    before: bytes | None
    after: bytes | None


def changed_since(root: Path, revision: str) -> list[ChangedFile]:
    """The files of the folder that differ from where it left ``revision``, sorted; raises ProblemsFound."""
    start = _parting(root, revision)
    told = git(root, "diff", "--no-renames", "--name-only", "-z", start, "--", *WRITTEN)
    told += git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", *WRITTEN)
    paths = sorted({name.decode("utf-8", "surrogateescape") for name in told.split(b"\0") if name})
    return [ChangedFile(path, _as_of(root, start, path), _now(root / path)) for path in paths]


def _parting(root: Path, revision: str) -> str:
    """The last commit in common; in a shallow clone nobody knows it, and the revision itself stands for it."""
    known = git(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    try:
        return git(root, "merge-base", known, "HEAD").decode().strip()
    except ProblemsFound:
        return known


def _as_of(root: Path, commit: str, path: str) -> bytes | None:
    if not git(root, "ls-tree", "-z", commit, "--", f":(literal){path}"):
        return None
    return git(root, "cat-file", "blob", f"{commit}:{path}")


def _now(file: Path) -> bytes | None:
    """A link is what git keeps of it, the path that it leads to, and never what stands there."""
    if file.is_symlink():
        return os.fsencode(os.readlink(file))
    return file.read_bytes() if file.is_file() else None
