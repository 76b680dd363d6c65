"""What there is and what changed, as git tells it and as the disk does: both give the same answer."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from divan.builder.listing import Answer, Listing, Question, blob_id, under

Git = Callable[..., str]
A, B, STUDY = "content/cases/a.md", "content/cases/b.md", "surveys/aide/study.yaml"
HELLO = "ce013625030ba8dba906f756967f9e9ca394464a"  # git hash-object, of « hello\n »


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with two cases and a study; a file that is no source, one that git is told to ignore."""
    for path in (A, B, STUDY, "README.md"):
        write(tmp_path, path, f"{path}\n")
    write(tmp_path, ".gitignore", "*.tmp\n")
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    return tmp_path


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def git(root: Path, *words: str) -> str:
    who = ["-c", "user.name=Essai", "-c", "user.email=essai@exemple.example"]
    return subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True, text=True).stdout


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "essai")


def seen(root: Path, since: Listing | None = None) -> Answer:
    return Question(root).answer(since or Listing())


def test_a_file_is_known_by_the_id_that_git_gives_it(tmp_path: Path) -> None:
    write(tmp_path, "a", "hello\n")
    os.symlink("hello\n", tmp_path / "link")
    assert (blob_id(tmp_path / "a"), blob_id(tmp_path / "link")) == (HELLO, HELLO)
    assert [blob_id(tmp_path / path) for path in ("b", "a/b", ".")] == [None, None, None]


def test_everything_is_listed_by_path_and_nothing_but_sources(root: Path) -> None:
    write(root, "content/topics/t.md", "t")
    write(root, "content/topics/t.tmp", "ignored")
    (root / B).unlink()
    everything = seen(root).everything
    assert list(everything) == [A, "content/topics/t.md", STUDY]
    assert everything == {path: blob_id(root / path) for path in everything}


def test_without_git_the_disk_says_the_same(tmp_path: Path) -> None:
    write(tmp_path, A, "a")
    write(tmp_path, "content/.hidden/b.md", "b")
    write(tmp_path, "content/.DS_Store", "x")
    answer = Answer(tmp_path, ("content", "surveys"), Listing(), None)
    assert sorted(answer.everything) == ["content/.hidden/b.md", A]
    git(tmp_path, "init", "-q")
    assert [*seen(tmp_path).everything] == ["content/.hidden/b.md", A]


def test_outside_any_repository_nothing_tells_what_changed(tmp_path: Path) -> None:
    write(tmp_path, A, "a")
    answer = seen(tmp_path)
    assert (answer.listing, answer.changed, list(answer.everything)) == (Listing(), None, [A])


def test_before_the_first_commit_everything_lies_on_the_disk(tmp_path: Path) -> None:
    write(tmp_path, A, "a")
    git(tmp_path, "init", "-q")
    answer = seen(tmp_path)
    assert answer.listing == Listing("unborn", {A: blob_id(tmp_path / A)})
    assert answer.changed is None
    assert list(answer.everything) == [A]


def test_nothing_changed_since_oneself(root: Path) -> None:
    assert seen(root, seen(root).listing).changed == {}


def test_what_was_never_seen_cannot_be_compared(root: Path) -> None:
    assert seen(root).changed is None
    assert seen(root, Listing("0" * 40)).changed is None  # a tree that git no longer has, as in a shallow clone


@pytest.mark.parametrize("committed", [True, False])
def test_what_is_changed_added_or_gone_is_told_committed_or_not(root: Path, committed: bool) -> None:
    before = seen(root).listing
    write(root, A, "autre chose")
    (root / B).unlink()
    write(root, "content/cases/é.md", "nouveau")
    write(root, "README.md", "rien d'une source")
    if committed:
        commit(root)
    expected = {A: blob_id(root / A), B: None, "content/cases/é.md": blob_id(root / "content/cases/é.md")}
    assert seen(root, before).changed == expected


def test_what_was_changed_on_disk_and_is_put_back_has_changed_too(root: Path) -> None:
    write(root, A, "autre chose")
    before = seen(root).listing
    git(root, "checkout", "-q", "--", A)
    assert seen(root, before).changed == {A: blob_id(root / A)}


def test_what_was_on_disk_and_is_committed_as_it_was_has_not(root: Path) -> None:
    write(root, A, "autre chose")
    before = seen(root).listing
    commit(root)
    assert seen(root, before).changed == {}


def test_a_forum_in_a_folder_of_a_larger_repository(tmp_path: Path) -> None:
    root = tmp_path / "forum"
    write(root, A, "a")
    write(tmp_path, "content/cases/of-the-other.md", "x")
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    before = seen(root).listing
    write(root, B, "b")
    write(tmp_path, "content/cases/another.md", "x")
    answer = seen(root, before)
    assert answer.changed == {B: blob_id(root / B)}
    assert list(answer.everything) == [A, B]


def test_sources_under_some_folders_are_given_in_order() -> None:
    sources = {"content/z.md": "1", "content/a.md": "2", "surveys/a": "3", "contents": "4"}
    assert list(under(sources, "content/", "surveys/")) == ["content/a.md", "content/z.md", "surveys/a"]
    assert under(sources, "content/a") == {"content/a.md": "2"}
