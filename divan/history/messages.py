"""The messages of a contribution's commits: they are published with the repository, and are not easily taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from divan.history.past import git
from divan.privacy.detect import find_identifiers
from divan.privacy.rules import case_rules
from divan.sources.problem import FaultKind, Problem

_FAULT = FaultKind("I02")

_TRAILER = re.compile(r"^[A-Z][a-z]+(?:-[a-z]+)+: .*$", re.MULTILINE)  # git's own word on who wrote and who signed
_OF_CONTENT = ("content", "surveys")


def message_problems(root: Path, since: str) -> Iterator[Problem]:
    """Whom the messages of the commits after ``since`` may name, of those that touch what people wrote."""
    told = git(root, "log", "--format=%h%x00%B%x01", f"{since}..HEAD", "--", *_OF_CONTENT)
    for entry in told.decode("utf-8", "replace").split("\x01"):
        commit, _, message = entry.strip("\n").partition("\0")
        for finding in find_identifiers(_TRAILER.sub("", message), case_rules()):
            yield _FAULT(f"commit {commit}", finding.line, f"{finding.rule.says} : « {finding.masked} »",
                          "récrivez ce message avant de pousser : git commit --amend, ou git rebase -i")  # fmt: skip
