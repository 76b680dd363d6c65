"""What a check found, on the lines of a proposal, whatever forge shows it."""

import json
import subprocess
from pathlib import Path

import pytest

from divan.commands.annotations import FORMATS, MOST_IN_SUMMARY
from divan.commands.runs import main
from divan.sources.problem import Problem
from tests import small_forum as forum

FOUND = [
    Problem("content/a, b:c.md", 3, "100 % faux\nsur deux lignes", "corrigez"),
    Problem("content/d.md", None, "vide"),
]
NOTICES = [Problem("content/e.md", 1, "à voir")]


def test_github_reads_one_command_a_line_with_its_own_escapes() -> None:
    assert FORMATS["github"](FOUND, NOTICES).splitlines() == [
        "::error file=content/a%2C b%3Ac.md,line=3::100 %25 faux%0Asur deux lignes ; corrigez",
        "::error file=content/d.md::vide",
        "::notice file=content/e.md,line=1::à voir",
    ]


def test_gitlab_reads_a_code_quality_report_whose_fingerprints_differ() -> None:
    report = json.loads(FORMATS["gitlab"]([*FOUND, FOUND[0]], NOTICES))
    assert [(one["location"]["path"], one["location"]["lines"]["begin"], one["severity"]) for one in report] == [
        ("content/a, b:c.md", 3, "major"), ("content/d.md", 1, "major"), ("content/a, b:c.md", 3, "major"),
        ("content/e.md", 1, "info"),
    ]  # fmt: skip
    assert len({one["fingerprint"] for one in report}) == 4


def test_a_summary_names_each_place_and_lets_no_word_be_markup() -> None:
    told = FORMATS["markdown"]([Problem("content/a.md", 3, "<img> et [lien](x)", "corrigez")], NOTICES)
    assert told.splitlines()[:3] == ["### À corriger", "", "- `content/a.md:3` \\<img\\> et \\[lien\\](x) ; corrigez"]
    assert "### À regarder" in told and FORMATS["markdown"]([], []) == "Rien à corriger.\n"


def test_a_summary_stays_short_enough_for_a_forge() -> None:
    told = FORMATS["markdown"]([Problem(f"content/{n}.md", None, "vide") for n in range(1000)], [])
    assert told.count("vide") == MOST_IN_SUMMARY and "800 de plus" in told


def test_a_form_goes_to_its_file_and_the_screen_keeps_the_plain_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = forum.make_forum(tmp_path / "forum", git=False)
    forum.topic(root, "2026-05-01-dddd", text="Appelez le 06 39 98 12 34.")
    both = ["--format", f"gitlab:{tmp_path}/report.json", "--format", f"markdown:{tmp_path}/summary.md"]
    assert main(["--root", str(root), "check", *both, str(root / "content/topics")]) == 1
    assert "1 problème à corriger" in capsys.readouterr().err
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))[0]["severity"] == "major"
    assert "À corriger" in (tmp_path / "summary.md").read_text("utf-8")


@pytest.mark.parametrize("form", ["github", "gitlab", "json"])
def test_the_command_says_the_same_faults_in_each_form(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = forum.make_forum(tmp_path / "forum", git=False)
    forum.topic(root, "2026-05-01-dddd", text="Appelez le 06 39 98 12 34.")
    assert main(["--root", str(root), "check", "--format", form, str(root / "content/topics")]) == 1
    told = capsys.readouterr().out
    assert "2026-05-01-dddd.md" in told and "06 39 98 12 34" not in told
    if form != "github":
        assert json.loads(told)


def test_what_is_put_online_holds_no_repository_and_no_note_of_the_build(tmp_path: Path) -> None:
    for name in (".git/HEAD", ".divan/output/state", ".divan-pages", ".well-known/security.txt", "cas/index.html"):
        forum.write(tmp_path, f"output/{name}", "x")
    for _ in range(2):  # une nuit sans changement refait la même chose
        subprocess.run([str(forum.HOUSE / ".ci/site-seul"), "site"], cwd=tmp_path, check=True)
    assert sorted(forum.site_of(tmp_path, "site")) == [".well-known/security.txt", "cas/index.html"]
