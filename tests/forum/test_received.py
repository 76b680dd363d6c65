"""What came by mail or as a file becomes a branch with one commit; a signature and a quoted mail stay out of it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from divan.__main__ import main
from divan.forum.received import received_in
from divan.sources.problem import ProblemsFound
from tests.places import GROUP

THREAD, REPLY = "2026-03-14-k7f2", "2026-03-15-c4tq"
PLACE = f"content/replies/{THREAD}/{REPLY}.md"
POST = "---\ndate: 2026-03-15 08:05\nauthor: mésange\n---\n\n> « Que faire ? »\n\nAttendre, sans antibiotique.\n"
CASE = """---
title: Une toux
date: 2026-03-14 18:20
author: bergeronnette
hashtags: [toux]
specialty: pneumologie
status: open
---

## Question

Que faire ?

## Contexte

La trentaine.

## Constatations

Rien.
"""
SIGNED = f"""Bonjour,

{POST}
Le 14/03/2026 à 10:00, Ada Lambertine <ada@example.org> a écrit :
> Pensez à répondre, 06 39 98 11 22
--\x20
Dr Ada Lambertine
"""


def mail(body: str, subject: str = f"Proposition : {PLACE}") -> str:
    head = f"From: ada@example.org\nTo: moderation@example.org\nSubject: {subject}\nMIME-Version: 1.0\n"
    return f"{head}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "forum"
    for path, text in {
        f"content/cases/2026/{THREAD}.md": CASE,
        "content/hashtags.yaml": "- name: toux\n",
        "content/forum.yaml": (GROUP / "content/forum.yaml").read_text(encoding="utf-8"),
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    for words in ("init -q -b main", "add -A", "-c user.name=x -c user.email=x@invalid commit -qm Début"):
        subprocess.run(["git", *words.split()], cwd=root, check=True)
    return root


def git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True).stdout


def test_a_mail_becomes_a_branch_with_one_commit_and_nothing_of_the_sender(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "courriel.eml").write_text(mail(SIGNED), encoding="utf-8")
    assert main(["--root", str(repository), "intake", str(tmp_path / "courriel.eml")]) == 0
    assert "laissée(s) de côté" in capsys.readouterr().out
    branch = f"proposition/{REPLY}"
    assert git(repository, "show", f"{branch}:{PLACE}") == POST
    assert git(repository, "log", "--format=%an <%ae>", f"main..{branch}").splitlines() == [
        "mésange <auteur@users.invalid>"
    ]
    assert "ambertine" not in git(repository, "log", "-p", f"main..{branch}")
    assert git(repository, "status", "--porcelain") == ""


def test_a_mailbox_a_folder_and_a_file_are_read_alike(tmp_path: Path) -> None:
    for name, text in {
        "boite.mbox": f"From ada Sat Mar 14 10:00:00 2026\n{mail(SIGNED)}\n",
        "seul.eml": mail(SIGNED),
        f"{THREAD}.md": CASE,
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = {(one.path, one.text) for one in received_in(tmp_path)}
    assert found == {(PLACE, POST), (f"content/cases/2026/{THREAD}.md", CASE)}


@pytest.mark.parametrize(
    "subject", ["Une réponse", "Proposition : content/replies/../../etc.md", "../content/pages/x.md"]
)
def test_what_does_not_say_its_place_is_a_problem(tmp_path: Path, subject: str) -> None:
    (tmp_path / "courriel.eml").write_text(mail(SIGNED, subject), encoding="utf-8")
    with pytest.raises(ProblemsFound, match="où ce message se range"):
        received_in(tmp_path / "courriel.eml")


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"Bonjour", b"From x\n\nrien", b"Content-Type: multipart/mixed\n\n--"]
)
def test_anything_else_is_said_never_a_traceback(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "courriel").write_bytes(content)
    with pytest.raises(ProblemsFound):
        received_in(tmp_path / "courriel")


@pytest.mark.parametrize(
    ("text", "folder"),
    [("name: Ada\nconsent: 2026-03-01\n", "members"), ("name: Souffle\nkind: etp\n", "services")],
)
def test_an_entry_that_no_subject_places_goes_by_what_it_holds(tmp_path: Path, text: str, folder: str) -> None:
    (tmp_path / "une-fiche.yaml").write_text(text, encoding="utf-8")
    assert [one.path for one in received_in(tmp_path / "une-fiche.yaml")] == [f"content/{folder}/une-fiche.yaml"]


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="ce fichier ne se laisse pas lire"):
        received_in(tmp_path / "absent.eml")


def test_what_the_check_refuses_makes_no_branch(repository: Path, tmp_path: Path) -> None:
    slip = POST.replace("Attendre", "Appelez le 06 39 98 11 22")
    (tmp_path / "courriel.eml").write_text(mail(slip), encoding="utf-8")
    assert main(["--root", str(repository), "intake", str(tmp_path / "courriel.eml")]) == 1
    assert git(repository, "branch", "--format=%(refname:short)").split() == ["main"]
