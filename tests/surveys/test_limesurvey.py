"""LimeSurvey's export: codes or full answers, either separator, what was not shown told from what was left blank."""

from __future__ import annotations

from pathlib import Path

import pytest

from divan.sources.problem import ProblemsFound
from surveys.importing import import_wave
from surveys.responses import read_responses
from surveys.study import load_study

STUDY = """
title: Clôture
about: Essai.
notice: {who: nous, why: pour voir, kept: rien, rights: tous, contact: ici}
waves: [{id: closing, label: Clôture, questionnaire: closing.yaml, opens: "2020-06-01", closes: "2020-07-31"}]
"""
ASKED = """
title: Clôture
version: "1"
sections:
  - id: all
    title: Tout
    items:
      - id: wrote
        type: single
        text: Avez-vous écrit ?
        headers: [Q1]
        choices: [{id: "yes", label: Oui, aliases: [Y]}, {id: "no", label: Non, aliases: [N]}]
      - {id: why, type: long_text, text: Pourquoi ?, headers: [Q2], shown_if: wrote = no}
      - id: sought
        type: several
        text: Que cherchiez-vous ?
        headers: [Q3]
        choices:
          - {id: opinions, label: Des avis, aliases: [SQ001]}
          - {id: news, label: Des nouvelles, aliases: [SQ002]}
          - {id: other, label: Autre, other: true}
      - {id: useful, type: scale, text: Utile ?, headers: ["Q4[SQ001]"]}
"""
COLUMNS = "id,submitdate,lastpage,startlanguage,ipaddr,token,Q1,Q2,Q3[SQ001],Q3[SQ002],Q3[other],Q4[SQ001]"
CODES = f"""\ufeff{COLUMNS}\r
"1","2020-06-10 10:00:00","2","fr","192.0.2.1","abc","N","","Y","N","","7"\r
"2","1980-01-01 00:00:00","2","fr","192.0.2.2","abd","Y",,"N","Y","Du ""café""
et du pain","10"\r
"3","","1","fr","192.0.2.3","abe","Y",,"","",,\r
"""


@pytest.fixture
def closing(tmp_path: Path) -> Path:
    folder = tmp_path / "surveys" / "cloture"
    folder.mkdir(parents=True)
    (folder / "study.yaml").write_text(STUDY, encoding="utf-8")
    (folder / "closing.yaml").write_text(ASKED, encoding="utf-8")
    return tmp_path


def bring(root: Path, text: str) -> tuple[str, list[list[str]]]:
    export = root / "export.csv"
    export.write_text(text, encoding="utf-8", newline="")
    report = str(import_wave(root, "cloture", "closing", export))
    rows = read_responses(load_study(root / "surveys" / "cloture"), "closing").rows
    return report, [list(row.values())[1:] for row in rows]


def test_codes_with_commas(closing: Path) -> None:
    report, rows = bring(closing, CODES)
    assert rows == [
        ["2020-06-10", "no", "", "opinions", "", "7"],
        ["", "yes", "", "news;other", 'Du "café"\net du pain', "10"],  # dates off
        ["", "yes", "", "", "", ""],  # never sent: kept, without a date
    ]
    assert "1 réponse(s) commencée(s) et non envoyée(s)" in report
    assert "« Q2 » : 2 fois non affichée, 1 fois laissée vide" in report  # unquoted twice, "" once


def test_what_is_typed_beside_other_is_never_taken_for_a_choice(closing: Path) -> None:
    row = '"4","2020-06-10 10:00:00","2","fr","192.0.2.1","abc","N","","N","N","Le calme ; Des nouvelles","7"'
    _, rows = bring(closing, f"{COLUMNS}\n{row}\n")
    assert rows == [["2020-06-10", "no", "", "other", "Le calme ; Des nouvelles", "7"]]


def test_a_column_given_twice_is_said(closing: Path) -> None:
    with pytest.raises(ProblemsFound, match=r"export\.csv:1: la colonne « Q1 » est donnée deux fois"):
        bring(closing, f"{COLUMNS},Q1\n" + '"4","2020-06-10 10:00:00","2","fr","","","N","","N","N","","7","Y"\n')


def test_full_answers_with_semicolons(closing: Path) -> None:
    head = 'id;submitdate;startlanguage;"Avez-vous écrit ?";"Pourquoi ?";"Que cherchiez-vous ? [Des avis]";'
    head += '"Que cherchiez-vous ? [Des nouvelles]";"Que cherchiez-vous ? [Autre]";Q4[SQ001]\n'
    _, rows = bring(closing, head + '4;"2020-06-11 09:00:00";fr;Non;"Trop timide";Oui;Non;;3\n')
    assert rows == [["2020-06-11", "no", "Trop timide", "opinions", "", "3"]]


def test_what_identifies_people_is_not_even_looked_at(closing: Path) -> None:
    bring(closing, CODES)
    written = (closing / "surveys/cloture/responses/closing.csv").read_text(encoding="utf-8")
    assert "192.0.2" not in written
    assert "abc" not in written
