"""Divan itself, in a repository of its own: all its plugins, its real theme, the forum committed to git."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import corpus
from bench.corpus import Case, Post
from bench.peers.builder import Builder

HOUSE = Path(__file__).resolve().parents[2]


class Divan(Builder):
    """The house's own build, as ``make html`` runs it."""

    name = "divan"
    output = "output"
    made = ("output", ".divan")

    @property
    def house(self) -> Path:
        """The checkout whose code, theme and settings are at work."""
        return HOUSE

    def environment(self) -> dict[str, str]:
        # compiled once, as where Divan is installed: a machine that forbids it would compile each module at each build
        return {**os.environ, "PYTHONPATH": str(self.house), "PYTHONDONTWRITEBYTECODE": ""}

    def install(self) -> str:
        found = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=self.house, capture_output=True, text=True)
        return found.stdout.strip() or "?"

    def prepare(self, cases: Iterator[Case]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        corpus.write_vocabulary(self.folder)
        for case in cases:
            corpus.write_posts(self.folder, [case.post, *case.replies])
        shutil.copytree(self.house / "theme", self.folder / "theme")
        for name in ("pages", "images"):  # the guides show images
            if (self.house / "content" / name).is_dir():
                shutil.copytree(self.house / "content" / name, self.folder / "content" / name)
        shutil.copy(self.house / "pelicanconf.py", self.folder)
        self.write(".gitignore", "/output/\n/.divan/\n")
        self._git("init", "-q")
        self._commit()

    def add_reply(self, case: Case, reply: Post) -> None:
        corpus.write_posts(self.folder, [reply])
        self._commit()

    def command(self, changed: Case | None) -> list[str]:
        return [sys.executable, "-m", "divan.site.build"]

    def _commit(self) -> None:
        self._git("add", "-A")
        self._git("-c", "user.name=Essai", "-c", "user.email=essai@exemple.example", "commit", "-q", "-m", "essai")

    def _git(self, *words: str) -> None:
        subprocess.run(["git", "-c", "gc.auto=0", *words], cwd=self.folder, check=True)
