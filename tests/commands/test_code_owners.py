"""Each forge asks those who keep the code to read whatever runs, and nobody more for content."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable

import pytest

from tests.places import HOUSE

SAYS = re.compile(r"\.md$|^LICENSE$")  # ce qui ne fait que dire, à la racine


def rules(forge: str) -> list[str]:
    lines = (HOUSE / forge / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    return [line.split()[0] for line in lines if line and not line.startswith("#")]


def by_place(rule: str) -> Callable[[str], bool]:
    """GitHub and GitLab: a path from the root, a folder when it ends with a slash."""
    return lambda path: path.startswith(rule[1:]) if rule.endswith("/") else path == rule[1:]


def by_expression(rule: str) -> Callable[[str], bool]:
    """Forgejo: a regular expression for the whole path."""
    return lambda path: re.fullmatch(rule, path) is not None


@pytest.mark.parametrize(
    ("forge", "reads"), [(".github", by_place), (".gitlab", by_place), (".forgejo", by_expression)]
)
def test_what_runs_has_owners_and_content_has_none(forge: str, reads: Callable[[str], Callable[[str], bool]]) -> None:
    told = subprocess.run(["git", "ls-files", "-z"], cwd=HOUSE, capture_output=True, check=True).stdout.decode()
    owned = [reads(rule) for rule in rules(forge)]
    for path in told.split("\0")[:-1]:
        if path.startswith("content/"):
            assert not any(one(path) for one in owned), path
        elif "/" in path or not SAYS.search(path):
            assert any(one(path) for one in owned), path
