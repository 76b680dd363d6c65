"""What is drawn from a definition: the check, the codebook, the reminder, a poll's counts."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from divan.sources.problem import ProblemsFound
from surveys.check import check_studies
from surveys.codebook import codebook_csv, codebook_json
from surveys.model import Sending, Study
from surveys.poll import render_poll, tallies
from surveys.remind import reminder
from surveys.responses import Responses, write_responses
from surveys.study import load_study
from tests.places import GROUP


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("roster.csv", "0001", "1", "roster.csv:2: un code doit avoir exactement 4 chiffres"),
        ("roster.csv", "code", "code,nom", "roster.csv:1: la liste ne doit avoir que la colonne « code »"),
        ("study.yaml", "roster: roster.csv", "topic: 2026-01-01-aaaa", "le fil « 2026-01-01-aaaa »"),
        ("study.yaml", "title:", "titre:", "la clé « titre » n'existe pas ici"),
    ],
)
def test_a_fault_in_a_study_is_said(site: Path, file: str, before: str, after: str, said: str) -> None:
    path = site / "surveys" / "essai" / file
    path.write_text(path.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    assert any(said in str(problem) for problem in check_studies(site))


def test_a_translation_that_names_what_is_not_asked_is_said(site: Path) -> None:
    path = site / "surveys" / "essai" / "before.en.yaml"
    notice = "notice: {who: us, why: to see, kept: nothing, rights: all}"
    path.write_text(
        f"{notice}\nitems:\n  towm: {{text: Town}}\n  town: {{choices: {{nyort: Niort}}}}\n", encoding="utf-8"
    )
    said = [str(problem) for problem in check_studies(site)]
    assert said == [
        "surveys/essai/before.en.yaml:3: « towm » n'est pas une question de before.yaml ; vouliez-vous « town » ?",
        "surveys/essai/before.en.yaml:4: « nyort » n'est pas une réponse de « town » ; vouliez-vous « niort » ?",
    ]


def test_the_codebook_has_one_row_a_column(pilot: Study) -> None:
    asked = pilot.wave("before").questionnaire
    rows = list(csv.DictReader(io.StringIO(codebook_csv(asked))))
    assert [row["column"] for row in rows] == ["response", "date", *asked.columns]
    by_column = {row["column"]: row for row in rows}
    assert by_column["sex"]["values"] == "man = Un homme | woman = Une femme"
    assert by_column["time"]["shown_if"] == "uses = yes"
    assert json.loads(codebook_json(asked))["sha256"] == asked.digest


def test_a_reminder_names_codes_that_moderators_know_and_no_answer() -> None:
    text = reminder(GROUP, "pilote", "before", date(2023, 6, 1))
    assert "41\u00a0réponses de membres sur 42" in text  # 40 with a usable code, and 0041 that two people gave
    assert "30\u00a0juin\u00a02023" in text
    assert "0007" not in text.partition("---")[2]  # has answered
    assert "0042" in text.partition("---")[2]


def test_a_reminder_with_phrase_codes_goes_to_all_until_all_have_answered(tmp_path: Path) -> None:
    copytree(GROUP / "surveys" / "accueil", tmp_path / "surveys" / "accueil")
    study, day = load_study(tmp_path / "surveys" / "accueil"), date(2026, 11, 22)
    row = dict.fromkeys(study.waves[0].questionnaire.columns, "") | {"response": "before-0001", "date": "2026-11-20"}
    write_responses(study, Responses(study.waves[0], (row | {"code": "abcdefgh"},)))
    roster = tmp_path / "surveys/accueil/roster.csv"
    roster.write_text("code\nabcdefgh\n", encoding="utf-8")
    assert "personne à relancer" in reminder(tmp_path, "accueil", "before", day)
    roster.write_text("code\nabcdefgh\nzzzz2222\n", encoding="utf-8")
    said = reminder(tmp_path, "accueil", "before", day)
    assert "à tout le groupe" in said
    assert "zzzz2222" not in said


def test_no_reminder_outside_the_window() -> None:
    with pytest.raises(ProblemsFound, match=r"du 26.mars.2023 au 30.juin.2023"):
        reminder(GROUP, "pilote", "before", date(2023, 7, 1))


@pytest.fixture
def poll() -> Study:
    return load_study(GROUP / "surveys" / "sondage")


def received(study: Study, **counts: int) -> Responses:
    rows = [
        {"response": f"sondage-{n}", "date": "2026-11-02", "cases": choice}
        for choice, times in counts.items()
        for n in range(times)
    ]
    return Responses(study.waves[0], tuple(rows))


def test_a_poll_counts_each_answer_and_hides_the_small_ones(poll: Study) -> None:
    shown = {one.label: one.n for one in tallies(poll.waves[0], received(poll, mind=12, babies=4, work=5))}
    assert list(shown.values()) == [12, None, 5, 0]  # 4 is under 5


@pytest.mark.parametrize(("day", "seen"), [("2026-11-22", False), ("2026-12-16", True)])
def test_counts_show_once_the_poll_closes(poll: Study, day: str, seen: bool) -> None:
    answers, when = received(poll, mind=12, work=5), date.fromisoformat(day)
    html = render_poll(poll, answers, sending=Sending("file"), today=when, form_url="../enquetes/sondage/")
    assert ('<td class="num">12</td>' in html) is seen
    assert ('href="../enquetes/' in html) is not seen
    assert ('<td class="num">17</td>' in html) is seen  # nothing is hidden, so the total shows


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_roster_may_come_from_any_spreadsheet(site: Path, encoding: str) -> None:
    (site / "surveys/essai/roster.csv").write_text("code\n0001\n", encoding=encoding)
    assert check_studies(site) == []
