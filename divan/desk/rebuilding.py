"""The site, built again from what the remote has just acknowledged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from divan.desk.git import GitTrouble, git
from divan.desk.repository import Repository

_LONGEST = 600


def rebuild(root: Path, repository: Repository) -> bool:
    """Bring the group's own repository up to date and build; False when it has to be done by hand, which is said."""
    try:
        if Path(repository.remote).resolve() != root.resolve():
            git(root, "fetch", "-q", repository.remote, repository.branch)
            git(root, "merge", "-q", "--ff-only", "FETCH_HEAD")
    except GitTrouble:
        print("Publié, mais ce dépôt a des changements à lui : « git pull » puis « divan build ».", file=sys.stderr)
        return False
    words = [sys.executable, "-m", "divan", "--root", str(root), "build"]
    try:
        done = subprocess.run(words, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=_LONGEST)
    except subprocess.TimeoutExpired:
        return False
    if done.returncode:
        print("Publié, mais le site ne se construit pas : lancez « divan build » pour voir pourquoi.", file=sys.stderr)
    return done.returncode == 0
