"""A study may have as many waves as it likes: those beyond the pair are joined by code, and their silences hidden."""

import csv
import json
from pathlib import Path

import pytest

from analysis.people.assembling import gather
from analysis.plan.loading import load_plan
from analysis.report.building import build_report
from analysis.tables.cells import Masked
from analysis.tables.families import build_tables
from divan.sources.problem import ProblemsFound
from surveys.study import load_study
from tests.analysis.told_tables import told_tables

STUDY = "pilote"
THIRD = "  - {id: year, label: Un an après, questionnaire: after.yaml, opens: 2024-07-16, closes: 2024-08-15}\n"


@pytest.fixture
def followed(copied):
    """The small group's study with a third wave, answered by the people of these codes; returns its folder."""

    def follow(silent: int = 0, threshold: int = 1) -> Path:
        folder = copied() / "surveys" / STUDY
        declared = (folder / "study.yaml").read_text(encoding="utf-8")
        (folder / "study.yaml").write_text(declared.replace("pairing:\n", f"{THIRD}pairing:\n"), encoding="utf-8")
        plan = (folder / "plan.yaml").read_text(encoding="utf-8")
        (folder / "plan.yaml").write_text(plan.replace("threshold: 1\n", f"threshold: {threshold}\n"), encoding="utf-8")
        included = codes(folder)
        rows = read(folder / "responses" / "after.csv")
        rows = [row for row in rows if row["code"] not in included[:silent]]
        for place, row in enumerate(rows, start=1):
            row |= {"response": f"year-{place:04}", "date": row["date"].replace("2023", "2024"), "cases": "5"}
        write(folder / "responses" / "year.csv", rows)
        return folder

    return follow


def codes(folder: Path) -> list[str]:
    study = load_study(folder)
    pairing = gather(study, load_plan(study)).pairing
    return [one.before["code"] for one in pairing.pairs]


def planned(folder: Path, entry: str) -> None:
    plan = folder / "plan.yaml"
    plan.write_text(
        plan.read_text(encoding="utf-8").replace("tables:\n", f"tables:\n  - {entry}\n", 1), encoding="utf-8"
    )


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def opened(folder: Path):
    study = load_study(folder)
    return gather(study, load_plan(study))


def test_a_third_wave_is_in_every_table_that_shows_waves(followed):
    folder = followed(silent=7)
    build_report(folder.parents[1], STUDY)
    report = json.loads((folder.parents[1] / f"content/results/{STUDY}/report.json").read_text(encoding="utf-8"))
    rows = {(row["row"], row["level"]): row for row in report["tables"]["T3"]["rows"]}
    assert rows["cases", "5"]["year"] == 26  # 33 people analysed, 7 silent, the others answer 5
    assert rows["cases", "missing"]["year"] == 7
    change = rows["composite", "mean"]["after"] - rows["composite", "mean"]["before"]
    assert rows["composite", "mean"]["change"] == pytest.approx(change)


def test_people_of_a_third_wave_are_those_whose_code_is_theirs(followed):
    cohort = opened(followed(silent=7))
    answers = cohort.people.loc[cohort.people["group"] == "included", "year"]
    assert (answers.isna().sum(), len(answers)) == (7, 33)
    assert cohort.paired


def test_a_few_who_fell_silent_hide_no_answer_of_the_others(followed):
    cohort = opened(followed(silent=3, threshold=5))
    told = [levels.cell("composite", "mean", wave) for levels in [told_tables(cohort).tables["T3"]]
            for wave in ("before", "after", "year")]  # fmt: skip
    assert not any(isinstance(cell, Masked) for cell in told)


def test_a_third_wave_answered_before_the_second_compares_nothing_yet(followed):
    folder = followed()
    second = folder / "responses" / "after.csv"
    second.write_text(second.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    cohort = opened(folder)
    assert not cohort.paired
    assert [wave.id for wave in cohort.answered] == ["before", "year"]
    assert build_report(folder.parents[1], STUDY)


@pytest.mark.parametrize(("silent", "told"), [(7, "26 (78,8\u00a0%)"), (3, "33 (100,0\u00a0%)")])
def test_the_change_of_those_who_stayed_tells_nothing_of_the_few_who_left(followed, silent, told):
    # of 33 analysed, 3 are silent: with the others, their change would be a difference of two sums
    folder = followed(silent, threshold=5)
    planned(folder, "{id: W1, show: score_over_waves, title: Score à chaque vague}")
    cohort = opened(folder)
    table = told_tables(cohort).tables["W1"]
    assert [row.id for row in table.rows] == ["before", "after", "year"]
    assert table.cell("year", "", "n").text() == told
    assert not table.tests[0].result.undefined
    # three silences are told by nobody
    assert not any("comptées ici" in note for note in table.notes)


def test_transitions_go_between_any_two_waves(followed):
    folder = followed(silent=7)
    planned(
        folder, "{id: W2, show: transitions, title: Un an après, waves: [after, year], tests: [marginal_homogeneity]}"
    )
    table = next(one for one in build_tables(opened(folder)) if one.id == "W2-cases")
    assert table.head == "Après ↓, un an après →"
    counts = {(row.level, column.id): cell.n for row, column, cell in table.walk()}
    assert sum(counts.values()) == 26  # 33 analysed, 7 silent
    assert {column for (_, column), n in counts.items() if n} == {"5"}  # everybody answers 5 to the third


def test_who_left_is_set_beside_who_stayed(followed):
    folder = followed(silent=7)
    planned(folder, "{id: W3, show: attrition, title: Qui est parti, variables: [sex]}")
    table = next(one for one in build_tables(opened(folder)) if one.id == "W3")
    stayed, left = (sum(table.cell("sex", sex, f"presence_{one}").n for sex in ("man", "woman"))
                    for one in ("scored", "silent"))  # fmt: skip
    assert (stayed, left) == (26, 7)


def test_waves_that_a_plan_compares_are_those_of_the_study(followed):
    folder = followed()
    planned(folder, "{id: W2, show: transitions, title: Un an après, waves: [after, yeer]}")
    planned(folder, "{id: W4, show: item_levels, title: Niveaux, waves: [after, year]}")
    with pytest.raises(ProblemsFound) as found:
        opened(folder)
    assert [(one.message, one.remedy) for one in found.value.problems] == [
        ("« item_levels » ne choisit pas ses deux vagues", "retirez « waves »"),
        ("« yeer » n'est pas une vague de l'étude", "vouliez-vous « year » ?"),
    ]


def test_the_same_people_are_shown_wave_after_wave(followed):
    folder = followed(silent=7)
    planned(folder, "{id: W5, show: by_wave, title: Vague après vague, variables: [sex, cases]}")
    table = next(one for one in build_tables(opened(folder)) if one.id == "W5")
    assert [column.id for column in table.columns] == ["before", "after", "year", "p", "effect"]
    assert table.cell("sex", "man", "before").text() == "5 (15,2\u00a0%)"  # 5 of 33
    assert table.cell("sex", "man", "year").text() == "non demandé"
    assert table.cell("cases", "5", "year").text() == "26 (100,0\u00a0%)"  # who answers a third time says 5
    assert table.cell("cases", "missing", "year").n == 7


def test_what_the_same_people_answered_twice_is_tested_as_pairs(followed):
    folder = followed()
    planned(folder, "{id: W5, show: by_wave, title: Vague après vague, variables: [sex, cases, time]}")
    table = next(one for one in build_tables(opened(folder)) if one.id == "W5")
    assert [test.row for test in table.tests] == ["cases", "time"]
    # 16 agree more, 10 less: binom.test(16, 26)$p.value; 12 of 15 spend more time: binom.test(12, 15)$p.value
    assert table.cell("cases", "", "p").value == pytest.approx(0.326939582824707)
    assert table.cell("cases", "", "effect").value == pytest.approx(6 / 26)
    assert table.cell("time", "", "p").value == pytest.approx(0.03515625)
    assert "de « Avant » à « Après »" in table.notes[1]


def test_a_change_towards_agreement_is_a_rise_whatever_answer_is_asked_first(followed):
    folder = followed()
    planned(folder, "{id: W6, show: ordinal_change, title: Accord, variables: [cases], tests: [sign]}")
    table = next(one for one in build_tables(opened(folder)) if one.id == "W6")
    (test,) = table.tests
    assert [table.cell("cases", way, "n").n for way in ("down", "up")] == [10, 16]
    assert [test.result.detail[way] for way in ("down", "up")] == [10, 16]


def test_a_later_wave_that_does_not_ask_the_code_joins_nobody(followed):
    folder = followed()
    declared = (folder / "study.yaml").read_text(encoding="utf-8")
    other = (folder / "after.yaml").read_text(encoding="utf-8").replace("id: code, type: code", "id: key, type: code")
    (folder / "other.yaml").write_text(other, encoding="utf-8")
    (folder / "study.yaml").write_text(
        declared.replace("Un an après, questionnaire: after.yaml", "Un an après, questionnaire: other.yaml"),
        encoding="utf-8",
    )
    third = folder / "responses" / "year.csv"
    third.write_text(third.read_text(encoding="utf-8").replace(",code,", ",key,", 1), encoding="utf-8")
    planned(folder, "{id: W1, show: score_over_waves, title: Score à chaque vague}")
    cohort = opened(folder)
    assert cohort.people["year"].isna().all()
    table = next(one for one in build_tables(cohort) if one.id == "W1")
    assert table.notes == ("Le modèle n'est pas calculé : une vague a moins de deux scores.",)
    assert build_report(folder.parents[1], STUDY)
