"""« divan tokens » hands out codes that the collector takes, for a mail merge or a printer, and keeps no list."""

from __future__ import annotations

import csv
import io
import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from divan.collector.identity import load_key
from divan.commands.runs import main
from divan.tokens.invitation_code import read_code
from surveys.check import check_studies
from tests.places import GROUP

STUDY = "surveys/pilote/study.yaml"


@pytest.fixture
def group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DIVAN_COLLECTOR_KEY", raising=False)
    root = tmp_path / "group"
    shutil.copytree(GROUP, root)
    text = (root / STUDY).read_text(encoding="utf-8").replace("2023-0", "2099-0")
    (root / STUDY).write_text(f"admission: tokens\n{text}", encoding="utf-8")
    settings = root / "pelicanconf.py"
    settings.write_text(
        settings.read_text(encoding="utf-8") + '\nSITEURL = "https://divan.example"\n', encoding="utf-8"
    )
    return root


def tokens(root: Path, *words: str) -> int:
    return main(["--root", str(root), "tokens", "pilote", "before", *words])


def merged(root: Path, number: int = 1) -> list[dict[str, str]]:
    text = (root / f".divan/tokens/pilote/before-{number}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_each_code_of_the_list_is_one_that_the_collector_takes(group: Path) -> None:
    assert tokens(group, "5") == 0
    rows = merged(group)
    key = load_key(group / ".divan/collector")
    kept = {row[0] for row in sqlite3.connect(group / ".divan/collector/answers.sqlite").execute(
        "SELECT code FROM handed_codes")}  # fmt: skip
    assert kept == {key.invitation("pilote", "before", row["code"]) for row in rows}
    assert all(read_code(row["code"]) == row["code"] for row in rows)
    assert all(row["link"] == f"https://divan.example/enquetes/pilote/before/#{row['code']}" for row in rows)
    slips = (group / ".divan/tokens/pilote/before-1.html").read_text(encoding="utf-8")
    assert re.findall(r"<strong>(.*?)</strong>", slips) == [row["code"] for row in rows]
    assert slips.count("<svg") == 5
    assert "http" not in slips.replace("https://divan.example/", "").replace("http://www.w3.org/2000/svg", "")


def test_the_columns_of_the_members_come_back_with_a_code_each_and_nothing_of_them_is_kept(group: Path) -> None:
    (group / "membres.csv").write_text("nom;courriel\nAnne Aulne;anne@divan.example\nZoé Zinc;zoe@divan.example\n")
    assert tokens(group, "--members", str(group / "membres.csv")) == 0
    assert [(row["nom"], row["courriel"]) for row in merged(group)] == [
        ("Anne Aulne", "anne@divan.example"), ("Zoé Zinc", "zoe@divan.example"),
    ]  # fmt: skip
    assert not (group / ".divan/tokens/pilote/before-1.html").exists()  # no slip, which a list of names would undo
    assert b"Aulne" not in (group / ".divan/collector/answers.sqlite").read_bytes()


def test_more_codes_are_of_the_same_key_and_leave_the_first_files_alone(group: Path) -> None:
    assert tokens(group, "2") == 0
    first, key = merged(group), (group / "surveys/pilote/before.pem").read_text(encoding="ascii")
    assert tokens(group, "3") == 0
    assert (merged(group), len(merged(group, 2))) == (first, 3)
    assert (group / "surveys/pilote/before.pem").read_text(encoding="ascii") == key


def test_the_key_that_signs_and_the_lists_are_read_by_their_owner_alone(group: Path) -> None:
    assert tokens(group, "1") == 0
    for file in (
        ".divan/collector/tokens/pilote/before.key",
        *(f".divan/tokens/pilote/before-1.{end}" for end in ("csv", "html")),
    ):
        assert (group / file).stat().st_mode & 0o077 == 0
    assert "PRIVATE" not in (group / "surveys/pilote/before.pem").read_text(encoding="ascii")


def test_without_a_number_it_says_how_many_have_served(group: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tokens(group, "4") == 0
    capsys.readouterr()
    assert tokens(group) == 0
    assert "Codes donnés : 4 ; ont servi : 0." in capsys.readouterr().out


def test_a_wave_without_its_key_is_told_by_check_until_the_codes_are_made(group: Path) -> None:
    missing = [problem for problem in check_studies(group) if "clé qui vérifie" in problem.message]
    assert [problem.path for problem in missing] == ["surveys/pilote/after.pem", "surveys/pilote/before.pem"]
    assert "divan tokens pilote before 40" in missing[1].remedy
    assert tokens(group, "1") == 0
    assert not [problem for problem in check_studies(group) if "clé" in problem.message]


def test_an_open_study_a_closed_wave_or_two_ways_of_counting_are_told_together(
    group: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(GROUP / STUDY, group / STUDY)
    (group / "membres.csv").write_text("nom\nAnne\n", encoding="utf-8")
    assert tokens(group, "3", "--members", str(group / "membres.csv")) == 1
    told = capsys.readouterr().err
    assert all(words in told for words in ("admission: tokens", "est close depuis", "ne vont pas ensemble"))
    assert not (group / ".divan/tokens").exists()


def test_a_key_of_another_collector_is_not_written_over(group: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tokens(group, "1") == 0
    other = group / "surveys/pilote/before.pem"
    other.write_text("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", encoding="ascii")
    assert tokens(group, "1") == 1
    assert "ce n'est pas la clé" in capsys.readouterr().err
    assert "AAAA" in other.read_text(encoding="ascii")


def test_tokens_that_leave_for_another_service_are_refused(group: Path) -> None:
    with (group / STUDY).open("a", encoding="utf-8") as study:
        study.write("sending: {way: file}\n")
    assert any("des jetons demandent un collecteur" in problem.message for problem in check_studies(group))


def test_a_collector_without_the_key_that_signs_does_not_start(group: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tokens(group, "1") == 0
    (group / ".divan/collector/tokens/pilote/before.key").unlink()
    assert main(["--root", str(group), "collect", "--port", "0"]) == 1
    assert ".divan/collector/tokens/pilote/before.key" in capsys.readouterr().err
