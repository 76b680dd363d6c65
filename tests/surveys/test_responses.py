"""A tidy CSV gives back what was put in it, and runs nothing in a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from divan.sources.problem import ProblemsFound
from surveys.responses import (
    Responses,
    escaped,
    parse_responses,
    read_responses,
    responses_path,
    tidy_csv,
    unescaped,
)
from surveys.study import load_study


@pytest.mark.parametrize(
    ("answer", "written"),
    [("=1+1", "'=1+1"), ("+33", "'+33"), ("-5", "-5"), ("-5 ans", "'-5 ans"),
     ("@nom", "'@nom"), ("\tx", "'\tx"), ("'=1", "''=1"), ("l'an", "l'an")],
)  # fmt: skip
def test_what_a_spreadsheet_would_run_is_written_as_text(answer: str, written: str) -> None:
    assert escaped(answer) == written


@given(st.text())
def test_escaping_loses_nothing(text: str) -> None:
    assert unescaped(escaped(text)) == text


def test_columns_other_than_the_questionnaire_s_are_refused(site: Path) -> None:
    wave = load_study(site / "surveys" / "essai").wave("before")
    rows = ({"response": "before-0001", "date": "2026-01-02", "code": "0001", "mood": "", "town": "niort"},)
    text = tidy_csv(Responses(wave, rows))
    assert parse_responses(wave, text, "x").rows == rows
    with pytest.raises(ProblemsFound, match="il manque mood"):
        parse_responses(wave, text.replace("mood,", ""), "x")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"response,date,code,mood,town\nbefore-0001,,\"0001", r"before.csv:2: ce fichier n'est pas un CSV lisible"),
        (b"response,date,code,mood,town\nbefore-0001,,0001,,\xe9\n", "doivent être du texte en UTF-8"),
        (b"", "il manque response"),
    ],
)  # fmt: skip
def test_a_file_of_answers_that_cannot_be_read_is_a_problem(site: Path, content: bytes, said: str) -> None:
    study = load_study(site / "surveys" / "essai")
    responses_path(study, "before").parent.mkdir()
    responses_path(study, "before").write_bytes(content)
    with pytest.raises(ProblemsFound, match=said):
        read_responses(study, "before")
