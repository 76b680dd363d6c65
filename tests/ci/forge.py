"""A forge's runner in small: a bare repository, a checkout of it, and the steps of a chain, run by the same shell."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests import small_forum as forum

HOUSE = forum.HOUSE
CHAINS = {"github": ".github/workflows/site.yml", "forgejo": ".forgejo/workflows/site.yml"}
PREPARING = re.compile(r"^apt-get ")


def chain(forge: str) -> dict[str, Any]:
    """The chain of GitHub or of Forgejo, as it is written; YAML reads its « on » as true."""
    read: dict[str, Any] = yaml.safe_load((HOUSE / CHAINS[forge]).read_text("utf-8"))
    return read


def gitlab() -> dict[str, Any]:
    """GitLab's."""
    read: dict[str, Any] = yaml.safe_load((HOUSE / ".gitlab-ci.yml").read_text("utf-8"))
    return read


def shell_of(forge: str, job: str) -> list[tuple[str, str]]:
    """Name and shell of each step of a job, without those that install a system's packages."""
    steps = chain(forge)["jobs"][job]["steps"]
    found = [(step.get("name") or step.get("id", ""), step["run"]) for step in steps if "run" in step]
    return [(name, run) for name, run in found if not PREPARING.match(run)]


@dataclass(frozen=True)
class Runner:
    """A checkout of ``forge``/group/site.git."""

    forge: Path
    folder: Path

    def run(self, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run one step as a runner does: stop at the first command that fails."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LANG") if name in os.environ}
        env = {**kept, "PYTHONPATH": str(HOUSE), "DIVAN_TODAY": forum.TODAY.isoformat(),
               "GIT_CONFIG_NOSYSTEM": "1", **environment}  # fmt: skip
        words = ["bash", "--noprofile", "--norc", "-e", "-c", script]
        return subprocess.run(words, cwd=self.folder, env=env, capture_output=True, text=True, check=False)

    def git(self, *words: str) -> str:
        """What git says there."""
        return subprocess.run(["git", *words], cwd=self.folder, check=True, capture_output=True, text=True).stdout

    def pages(self) -> list[str]:
        """The files that the branch « pages » of the forge holds."""
        told = subprocess.run(["git", "ls-tree", "-r", "--name-only", "pages"], cwd=self.forge / "group/site.git",
                              check=True, capture_output=True, text=True)  # fmt: skip
        return told.stdout.splitlines()


def make_forge(place: Path) -> Runner:
    """A forge that holds the small forum with the house's chains, and a checkout ready to run their steps."""
    written = forum.make_forum(place / "written", theme=False, git=False)
    shutil.copytree(HOUSE / ".ci", written / ".ci")
    for name in ("Makefile", "requirements.lock"):
        shutil.copy(HOUSE / name, written / name)
    forum.commit(written)
    ignored = (HOUSE / ".gitignore").read_text("utf-8")
    forum.write(written, ".gitignore", ignored)
    forum.commit(written)
    subprocess.run(["git", "branch", "-q", "-M", "main"], cwd=written, check=True)
    bare = place / "forge/group/site.git"
    subprocess.run(["git", "clone", "-q", "--bare", str(written), str(bare)], check=True)
    return Runner(place / "forge", checked_out(bare, place / "checkout"))


def checked_out(bare: Path, folder: Path) -> Path:
    """A checkout with the environment that « make » would have installed: this very one."""
    subprocess.run(["git", "clone", "-q", str(bare), str(folder)], check=True)
    bin_folder = folder / ".venv/bin"
    bin_folder.mkdir(parents=True)
    (bin_folder / "python").symlink_to(sys.executable)
    forum.write(folder, ".venv/bin/divan", f'#!/bin/sh\nexec "{sys.executable}" -m divan "$@"\n')
    (bin_folder / "divan").chmod(0o755)
    (folder / ".venv/.site").touch()
    return folder
