"""Free answers: nothing shows unless a moderator said yes, and nothing that identifies someone even then."""

import csv

import pytest

from analysis.people.assembling import gather
from analysis.plan.loading import load_plan
from analysis.report.open_answers import _read_approved, open_questions, update_review
from divan.sources.problem import ProblemsFound
from surveys.study import load_study


@pytest.fixture
def study(copied):
    return load_study(copied() / "surveys" / "pilote")


def decide(study, choose):
    path = study.folder / "review" / "open-answers.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        lines.writeheader()
        lines.writerows(row | choose(row) for row in rows)


def test_nothing_shows_before_a_moderator_has_read_it(study):
    cohort = gather(study, load_plan(study))
    update_review(cohort)
    assert [(one.received > 0, one.approved, one.coded) for one in open_questions(cohort)] == [(True, 0, ())] * 2
    assert not (study.folder / "approved.csv").exists()


def test_approved_answers_show_grouped_by_code(study):
    cohort = gather(study, load_plan(study))
    update_review(cohort)
    decide(
        study,
        lambda row: {"approved": "oui", "codes": "formation; entraide"} if row["text"] == "Des réunions" else {},
    )
    update_review(cohort)
    _, improve = open_questions(cohort)
    assert improve.approved == 8  # one member in four said so
    assert [(coded.code, coded.n, coded.texts) for coded in improve.coded] == [
        ("entraide", 8, ("Des réunions",)),
        ("formation", 8, ("Des réunions",)),
    ]


def test_an_identifier_stops_everything_even_when_approved(study):
    cohort = gather(study, load_plan(study))
    update_review(cohort)
    decide(study, lambda row: {"approved": "oui"} if "06 39" in row["text"] else {})
    with pytest.raises(ProblemsFound) as found:
        update_review(cohort)
    assert "06 39" not in str(found.value)  # a free text is never quoted
    assert not (study.folder / "approved.csv").exists()


def test_a_name_is_left_with_its_reason_and_a_number_never_is(study):
    cohort = gather(study, load_plan(study))
    update_review(cohort)
    decide(
        study, lambda row: {"approved": "oui", "excused": "06 39 98 12 34 : public"} if "06 39" in row["text"] else {}
    )
    with pytest.raises(ProblemsFound):
        update_review(cohort)


def test_what_was_excused_is_kept_with_what_was_approved(study):
    path = study.folder / "approved.csv"
    path.write_text(
        "wave,item,codes,text,excused\nafter,improve,,Relire le Dr Lefèvre,Dr Lefèvre : public\n", encoding="utf-8"
    )
    assert [(one.text, one.excused) for one in _read_approved(gather(study, load_plan(study)))] == [
        ("Relire le Dr Lefèvre", "Dr Lefèvre : public")
    ]
    path.write_text("wave,item,codes,text\nafter,improve,,Relire le Dr Lefèvre\n", encoding="utf-8")
    assert _read_approved(gather(study, load_plan(study))) == []


def test_answers_are_coded_by_the_tree_of_the_study_and_shown_by_its_labels(study):
    (study.folder / "codes.yaml").write_text("codes:\n  - {id: outils, label: Les outils}\n", encoding="utf-8")
    cohort = gather(study, load_plan(study))
    update_review(cohort)
    decide(study, lambda row: {"approved": "oui", "codes": "outils"} if "06 39" not in row["text"] else {})
    update_review(cohort)
    shown = {coded.code for one in open_questions(cohort) for coded in one.coded}
    assert shown == {"Les outils"}
    decide(study, lambda row: {"codes": "inconnu"})
    with pytest.raises(ProblemsFound, match="inconnu"):
        update_review(cohort)
