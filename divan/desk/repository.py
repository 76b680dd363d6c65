"""The desk's own clone: where previews are read, commits made and pushed. The remote's main branch is the truth."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from divan.desk.git import git
from divan.sources.sealed import IDENTITY

COMMITTER = {"GIT_COMMITTER_NAME": "Le forum", "GIT_COMMITTER_EMAIL": "forum@users.invalid"}
_UPDATE_THERE = "git -c receive.denyCurrentBranch=updateInstead receive-pack"

Files = Mapping[str, bytes | None]


@dataclass(frozen=True)
class Commit:
    """What a proposal becomes: its files, its author's pseudonym, its message, when it was decided (seconds)."""

    files: Files
    author: str
    message: str
    decided: int


class Repository:
    """A clone of ``remote`` in ``folder``, where one process works at a time; the site is built from ``branch``."""

    def __init__(
        self,
        folder: Path,
        remote: str,
        branch: str,
        push_options: tuple[str, ...] = (),
        credentials: Mapping[str, str] | None = None,
        identity: Path | None = None,
    ) -> None:
        self.folder, self.remote, self.branch, self.push_options = folder, remote, branch, push_options
        self._credentials = dict(credentials or {})
        self._identity = identity

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the clone; what a killed process left locked is freed."""
        self.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(self.folder.with_suffix(".lock"), "w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for left in (self.folder / ".git").glob("*.lock"):
                left.unlink(missing_ok=True)
            yield

    def update(self) -> str:
        """Bring the clone to the remote's main branch, and return its commit."""
        if not (self.folder / ".git").is_dir():
            self._clone()
        self._lend_identity()
        refs = f"+refs/heads/{self.branch}:refs/remotes/origin/{self.branch}"
        git(self.folder, "fetch", "-q", "--prune", self.remote, refs, more=self._credentials)
        tip = git(self.folder, "rev-parse", f"refs/remotes/origin/{self.branch}")
        if git(self.folder, "rev-parse", "-q", "--verify", "HEAD") != tip or git(self.folder, "status", "--porcelain"):
            git(self.folder, "checkout", "-q", "--detach", "--force", tip)
            git(self.folder, "clean", "-fdq")
        return tip

    def _clone(self) -> None:
        fresh = Path(tempfile.mkdtemp(prefix=f".{self.folder.name}.", dir=self.folder.parent))
        try:
            git(
                fresh,
                "clone",
                "-q",
                "--no-tags",
                "--branch",
                self.branch,
                self.remote,
                ".",
                more=self._credentials,
                longest=600,
            )
            git(fresh, "checkout", "-q", "--detach")
            os.replace(fresh, self.folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def _lend_identity(self) -> None:
        """The clone opens what the group's own folder opens; git never sees it."""
        place = self.folder / IDENTITY
        if self._identity and self._identity.is_file() and not place.is_file():
            with open(self.folder / ".git/info/exclude", "a", encoding="ascii") as unseen:
                unseen.write(f"/{IDENTITY}\n")
            place.parent.mkdir(exist_ok=True)
            place.unlink(missing_ok=True)
            place.symlink_to(self._identity.resolve())

    def published(self, uid: str, tip: str) -> bool:
        """Whether the main branch already holds the commit of this proposal, whoever merged it."""
        found = git(self.folder, "log", "-1", "--format=%H", "--fixed-strings", f"--grep=Proposal: {uid}", tip)
        return bool(found)

    def content(self, commit: str, path: str) -> bytes | None:
        """What a file holds at a commit, told by its blob; None when it is not there."""
        return git(self.folder, "ls-tree", commit, "--", path).encode() or None

    def moved(self, files: Files, base: str, tip: str) -> bool:
        """Whether one of these files is no longer what it was when the moderator read it."""
        return any(self.content(base, path) != self.content(tip, path) for path in files)

    def commit(self, made: Commit, parent: str) -> str:
        """The commit of these files on ``parent``: the same one each time it is asked for."""
        with tempfile.TemporaryDirectory(dir=self.folder.parent) as work:
            index = {"GIT_INDEX_FILE": f"{work}/index"}
            git(self.folder, "read-tree", parent, more=index)
            for path, content in made.files.items():
                if content is None:
                    git(self.folder, "rm", "-q", "--cached", "--ignore-unmatch", "--", path, more=index)
                    continue
                blob = git(self.folder, "hash-object", "-w", "--stdin", given=content)
                git(self.folder, "update-index", "--add", "--cacheinfo", f"100644,{blob},{path}", more=index)
            tree = git(self.folder, "write-tree", more=index)
        return git(self.folder, "commit-tree", tree, "-p", parent, given=made.message.encode(), more=_people(made))

    def merge(self, head: str, tip: str, made: Commit) -> str:
        """A merge commit of ``head``, which stands on ``tip``."""
        subject = f"Fusion : {made.message.splitlines()[0]}".encode()
        tree = f"{head}^{{tree}}"
        return git(
            self.folder,
            "commit-tree",
            tree,
            "-p",
            tip,
            "-p",
            head,
            given=subject,
            more=_people(replace(made, author="Le forum")),
        )

    def push(self, commit: str, branch: str, *, force: bool = False) -> None:
        """Send a commit to a branch of the remote; GitTrouble when it is not acknowledged."""
        options = [f"--push-option={option}" for option in self.push_options] if branch != self.branch else []
        words = (
            ["push", "-q", *options, f"--receive-pack={_UPDATE_THERE}"] if self.is_local else ["push", "-q", *options]
        )
        where = f"{'+' if force else ''}{commit}:refs/heads/{branch}"
        git(self.folder, *words, self.remote, where, more=self._credentials)

    def remove(self, branch: str) -> None:
        """Delete a branch of the remote."""
        git(self.folder, "push", "-q", self.remote, f":refs/heads/{branch}", more=self._credentials)

    def has(self, branch: str) -> bool:
        """Whether the remote has this branch."""
        found = git(self.folder, "ls-remote", "--heads", self.remote, f"refs/heads/{branch}", more=self._credentials)
        return bool(found)

    @property
    def is_local(self) -> bool:
        """Whether the remote is a repository of this machine."""
        return Path(self.remote).is_dir()


def _people(made: Commit) -> dict[str, str]:
    when = f"{made.decided - made.decided % 86400} +0000"  # the day is enough: an hour could tell who
    name = "".join(sign for sign in made.author if sign not in "<>\n\r") or "anonyme"
    author = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": f"{_local_part(name)}@users.invalid"}
    return {**COMMITTER, **author, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}


def _local_part(name: str) -> str:
    return "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in name.lower())
