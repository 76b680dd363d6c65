"""Without a server, answers come as files that anyone could have written: each is checked as the collector would."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from divan.sources.problem import ProblemsFound
from surveys.importing import import_wave
from surveys.responses import read_responses
from surveys.study import load_study


def leave(folder: Path, name: str, **changes: Any) -> None:
    answer = {
        "divan": 1, "study": "essai", "wave": "before", "digest": "", "submission": name, "date": "2026-01-12",
        "answers": {"code": ["0042"], "mood": ["7"], "town": ["niort"]}, **changes,
    }  # fmt: skip
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(answer), encoding="utf-8")


def test_each_file_is_a_row_and_one_sent_twice_counts_once(site: Path, tmp_path: Path) -> None:
    leave(tmp_path / "in", "a")
    leave(tmp_path / "in", "a-again", submission="a")
    leave(tmp_path / "in", "b", answers={"code": ["0043"]})
    report = import_wave(site, "essai", "before", tmp_path / "in")
    rows = read_responses(load_study(site / "surveys" / "essai"), "before").rows
    assert [" ".join(row.values()) for row in rows] == [
        "before-0001 2026-01-12 0042 7 niort",
        "before-0002 2026-01-12 0043  ",
    ]
    assert "1 fichier(s) envoyé(s) deux fois" in str(report)


def test_what_is_left_aside_is_said_by_name_or_number(site: Path, tmp_path: Path) -> None:
    leave(tmp_path / "in", "a")
    leave(tmp_path / "in", "b", submission="a", answers={"code": ["0042"], "mood": ["3"]})
    (tmp_path / "in" / "reponse.json.txt").write_text("{}", encoding="utf-8")
    report = str(import_wave(site, "essai", "before", tmp_path / "in"))
    assert "b.json : même envoi que a.json, avec d'autres réponses" in report
    assert "1 fichier(s) ou dossier(s) sans « .json »" in report


def test_a_folder_without_answers_is_refused_as_such(site: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(ProblemsFound, match="ce dossier n'a pas de fichier de réponse"):
        import_wave(site, "essai", "before", tmp_path / "in")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"study": "autre"}, "d'une autre étude"),
        ({"wave": "after"}, "d'une autre vague"),
        ({"answers": {"other": ["x"]}}, "ne pose pas"),
        ({"answers": {"mood": ["99"]}}, "question « mood »"),
        ({"answers": {"town": ["paris"]}}, "question « town »"),
        ({"answers": {"code": "0042"}}, "n'a pas la forme d'une réponse"),
        ({"answers": None}, "n'a pas la forme d'une réponse"),
        ({"submission": 3}, "n'est pas une réponse"),
        ({"date": "hier"}, "horodatage"),
    ],
)
def test_a_file_that_is_no_answer_of_this_wave_is_said_by_name(
    site: Path, tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    leave(tmp_path / "in", "bad", **changes)
    with pytest.raises(ProblemsFound, match=said):
        import_wave(site, "essai", "before", tmp_path / "in")


@pytest.mark.parametrize("content", [b"", b"[" * 100_000, b"\xff\xfe", b"[]", b"{}", b"0" * 300_000])
def test_no_file_breaks_the_import(site: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad.json").write_bytes(content)
    with pytest.raises(ProblemsFound, match=r"bad\.json"):
        import_wave(site, "essai", "before", tmp_path / "in")
