"""Git as the desk calls it: in the folder that is said, whatever the machine says, and never for ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from divan.desk.git import GitTrouble, git
from tests.proposals.sending import small_forum


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_forum(tmp_path)[0]


@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"])
def test_where_git_works_is_never_taken_from_the_machine(
    name: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, str(tmp_path / "nowhere"))
    assert git(root, "rev-parse", "--show-toplevel").strip() == str(root)
    assert "content/forum.yaml" in git(root, "ls-files", "content").splitlines()


def test_what_git_says_and_what_it_is_given(root: Path) -> None:
    assert git(root, "hash-object", "--stdin", given=b"hello\n").strip() == "ce013625030ba8dba906f756967f9e9ca394464a"
    assert git(root, "var", "GIT_AUTHOR_IDENT", more={"GIT_AUTHOR_NAME": "merle", "GIT_AUTHOR_EMAIL": "m@a.example"}
               ).startswith("merle <m@a.example>")  # fmt: skip


def test_what_fails_or_lasts_is_trouble(root: Path) -> None:
    with pytest.raises(GitTrouble):
        git(root, "rev-parse", "--verify", "-q", "refs/heads/nowhere")
    with pytest.raises(GitTrouble):
        git(root, "-c", "alias.wait=!sleep 30", "wait", longest=0.2)
