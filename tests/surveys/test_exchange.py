"""Questionnaires carried from and to XLSForm, REDCap and LimeSurvey: there and back the same, what is lost told."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from divan.sources.problem import ProblemsFound
from surveys.definition import parse_questionnaire
from surveys.drafting import draft_questionnaire
from surveys.exchange.form_files import read_form_file, write_form_file
from surveys.exchange.redcap_in import COLUMNS
from surveys.quotas import quotas_of
from surveys.validation import validate

CARRIED = Path(__file__).parent / "carried"
ALL_KINDS = (CARRIED / "all-kinds.yaml").read_text(encoding="utf-8")


def carried(path):
    found = read_form_file(path)
    assert found is not None
    return parse_questionnaire("q", path.name, found.text), found.lost


def xlsform(path, survey, choices=()):
    book = openpyxl.Workbook()
    book.active.title = "survey"
    for row in survey:
        book.active.append(row)
    sheet = book.create_sheet("choices")
    for row in [("list_name", "name", "label::English (en)", "label::Français (fr)"), *choices]:
        sheet.append(row)
    book.save(path)
    return path


def redcap(path, *rows):
    text = io.StringIO(newline="")
    lines = csv.DictWriter(text, COLUMNS)
    lines.writeheader()
    names = ("Variable / Field Name", "Form Name", "Field Type", "Field Label")
    lines.writerows(dict(zip((*names, *more), row, strict=True)) for row, more in rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["form.xlsx", "form.csv"])
def test_every_kind_goes_out_and_comes_back(name, tmp_path):
    asked = parse_questionnaire("q", "q.yaml", ALL_KINDS)
    write_form_file(asked, tmp_path / name)
    back, lost = carried(tmp_path / name)
    assert lost == ()
    assert len(back.items) == len(asked.items) == 20
    assert (back.title, back.version) == (asked.title, asked.version)
    for was, now in zip(asked.sections, back.sections, strict=True):
        assert [(was.id, was.title, was.text, was.random)] == [(now.id, now.title, now.text, now.random)]
        for item, again in zip(was.items, now.items, strict=True):
            if item.id != "swims":  # its condition says the same in more words: the next test holds it
                assert again == item


@pytest.mark.parametrize("name", ["form.xlsx", "form.csv"])
def test_what_no_other_tool_has_a_place_for_comes_back_and_a_quota_is_told(name, tmp_path):
    said = "title: Essai\nintroduction: Deux minutes.\nthanks: Merci beaucoup.\nquota: 120\n"
    text = said + ALL_KINDS[ALL_KINDS.index("version:") :]
    asked = parse_questionnaire("q", "q.yaml", text)
    told = write_form_file(asked, tmp_path / name)
    assert [line for line in told if "quota" in line] == [
        "le quota de la vague n'est tenu que par un collecteur de Divan",
        "le quota de « colour », « Vert » n'est tenu que par un collecteur de Divan",
    ]
    back, _ = carried(tmp_path / name)
    assert (back.introduction, back.thanks, back.quota) == (asked.introduction, asked.thanks, 120)
    assert quotas_of(back) == quotas_of(asked)


@pytest.mark.parametrize("name", ["form.xlsx", "form.csv"])
def test_a_condition_that_is_said_otherwise_means_the_same(name, tmp_path):
    asked = parse_questionnaire("q", "q.yaml", ALL_KINDS)
    write_form_file(asked, tmp_path / name)
    back, _ = carried(tmp_path / name)
    was, now = asked.item("swims").shown_if, back.item("swims").shown_if
    for age in ("", "39", "40"):
        for sports in ("", "run", "swim", "run;swim", "none"):
            given = {"age": age, "sports": sports}
            assert was.holds(given) == now.holds(given), given


def test_redcap_is_told_what_it_will_not_do(tmp_path):
    lost = write_form_file(parse_questionnaire("q", "q.yaml", ALL_KINDS), tmp_path / "form.csv")
    assert len(lost) == 3
    assert "ne classe pas" in lost[0]
    assert "au sort" in lost[1]
    assert "quota" in lost[2]


def test_a_kobo_form_is_drafted_and_its_losses_told_at_once(tmp_path):
    head = ("type", "name", "label::English (en)", "label::Français (fr)", "required", "relevant", "constraint",
            "calculation", "appearance")  # fmt: skip
    file = xlsform(
        tmp_path / "kobo.xlsx",
        [
            head,
            ("start", "start", "", "", "", "", "", "", ""),
            ("begin_group", "who", "Who", "Vous", "", "", "", "", ""),
            ("select_one yn", "Smokes", "Do you smoke?", "Fumez-vous ?", "yes", "", "", "", "minimal"),
            ("integer", "packs", "Packs", "Paquets", "", "${Smokes} = '1'", ". >= 1 and . <= 40", "", ""),
            ("calculate", "cost", "Cost", "Coût", "", "", "", "${packs} * 10 div 2", ""),
            ("select_multiple yn or_other", "what", "What", "Quoi", "", "not(selected(${Smokes}, '-9'))", "", "", ""),
            ("geopoint", "where", "Where", "Où", "", "", "", "", ""),
            ("text", "name_it", "Which", "Lequel", "", "count-selected(${what}) > 1", "regex(., '^a')", "", ""),
            ("end_group", "", "", "", "", "", "", "", ""),
        ],
        [("yn", "1", "Yes", "Oui"), ("yn", "-9", "Unknown", "Ne sait pas")],
    )  # fmt: skip
    draft = draft_questionnaire(tmp_path, "essai", "before", file)
    asked = parse_questionnaire("q", "q.yaml", (tmp_path / "surveys/essai/before.yaml").read_text(encoding="utf-8"))
    assert [item.id for item in asked.items] == ["smokes", "packs", "cost", "what", "name_it"]
    assert asked.item("smokes").text == "Fumez-vous ?"
    assert asked.item("smokes").headers == ("Smokes",)
    assert asked.item("what").other
    given = validate(asked, {"smokes": ["1"], "packs": ["3"], "what": ["m9"]}).answers
    assert given == {"smokes": "1", "packs": "3", "cost": "15", "what": "m9"}  # 3 · 10 / 2
    assert [one.split(" :")[0] for one in draft.lost] == ["« where »", "« name_it »", "« name_it »"]
    assert str(draft).count("\n  - ") == 3


def test_a_dictionary_of_redcap_is_drafted(tmp_path):
    choices = "Choices, Calculations, OR Slider Labels"
    logic = "Branching Logic (Show field only if...)"
    valid = "Text Validation Type OR Show Slider Number"
    file = redcap(
        tmp_path / "dictionary.csv",
        (("record_id", "visit", "text", "Record ID"), ()),
        (("sex", "visit", "radio", "<b>Sex</b>", "1, Female | 2, Male"), (choices,)),
        (("born", "visit", "text", "Birth", "date_dmy", "[sex] = '1' and [signs(2)] = '1'"), (valid, logic)),
        (("signs", "visit", "checkbox", "Signs", "1, Fever | 2, Cough"), (choices,)),
        (("r1", "visit", "radio", "Room", "1, Bad | 2, Good", "pleased"), (choices, "Matrix Group Name")),
        (("r2", "visit", "radio", "Meal", "1, Bad | 2, Good", "pleased"), (choices, "Matrix Group Name")),
        (("scan", "visit", "file", "Scan"), ()),
        (("mail", "visit", "text", "Mail", "email"), (valid,)),
    )
    with pytest.raises(ProblemsFound, match="vient plus loin"):  # born looks forward, at « signs »
        read_form_file(file)
    file.write_text(file.read_text(encoding="utf-8").replace("and [signs(2)] = '1'", ""), encoding="utf-8")
    asked, lost = carried(file)
    assert [item.id for item in asked.items] == ["record_id", "sex", "born", "signs", "r1", "r2", "mail"]
    assert asked.item("r2").matrix.id == "pleased"
    assert asked.item("sex").text == "Sex"
    assert asked.item("born").shown_if.text == "sex = 1"
    assert [one.split(" :")[0] for one in lost] == ["« scan »", "« mail »"]


LSS = (CARRIED / "visits.lss").read_text(encoding="utf-8")


def test_a_questionnaire_of_limesurvey_is_drafted(tmp_path):
    (tmp_path / "visites.lss").write_text(LSS, encoding="utf-8")
    asked, lost = carried(tmp_path / "visites.lss")
    assert [item.id for item in asked.items] == ["q1", "q2_sq001", "q2_sq002", "q3", "q5", "q6"]
    assert asked.item("q1").text == "Votre ville ?"
    assert asked.item("q1").other is not None
    assert asked.item("q2_sq001").shown_if.text == "q1 = a2"
    assert "Q2[SQ001]" in asked.item("q2_sq001").headers
    assert asked.item("q5").shown_if.text.strip("()") == "q3 = sq001"
    assert [one.split(" :")[0] for one in lost] == ["« q4 »", "« q6 »"]


@pytest.mark.parametrize("text", [LSS.replace("</document>", ""), LSS.replace("<document>", "<!DOCTYPE x><document>")])
def test_a_broken_or_booby_trapped_lss_is_told(text, tmp_path):
    (tmp_path / "x.lss").write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsFound, match=r"x\.lss"):
        read_form_file(tmp_path / "x.lss")


def test_a_file_of_answers_is_not_a_questionnaire(tmp_path):
    (tmp_path / "answers.csv").write_text("Sexe,Ville\nhomme,Niort\n", encoding="utf-8")
    assert read_form_file(tmp_path / "answers.csv") is None


def test_the_command_writes_and_drafts(tmp_path, site):
    def divan(*words):
        return subprocess.run(
            [sys.executable, "-m", "divan", "--root", str(site), *words], capture_output=True, text=True
        )

    done = divan("form", "essai", "before", str(tmp_path / "kobo.xlsx"))
    assert (done.returncode, done.stdout.count("3 question(s)")) == (0, 1), done.stderr
    assert divan("draft", "essai", "copy", str(tmp_path / "kobo.xlsx")).returncode == 0
    was, now = (site / f"surveys/essai/{name}.yaml" for name in ("before", "copy"))
    items = [parse_questionnaire("q", "q", one.read_text(encoding="utf-8")).items for one in (was, now)]
    assert items[0] == items[1]
    refused = divan("form", "essai", "before", str(tmp_path / "kobo.doc"))
    assert refused.returncode == 1
    assert "XLSForm" in refused.stderr + refused.stdout
