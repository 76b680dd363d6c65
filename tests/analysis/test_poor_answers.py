"""Nobody, one person, all alike, one group, one wave, silence: a page each time, a reason for no figure."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.report.building import build_report
from tests.analysis.cross_sections import answers, write_study
from tests.analysis.test_sensitivity import AROUND

Rows = list[dict[str, str]]
POOR: dict[str, Callable[[Rows], Rows]] = {
    "nobody": lambda rows: [],
    "one person": lambda rows: rows[:1],
    "two people": lambda rows: rows[:2],
    "all alike": lambda rows: [row | {"sex": "man", "age": "40", "calm": "3", "heard": "3"} for row in rows],
    "one sex": lambda rows: [row | {"sex": "woman"} for row in rows],
    "no score": lambda rows: [row | {"calm": ""} for row in rows],
    "only silence": lambda rows: [row | dict.fromkeys(("sex", "age", "calm", "heard"), "") for row in rows],
    "no age": lambda rows: [row | {"age": ""} for row in rows],
    "one score a wave": lambda rows: [row | {"calm": "" if place else "4"} for place, row in enumerate(rows)],
    "two values apart": lambda rows: [
        row | {"calm": "1" if "2022" in row["date"] else "5", "heard": "1" if "2022" in row["date"] else "5"}
        for row in rows
    ],
}


def rewrite(folder: Path, wave: str, poor: Callable[[Rows], Rows]) -> None:
    rows = answers(wave)
    with (folder / "responses" / f"{wave}.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(poor(rows))


@pytest.mark.parametrize("kind", POOR)
def test_poor_answers_give_a_page_and_no_figure_out_of_nothing(tmp_path, kind):
    folder = write_study(tmp_path, AROUND)
    for wave in ("y2022", "y2024"):
        rewrite(folder, wave, POOR[kind])
    build_report(tmp_path, "barometre")
    text = (tmp_path / "content/results/barometre/report.json").read_text(encoding="utf-8")
    report = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} in report.json"))
    for test in report["tests"]:
        assert test["p_value"] is not None or test["detail"]["undefined"], test


def test_a_score_that_nobody_has_is_not_said_to_be_hidden(tmp_path):
    folder = write_study(tmp_path, AROUND)
    for wave in ("y2022", "y2024"):
        rewrite(folder, wave, POOR["no score"])
    build_report(tmp_path, "barometre")
    page = (tmp_path / "content/results/barometre/index.md").read_text(encoding="utf-8")
    assert "au moins deux scores dans chacun des deux groupes" in page
    assert "petits effectifs" not in page


def test_a_wave_that_nobody_answered_leaves_the_other_alone(tmp_path):
    folder = write_study(tmp_path, AROUND)
    rewrite(folder, "y2024", POOR["nobody"])
    build_report(tmp_path, "barometre")
    page = (tmp_path / "content/results/barometre/index.md").read_text(encoding="utf-8")
    assert "40 personnes" in page.replace("\u00a0", " ")
