"""A study in a git repository of its own, whose commits bear the days that a test gives them."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.places import GROUP

STUDY = "pilote"


@dataclass(frozen=True)
class DatedRepository:
    """The repository at ``root``; its study opens on 26 March and, for the second time, on 16 July 2023."""

    root: Path

    @property
    def plan(self) -> Path:
        return self.root / "surveys" / STUDY / "plan.yaml"

    def git(self, *words: str, day: str = "2023-03-01", hour: str = "12:00:00") -> str:
        """What git answers; a commit made by it is dated of that day."""
        stamp = f"{day}T{hour}+01:00"
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_COMMITTER_DATE": stamp,
                 "GIT_AUTHOR_DATE": stamp}  # fmt: skip
        who = ("-c", "user.name=Essai", "-c", "user.email=essai@exemple.example", "-c", "commit.gpgsign=false")
        done = subprocess.run(["git", *who, *words], cwd=self.root, env={**os.environ, **alone}, check=True,
                              capture_output=True, text=True)  # fmt: skip
        return done.stdout.strip()

    def commit(self, day: str, hour: str = "12:00:00") -> str:
        """Commit all that is there; returns the commit's id."""
        self.git("add", "--all", "--force")
        self.git("commit", "-q", "--allow-empty", "-m", "travail", day=day, hour=hour)
        return self.git("rev-parse", "HEAD")

    def change(self, old: str, new: str) -> None:
        """Change the plan's text, without a commit."""
        text = self.plan.read_text(encoding="utf-8")
        assert old in text
        self.plan.write_text(text.replace(old, new, 1), encoding="utf-8")


def copy_study(root: Path, study: str = STUDY) -> Path:
    """Copy a study, but for what its reviewers keep, into the repository at ``root``; returns that root."""
    shutil.copytree(GROUP / "surveys" / study, root / "surveys" / study, ignore=shutil.ignore_patterns("review"))
    return root


def dated_repository(root: Path, *, day: str = "2023-03-20") -> DatedRepository:
    """A repository whose first commit, on ``day``, holds the whole study; its plan calls nothing added."""
    made = DatedRepository(copy_study(root))
    made.change("{test: signed_rank, added: 2026-11-22}", "signed_rank")
    made.change("    variables: [sex, age]\n    added: 2026-11-22\n", "    variables: [sex, age]\n")
    made.git("init", "-q", "-b", "main")
    made.commit(day)
    return made
