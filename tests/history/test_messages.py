"""A commit's message is published with it: what it says of someone is told before it is pushed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from divan.commands.runs import main


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A small repository with one commit, whose message nobody asks about."""
    _git(tmp_path, "init", "-q", "-b", "main")
    _commit(tmp_path, "content/pages/a.md", "Merci à Mme Lefèvre")
    return tmp_path


def _git(root: Path, *words: str) -> None:
    who = ["-c", "user.name=Jean Martin", "-c", "user.email=jean@cabinet.example"]
    subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True)


def _commit(root: Path, path: str, message: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(f"Title: {len(message)}\n\nBonjour.\n", encoding="utf-8")
    _git(root, "add", path)
    _git(root, "commit", "-q", "-m", message)


def _check(root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    main(["--root", str(root), "check", str(root / "content/pages"), "--commits", "HEAD~1"])
    return "".join(capsys.readouterr())


def test_whom_a_message_names_is_told_and_hardly_quoted(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _commit(repository, "content/pages/b.md", "Ajoute une réponse\n\nvue avec Mme Durand, 06 39 98 12 34")
    said = _check(repository, capsys)
    assert (
        "commit " in said
        and "un titre suivi d'un nom" in said
        and "un numéro de téléphone" in said
        and "git commit --amend" in said
    )
    assert "Durand" not in said and "Lefèvre" not in said  # not hers, before it


def test_who_signed_is_git_s_own_word(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    message = "Ajoute une réponse\n\nSigned-off-by: Jean Martin <jean@cabinet.example>"
    _commit(repository, "content/pages/b.md", message)
    assert "commit " not in _check(repository, capsys)


def test_a_commit_that_is_not_there_is_said(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(repository), "check", str(repository / "content"), "--commits", "nulle-part"]) == 1
    assert "git log" in "".join(capsys.readouterr())
