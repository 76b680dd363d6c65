"""The command as people meet it: wrong words are told in French, with the word that was meant, never a traceback."""

import shutil
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from tests.places import GROUP


def divan(*words: str, cwd: Path = GROUP) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "divan", *words], cwd=cwd, capture_output=True, text=True, timeout=120)


def test_the_help_names_every_command_in_french() -> None:
    shown = divan("--help").stdout
    for name in ("new", "check", "build", "serve", "import", "report", "collect", "export", "erase", "admit", "remind"):
        assert f"\n    {name} " in shown
    assert "usage :" in shown
    assert "show this help" not in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chek"], "vouliez-vous « check » ?"),
        (["new", "cas"], "vouliez-vous « case » ?"),
        (["new"], "il manque : GENRE"),
        (["serve", "--port", "x"], "--port attend un nombre entier"),
        (["collect", "--port", "99999"], "--port attend un nombre entier de 0 à 65535"),
        (["collect", "--rate", "-1"], "--rate attend"),
        (["report", "--vite"], "inconnu ici : --vite"),
        (["power", "pilote"], "il manque : --sd"),
        (["power", "pilote", "--sd", "0"], "--sd attend un nombre entre 0 et 1e+09"),
        (["power", "pilote", "--sd", "2", "--power", "1,2"], "--power attend un nombre entre 0 et 1"),
        ([], "il manque : COMMANDE"),
    ],
)
def test_wrong_words_are_told_with_status_2(words: list[str], said: str) -> None:
    ended = divan(*words)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["report", "pilot"], "vouliez-vous « pilote » ?"),
        (["power", "pilot", "--sd", "2"], "vouliez-vous « pilote » ?"),
        (["import", "pilote", "avant", "x.csv"], "before"),
        (["import", "pilote", "before", "absent.csv"], "absent.csv"),
        (["export", "pilote", "jamais"], "vagues connues : before, after"),
        (["export", "pilote", "befor"], "vouliez-vous « before » ?"),
        (["export", "pilote", "before", "--output", "content"], "c'est un dossier"),
        (["export", "pilote", "before", "--database", "ailleurs"], "cette adresse ne se lit pas"),
        (["export", "pilote", "before", "--database", "mysql://x/y"], "pas dans « mysql »"),
        (["export", "pilote", "before", "--database", "sqlite:///nulle-part.sqlite"], "n'existe pas"),
        (["collect", "--database", "sqlite://"], "elle oublierait tout"),
        (["collect", "--database", "sqlite:////nowhere/x.sqlite"], "ne s'ouvre pas"),
        (["collect", "--host", "203.0.113.1"], "rien ne peut écouter"),
        (["erase", "ABCD-EFGH-IJKL", "--database", "postgresql://divan@127.0.0.1:1/none"], "ne s'ouvre pas"),
        (["admit", "pilote", "jamais", "jamais-c0001"], "vagues connues : before, after"),
        (["members", "verify", "--register", "absent.txt"], "n'existe pas"),
        (["erase", "ABCD"], "un reçu a la forme ABCD-EFGH-JKLM"),
        (["new", "reply", "2026-01-01-zzzz"], "2026-01-01-zzzz"),
        (["check", "content/cases/absent.md"], "absent.md"),
        (["remind", "pilote", "jamais"], "before"),
        (["check", "README.md"], "hors de content/ et de surveys/"),
        (["new", "topic", "--area", "amin"], "admin, relation"),
    ],
)
def test_what_is_not_there_is_told_with_status_1(words: list[str], said: str) -> None:
    ended = divan(*words)
    assert ended.returncode == 1, ended.stderr
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_new_case_passes_the_check_or_says_what_remains_to_be_written(tmp_path: Path) -> None:
    shutil.copytree(GROUP / "content", tmp_path / "content")
    for kind in ("case", "topic", "member", "service"):
        ended = divan("new", kind, cwd=tmp_path)
        assert ended.returncode == 0, ended.stderr
        path = ended.stdout.split(" :")[0].strip()
        checked = divan("check", path, cwd=tmp_path)
        assert checked.returncode in (0, 1)
        assert all(
            line.startswith(path) for line in checked.stderr.splitlines() if ": " in line and "problème" not in line
        )


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    copytree(GROUP / "content", tmp_path / "content", ignore=lambda *_: ["cases", "images"])
    (tmp_path / "content/cases").write_text("pas un dossier", encoding="utf-8")
    ended = divan("new", "case", cwd=tmp_path)
    assert ended.returncode == 1
    assert str(tmp_path / "content/cases") in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_study_that_fails_does_not_keep_the_others_from_their_report(tmp_path: Path) -> None:
    for study in ("pilote", "faux", "faux-aussi"):
        shutil.copytree(GROUP / "surveys/pilote", tmp_path / "surveys" / study)
    for broken in ("faux", "faux-aussi"):
        (tmp_path / "surveys" / broken / "plan.yaml").write_text("a: [", encoding="utf-8")
    done = divan("--root", str(tmp_path), "report")
    assert done.returncode == 1
    assert "2 problèmes à corriger" in done.stderr
    assert (tmp_path / "content/results/pilote/report.json").is_file()
