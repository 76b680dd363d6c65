"""Choices ticked over several columns, two rows of headings, codes for « not answered »: exports of other services."""

from pathlib import Path
from textwrap import dedent

import pytest

from divan.sources.problem import ProblemsFound
from surveys.importing import import_wave
from surveys.responses import read_responses
from surveys.shapes.headings import joined_headings
from surveys.study import load_study

STUDY = """
title: Films
about: Pour les tests.
notice: {who: nous, why: pour voir, kept: rien, rights: tous, contact: ici}
waves: [{id: survey, label: Enquête, questionnaire: survey.yaml, opens: "2026-01-01", closes: "2026-01-31"}]
"""
FILMS = """
title: Films
version: "1"
import: {heading_rows: 2, ignore: [Numéro], missing: [Sans réponse]}
sections:
  - id: all
    title: Tout
    items:
      - id: fan
        type: single
        text: Aimez-vous ces films ?
        choices: [{id: "yes", label: Oui}, {id: "no", label: Non}]
      - id: seen
        type: several
        text: Lesquels avez-vous vus ?
        choices:
          - {id: one, label: "Premier, la menace"}
          - {id: two, label: Deuxième, headers: [Le deuxième]}
          - {id: none, label: Aucun, exclusive: true, unticked: true}
          - {id: other, label: Un autre, other: true}
      - {id: rank_one, type: integer, text: Rang du premier, minimum: 1, maximum: 2, missing: [99],
         headers: ["Classez-les [Premier]"]}
"""
TWO_ROWS = """Numéro,Aimez-vous ces films ?,Lesquels avez-vous vus ?,,,Classez-les
,Response,"Premier, la menace",Deuxième,Un autre,Premier
"""


@pytest.fixture
def films(tmp_path: Path):
    """Import lines under the two rows of headings, or other ones; the tidy answers."""

    def bring(lines: str, headings: str = TWO_ROWS, asked: str = FILMS, encoding: str = "utf-8") -> list[dict]:
        folder = tmp_path / "surveys" / "films"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "study.yaml").write_text(STUDY, encoding="utf-8")
        (folder / "survey.yaml").write_text(asked, encoding="utf-8")
        export = tmp_path / "export.csv"
        export.write_bytes((headings + dedent(lines).lstrip()).encode(encoding))
        import_wave(tmp_path, "films", "survey", export)
        return [dict(row) for row in read_responses(load_study(folder), "survey").rows]

    return bring


def test_a_question_stands_above_its_columns_and_one_alone_keeps_its_name():
    assert joined_headings(("N", "Vus ?", "", "", "Âge"), ("", "A", "B", "", "Response")) == (
        "N", "Vus ? [A]", "Vus ? [B]", "Vus ?", "Âge")  # fmt: skip


def test_ticks_make_one_answer_in_the_questionnaires_order(films):
    """A single question of a group of one column is named by its question, « Classez-les » has one too."""
    asked = FILMS.replace('"Classez-les [Premier]"', "Classez-les")
    rows = films(
        """
        1,Oui,"Premier, la menace",Deuxième,,2
        2,Non,,x,,
        3,Sans réponse,,,Le troisième,99
        """,
        asked=asked,
    )
    assert [row["seen"] for row in rows] == ["one;two", "two", "other"]
    assert [row["seen_other"] for row in rows] == ["", "", "Le troisième"]
    assert [row["fan"] for row in rows] == ["yes", "no", ""]
    assert [row["rank_one"] for row in rows] == ["2", "", ""]


ONE_ROW = "Aimez-vous ces films ?,seen [one],Le deuxième,Rang du premier\n"
ONE_HEADING = FILMS.replace("heading_rows: 2, ", "")


def test_when_every_column_says_no_the_answer_is_the_declared_none_and_blanks_are_no_answer(films):
    rows = films("Oui,0,0,1\nOui,,,1\nOui,1,0,1\n", ONE_ROW, ONE_HEADING)
    assert [row["seen"] for row in rows] == ["none", "", "one"]


def test_a_choice_without_its_column_is_told(films):
    with pytest.raises(ProblemsFound) as found:
        films("Oui,0,1\n", "Aimez-vous ces films ?,seen [one],Rang du premier\n", ONE_HEADING)
    assert "il manque la colonne du choix « Deuxième » de « seen »" in str(found.value)


def test_a_cell_that_is_neither_yes_no_nor_the_label_is_refused_unquoted(films):
    with pytest.raises(ProblemsFound) as found:
        films("Oui,peut-être,1,1\n", ONE_ROW, ONE_HEADING)
    assert "dans la colonne de « Premier, la menace »" in str(found.value)
    assert "peut-être" not in str(found.value)


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_an_older_encoding_is_found_by_its_letters_and_may_be_declared(films, encoding):
    headings = "Aimez-vous ces films ?,seen [one],Le deuxième,Rang du premier\n"
    asked = ONE_HEADING.replace("Deuxième, h", "Né, h")
    assert films("Oui,,Né,1\n", headings, asked, encoding)[0]["seen"] == "two"
    declared = asked.replace("import: {", f"import: {{encoding: {encoding}, ")
    assert films("Oui,,Né,1\n", headings, declared, encoding)[0]["seen"] == "two"
