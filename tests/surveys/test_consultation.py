"""A consultation: free answers are grouped by a moderator, out of git, and only the moderator's words come out."""

from datetime import date
from pathlib import Path

import pytest

from divan.sources.problem import ProblemsFound
from surveys.check import check_studies
from surveys.consultation import Stage, load_reasons, stage_of
from surveys.grouping import group_answers
from surveys.study import load_study

STUDY = """title: Pourquoi ?
kind: consultation
about: Dites-nous.
notice: {who: Nous., why: Savoir., kept: Un an., rights: Répondre est libre., contact: a@b.example}
waves:
  - {id: asks, label: Vos raisons, questionnaire: asks.yaml, opens: 2026-10-05, closes: 2026-10-25}
"""
VOTES = "  - {id: votes, label: Le vote, questionnaire: vote.yaml, opens: 2026-11-16, closes: 2026-12-13}\n"
ASKS = """title: Pourquoi ?
version: "1"
sections: [{id: one, title: Une, items: [{id: why, type: long_text, text: Qu'est-ce qui vous retient ?}]}]
"""
WRITTEN = [f"Le temps me manque, version {n}" for n in range(6)] + ["La peur du regard", "On me juge", "Rien"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "surveys/pourquoi"
    (folder / "responses").mkdir(parents=True)
    (folder / "study.yaml").write_text(STUDY, encoding="utf-8")
    (folder / "asks.yaml").write_text(ASKS, encoding="utf-8")
    rows = "".join(f'asks-{n:04d},2026-10-06,"{text}"\n' for n, text in enumerate(WRITTEN))
    (folder / "responses/asks.csv").write_text(f"response,date,why\n{rows}", encoding="utf-8")
    return tmp_path


def fill(root: Path, reasons: list[str], separator: str = ",") -> None:
    table = root / "surveys/pourquoi/responses/reasons.csv"
    lines = [f"asks-{n:04d}{separator}x{separator}{reason}" for n, reason in enumerate(reasons)]
    table.write_text("\n".join([separator.join(("response", "answer", "reason")), *lines]), encoding="utf-8")


GROUPED = ["Le temps"] * 6 + ["La crainte du jugement"] * 2 + ["-"]


def test_the_table_lists_the_answers_that_wait_for_a_reason_and_says_how_many(root: Path) -> None:
    said = group_answers(root, "pourquoi").replace("\u00a0", " ")
    assert "9 réponses attendent sa raison" in said
    assert "La peur du regard" in (root / "surveys/pourquoi/responses/reasons.csv").read_text("utf-8")
    assert not (root / "surveys/pourquoi/reasons.yaml").exists()


@pytest.mark.parametrize("separator", [",", ";"])
def test_grouped_answers_become_reasons_and_a_vote_that_have_none_of_their_words(root: Path, separator: str) -> None:
    fill(root, GROUPED, separator)
    group_answers(root, "pourquoi")
    study = root / "surveys/pourquoi/study.yaml"
    study.write_text(STUDY + VOTES, encoding="utf-8")
    loaded = load_study(study.parent)
    # deux : moins de cinq, le compte n'est pas écrit
    assert [(one.label, one.answers) for one in load_reasons(loaded)] == [
        ("Le temps", 6), ("La crainte du jugement", None),
    ]  # fmt: skip
    assert [choice.label for choice in loaded.wave("votes").questionnaire.items[0].choices] == [
        "Le temps", "La crainte du jugement",
    ]  # fmt: skip
    written = (study.parent / "reasons.yaml").read_text("utf-8") + (study.parent / "vote.yaml").read_text("utf-8")
    assert not any(text in written for text in WRITTEN)
    assert check_studies(root) == []


def test_an_answer_that_came_later_keeps_the_others_where_they_are(root: Path) -> None:
    fill(root, GROUPED)
    asks = root / "surveys/pourquoi/responses/asks.csv"
    asks.write_text(asks.read_text("utf-8") + "asks-0009,2026-10-07,Encore\n", encoding="utf-8")
    assert "1\u00a0réponse attend" in group_answers(root, "pourquoi")
    assert "asks-0006,La peur du regard,La crainte du jugement" in (
        root / "surveys/pourquoi/responses/reasons.csv"
    ).read_text("utf-8")


def test_a_reason_keeps_its_id_when_its_rank_changes(root: Path) -> None:
    fill(root, GROUPED)
    group_answers(root, "pourquoi")
    first = (root / "surveys/pourquoi/reasons.yaml").read_text("utf-8")
    fill(root, ["La crainte du jugement"] * 7 + ["Le temps"] * 2)
    group_answers(root, "pourquoi")
    again = (root / "surveys/pourquoi/reasons.yaml").read_text("utf-8")
    ids = [line for line in first.splitlines() if "id:" in line]
    assert [line for line in again.splitlines() if "id:" in line] == ids[::-1]


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        (["Le temps"] * 9, "de 2 à 20 raisons"),
        (["Le temps"] * 8 + ["Le temps."], "ne diffèrent que d'un signe"),
        (["Le temps"] * 8 + ["la peur du regard"], "pas ceux d'une réponse"),
    ],
)
def test_what_makes_no_vote_is_said_and_nothing_is_written(root: Path, reasons: list[str], said: str) -> None:
    fill(root, reasons)
    with pytest.raises(ProblemsFound, match=said):
        group_answers(root, "pourquoi")
    assert not (root / "surveys/pourquoi/reasons.yaml").exists()


def test_without_answers_or_a_consultation_the_command_says_so(root: Path) -> None:
    (root / "surveys/pourquoi/responses/asks.csv").unlink()
    with pytest.raises(ProblemsFound, match="aucune réponse"):
        group_answers(root, "pourquoi")
    file = root / "surveys/pourquoi/study.yaml"
    file.write_text(STUDY.replace("consultation", "study"), encoding="utf-8")
    with pytest.raises(ProblemsFound, match="n'est pas une consultation"):
        group_answers(root, "pourquoi")


def test_a_vote_on_other_reasons_is_found_by_the_check(root: Path) -> None:
    fill(root, GROUPED)
    group_answers(root, "pourquoi")
    folder = root / "surveys/pourquoi"
    (folder / "study.yaml").write_text(STUDY + VOTES, encoding="utf-8")
    vote = folder / "vote.yaml"
    vote.write_text(vote.read_text("utf-8").replace("id: r_le_temps", "id: r_autre"), encoding="utf-8")
    assert ["toutes" in problem.message for problem in check_studies(root)] == [True]


def test_it_asks_then_groups_until_the_vote_opens_then_votes_then_tells(root: Path) -> None:
    study = load_study(root / "surveys/pourquoi")
    days = [date(2026, 10, 4), date(2026, 10, 5), date(2026, 10, 25), date(2026, 10, 26), date(2027, 1, 1)]
    assert [stage_of(study, day) for day in days] == [
        Stage.BEFORE, Stage.ASKS, Stage.ASKS, Stage.GROUPS, Stage.GROUPS,
    ]  # fmt: skip
    fill(root, GROUPED)
    group_answers(root, "pourquoi")
    (root / "surveys/pourquoi/study.yaml").write_text(STUDY + VOTES, encoding="utf-8")
    voting = load_study(root / "surveys/pourquoi")
    days = [date(2026, 11, 15), date(2026, 11, 16), date(2026, 12, 13), date(2026, 12, 14)]
    assert [stage_of(voting, day) for day in days] == [Stage.GROUPS, Stage.VOTES, Stage.VOTES, Stage.TOLD]
