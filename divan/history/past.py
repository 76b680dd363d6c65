"""Git asked about a repository, without a shell."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from divan.sources.problem import Problem, ProblemsFound


def git(root: Path, *words: str, given: bytes | None = None) -> bytes:
    """What git answers; raises ProblemsFound when it refuses."""
    done = subprocess.run(["git", *words], cwd=root, input=given, capture_output=True, check=False)
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        why = told[-1] if told else "sans un mot"
        raise ProblemsFound([Problem("git", None, f"« git {words[0]} » a échoué ({why})",
                                     "lancez la commande dans un dépôt complet")])  # fmt: skip
    return done.stdout


def objects(root: Path) -> Iterator[tuple[str, str, bytes]]:
    """Every object of the repository, reachable or not, packed or not: id, type, content."""
    told = subprocess.Popen(["git", "cat-file", "--batch-all-objects", "--unordered", "--batch"], cwd=root,
                            stdout=subprocess.PIPE)  # fmt: skip
    with told:
        stream = told.stdout
        assert stream  # noqa: S101 - demandé ci-dessus
        while line := stream.readline():
            name, kind, size = line.decode().split()
            content = stream.read(int(size))
            stream.read(1)
            yield name, kind, content


def past_paths(root: Path) -> list[str]:
    """Every path that any commit ever held, sorted."""
    told = git(root, "log", "--all", "--no-renames", "--diff-merges=separate", "--name-only", "-z", "--format=")
    return sorted({path.decode("utf-8", "surrogateescape").strip("\n") for path in told.split(b"\0") if path.strip()})


def past_blobs(root: Path, paths: list[str]) -> dict[str, bytes]:
    """Each content that these paths ever had, by its id."""
    listed = git(root, "rev-list", "--all", "--objects", "--", *paths).decode("utf-8", "surrogateescape").splitlines()
    wanted = set(paths)
    names = {line[:40] for line in listed if line[41:] in wanted}
    return {name: git(root, "cat-file", "blob", name) for name in sorted(names)}
