"""What was withdrawn is gone from every object, in the copy, in the repository it was pushed to and in a new clone."""

import subprocess
from pathlib import Path

import pytest

from divan.commands.runs import main
from divan.history.past import objects
from divan.history.purging import purge
from divan.sources.problem import ProblemsFound
from tests import small_forum as forum

THREAD = "2026-04-02-ffff"
CASE = f"content/cases/2026/{THREAD}.md"
SECRET = "Une histoire très reconnaissable du Marais"


def git(root: Path, *words: str) -> str:
    who = ("-c", "user.name=Essai", "-c", "user.email=essai@exemple.example")
    return subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True, text=True).stdout


def holding(root: Path, *words: str) -> list[str]:
    return [name for name, kind, content in objects(root) if any(word.encode() in content for word in words)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A forum pushed to a bare repository, whose case was written in two times, then answered, then withdrawn."""
    made = forum.make_forum(tmp_path / "forum")
    git(tmp_path, "init", "-q", "--bare", "bare.git")
    git(made, "remote", "add", "origin", str(tmp_path / "bare.git"))
    for title in ("Titre qui raconte toute la vie", "Titre moins bavard que l'autre"):
        forum.case(made, THREAD, tags=["hta"], author="busard", title=title, text=SECRET)
        forum.commit(made)
    forum.image(made, "bras.png", width=34)
    shown = (made / CASE).read_text("utf-8") + "\n![un bras](../../images/bras.png)\n"
    (made / CASE).write_text(shown, encoding="utf-8")
    forum.reply(made, THREAD, "2026-04-25-eeee", author="busard", text="Réponse qui en dit autant, hélas.")
    forum.image(made, "dos.png", width=33)
    git(made, "add", "-A")
    git(made, "commit", "-qm", "Cas : Titre moins bavard que l'autre")
    git(made, "push", "-q", "origin", "HEAD:main")
    return made


def test_nothing_is_left_in_the_copy_the_remote_and_a_new_clone(root: Path, tmp_path: Path) -> None:
    picture = (root / "content/images/bras.png").read_bytes()
    secrets = (SECRET, "raconte toute la vie", "moins bavard", "en dit autant")
    assert main(["--root", str(root), "withdraw", THREAD, "--reason", "patient"]) == 0
    forum.commit(root)
    assert len(holding(root, *secrets)) == 5  # trois versions du cas, la réponse, le message d'un commit
    assert main(["--root", str(root), "purge", THREAD]) == 0
    assert holding(root, *secrets) == []
    assert (root / CASE).read_text("utf-8") == "---\ndate: 2026-04-02\nstatus: withdrawn\nreason: patient\n---\n"
    git(root, "push", "-q", "--force", "origin", "HEAD:main")
    git(tmp_path, "clone", "-q", "--no-local", "-b", "main", str(tmp_path / "bare.git"), "again")
    again = tmp_path / "again"
    assert holding(again, *secrets) == []
    assert not [name for name, _, content in objects(again) if content == picture]
    forum.settle(again)
    page = (again / f"output/cas/{THREAD}/index.html").read_text("utf-8")
    assert "Page retirée" in page


def test_what_is_still_published_is_not_forgotten(root: Path) -> None:
    before = git(root, "rev-parse", "HEAD")
    with pytest.raises(ProblemsFound, match="ce qui est encore publié"):
        purge(root, THREAD)
    assert git(root, "rev-parse", "HEAD") == before


def test_work_that_is_in_no_commit_is_not_lost(root: Path) -> None:
    assert main(["--root", str(root), "withdraw", THREAD]) == 0
    with pytest.raises(ProblemsFound, match="pas dans un commit"):
        purge(root, THREAD)


def test_an_unknown_name_rewrites_nothing(root: Path) -> None:
    before = git(root, "rev-parse", "HEAD")
    with pytest.raises(ProblemsFound, match="rien qui porte ce nom"):
        purge(root, "2020-01-01-zzzz")
    assert git(root, "rev-parse", "HEAD") == before


def test_words_that_another_text_still_holds_are_pointed_at_and_never_quoted(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forum.topic(root, "2026-05-01-dddd", text=f"Il écrivait :\n\n> {SECRET} de Question, #hta.")
    main(["--root", str(root), "withdraw", THREAD])
    forum.commit(root)
    assert main(["--root", str(root), "purge", THREAD]) == 1
    told = capsys.readouterr()
    assert "content/topics/2026/2026-05-01-dddd.md" in told.err
    assert "Marais" not in told.out + told.err


def test_an_image_and_an_entry_are_forgotten_too(root: Path) -> None:
    picture = (root / "content/images/dos.png").read_bytes()
    for name in ("dos.png", "m0"):
        assert main(["--root", str(root), "withdraw", name]) == 0
        forum.commit(root)
        assert main(["--root", str(root), "purge", name]) == 0
    assert not [name for name, _, content in objects(root) if content == picture or b"Anne Aulne" in content]
    assert git(root, "remote").split() == ["origin"]


def test_the_pages_that_a_page_of_results_replaced_are_forgotten_and_it_stays(root: Path) -> None:
    leak, page = "Trois retraités de l'île", root / "content/results/aide/index.md"
    kept = root / "surveys/aide/versions/1.md"
    for text in (f"<p>{leak}</p>", "<p>Masqué</p>"):
        page.write_text(f"---\ntitle: Résultats de aide\nsummary: En bref.\n---\n{text}\n", encoding="utf-8")
        forum.seal(root, "aide")
        forum.write(root, "surveys/aide/versions/1.md", f"{leak}\n")
        forum.commit(root)
    kept.unlink()
    forum.commit(root)
    assert holding(root, leak)
    now = page.read_bytes()
    assert main(["--root", str(root), "purge", "https://forum.example/resultats/aide/"]) == 0
    assert holding(root, leak) == []
    assert page.read_bytes() == now and b"Masqu\xc3\xa9" in now
    assert git(root, "status", "--porcelain", "--untracked-files=no") == ""
    assert main(["--root", str(root), "check", str(root / "content/results")]) == 0
