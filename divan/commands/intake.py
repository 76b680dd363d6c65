"""``divan intake``: what came by hand or by mail becomes a branch with one commit, and the work tree does not move."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from divan.commands.arguments import Words
from divan.forum.proposal.files import problems_of
from divan.forum.received import Received, received_in
from divan.sources.problem import Problem, ProblemsFound, stop_if

_FORUM = {"GIT_COMMITTER_NAME": "Divan", "GIT_COMMITTER_EMAIL": "divan@users.invalid"}


def run_intake(words: Words) -> int:
    """Read it all, check it all, then commit; nothing is written when something is wrong."""
    received = received_in(words.place)
    files = {one.path: one.text.encode() for one in received}
    stop_if(problems_of(words.root, files))
    branch = f"proposition/{Path(received[0].path).stem}"
    commit(words.root, branch, files, received)
    for one in received:
        cut = f", {one.cut} ligne(s) de courriel laissée(s) de côté (signature, message cité)" if one.cut else ""
        print(f"{one.source} : {one.path}{cut}")
    print(f"Branche « {branch} », un commit. À relire, puis : git push origin {branch}")
    return 0


def commit(root: Path, branch: str, files: dict[str, bytes], received: Sequence[Received]) -> None:
    """A branch from the present commit, with these files; ProblemsFound when it exists already."""
    author = next(
        (line[8:].strip() for line in received[0].text.splitlines() if line.startswith("author: ")), "anonyme"
    )
    identity = {"GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": "auteur@users.invalid"}
    with tempfile.TemporaryDirectory() as folder:
        place = {**os.environ, **_FORUM, **identity, "GIT_INDEX_FILE": f"{folder}/index"}

        def git(*arguments: str, given: bytes | None = None) -> str:
            done = subprocess.run(["git", *arguments], cwd=root, env=place, input=given, capture_output=True)
            if done.returncode:
                message = f"git n'a pas pu faire la branche « {branch} »"
                remedy = "vérifiez que ce dossier est un dépôt, et qu'aucune branche ne porte déjà ce nom"
                raise ProblemsFound([Problem(str(root), None, message, remedy)])
            return done.stdout.decode().strip()

        git("read-tree", "HEAD")
        for path, content in files.items():
            blob = git("hash-object", "-w", "--stdin", given=content)
            git("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}")
        said = "Reçu : " + ", ".join(Path(path).stem for path in files)
        made = git("commit-tree", git("write-tree"), "-p", "HEAD", "-m", said)
        git("update-ref", f"refs/heads/{branch}", made, "0" * 40)
