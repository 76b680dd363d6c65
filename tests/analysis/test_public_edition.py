"""What everybody may read of a study: tables made of answers told together, of which each count is 0 or enough."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.disclosure.told_answers import ToldAnswers
from analysis.people.assembling import gather
from analysis.people.cohort import Cohort
from analysis.people.respondents import MOVED
from analysis.people.variable import axis
from analysis.plan.loading import load_plan
from analysis.plan.specification import TableSpec
from analysis.tables.cells import Count, Number
from analysis.tables.table import Table
from surveys.study import load_study
from tests.analysis.told_tables import told_tables

STUDY, K = "pilote", 5


def opened(root: Path, threshold: int = K) -> Cohort:
    study = load_study(root / "surveys" / STUDY)
    return gather(study, replace(load_plan(study), threshold=threshold))


def answers(root: Path, wave: str = "before") -> tuple[Path, list[dict[str, str]]]:
    path = root / "surveys" / STUDY / "responses" / f"{wave}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return path, list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def shown(cohort: Cohort) -> dict[str, list[list[str]]]:
    """Every table and figure as it is read."""
    told = told_tables(cohort)
    return {name: [[row.label, *(cell.text() for cell in row.cells)] for row in table.rows]
            for name, table in (told.tables | told.figures).items()}  # fmt: skip


def by_response(cohort: Cohort, name: str) -> list[str]:
    """The answers to a question of those analysed."""
    return cohort.included["before"][name].astype(object).tolist()


def test_each_count_is_nothing_or_enough_but_for_a_silence(strict_cohort):
    told = told_tables(strict_cohort)
    counts = [(row, cell) for table in (*told.tables.values(), *told.figures.values())
              for row, _, cell in table.walk() if isinstance(cell, Count)]  # fmt: skip
    assert len(counts) > 40
    assert not [(row.id, row.level, cell.n) for row, cell in counts if 0 < cell.n < K and row.level != "missing"]


def test_which_of_the_levels_told_together_somebody_gave_is_in_no_table(copied):
    """Two people of a block change places: whatever is published is the same."""
    root = copied()
    before = opened(root)
    merged = ToldAnswers(before, "").questions["family@before"].partitions[0]
    block = next(one for one in merged if len([level for level in one if level in by_response(before, "family")]) > 1)
    path, rows = answers(root)
    codes = [row["code"] for row in rows]
    given = dict(zip(before.included["before"].index, by_response(before, "family"), strict=True))
    inside = [row for row in rows if codes.count(row["code"]) == 1 and given.get(row["response"]) in block]
    one = inside[0]
    other = next(row for row in inside if row["family"] != one["family"])
    assert one["family"] and other["family"]
    one["family"], other["family"] = other["family"], one["family"]
    write(path, rows)
    assert shown(opened(root)) == shown(before)


def test_a_paired_test_tells_how_far_people_moved_only_by_sizes_that_enough_moved(strict_cohort):
    """V, the number of zeros and a long p gave the distribution of the changes: it is made of what may be told."""
    answers = ToldAnswers(strict_cohort, "")
    told = answers.cohort(answers.cut_for(()))
    for item, _ in strict_cohort.plan.composite.items:
        if answers.questions[axis(item, MOVED)].partitions:
            _, sizes = np.unique(told.moves(item).dropna(), return_counts=True)
            assert min(sizes) >= K
    for test in [test for table in told_tables(strict_cohort).tables.values() for test in table.tests]:
        assert not {"zeros", "ties", "moved", "n"} & test.result.detail.keys()


def test_an_incomplete_questionnaire_of_somebody_left_out_changes_no_table(copied):
    root = copied()
    before = shown(opened(root))
    path, rows = answers(root)
    left_out = rows[0] | {"response": "before-9999", "code": "Z9Z9Z9", "cases": ""}
    write(path, [*rows, left_out])
    after = shown(opened(root))
    about_those_left_out = {
        "F1",
        *(name for name in before if before[name] != after.get(name) and name in ("T9", "lost")),
    }
    assert {name: rows for name, rows in after.items() if name not in about_those_left_out} == {
        name: rows for name, rows in before.items() if name not in about_those_left_out
    }


def test_a_number_that_few_gave_tells_nothing(copied):
    """Six people and three numbers: the base is those who have the value."""
    root = copied()
    folder = root / "surveys" / STUDY
    asked = (folder / "before.yaml").read_text(encoding="utf-8")
    first = asked.index("      - id: sex")
    hours = "      - {id: hours, type: integer, text: Combien d'heures ?, minimum: 0, maximum: 99}\n"
    (folder / "before.yaml").write_text(asked[:first] + hours + asked[first:], encoding="utf-8")
    text = (folder / "plan.yaml").read_text(encoding="utf-8")
    text = text.replace("variables:\n", "variables:\n  - {id: hours, label: Heures}\n", 1)
    (folder / "plan.yaml").write_text(text, encoding="utf-8")
    path, rows = answers(root)
    names = list(rows[0])
    place = names.index("code") + 1
    rows = [dict([*[*row.items()][:place], ("hours", "9" if n < 3 else ""), *[*row.items()][place:]])
            for n, row in enumerate(rows)]  # fmt: skip
    write(path, rows)
    cohort = opened(root)
    given = cohort.included["before"]["hours"].count()
    assert 0 < given < K
    plan = replace(cohort.plan, tables=(TableSpec("H", "characteristics", "Heures", variables=("hours", "sex")),))
    told = told_tables(replace(cohort, plan=plan)).tables["H"]
    assert not [row for row in told.rows if row.id == "hours" and any(cell.text() for cell in row.cells)]
    assert [row for row in told.rows if row.id == "sex"]


def test_quartiles_are_answers_that_somebody_gave(strict_cohort):
    """One between two answers, such as 6,25, tells how many stand below it."""
    told = told_tables(strict_cohort)
    quartiles = [cell.value for table in told.tables.values() for row, column, cell in table.walk()
                 if isinstance(cell, Number) and {row.level, column.statistic} & {"q1", "median", "q3"}]  # fmt: skip
    assert quartiles
    assert all(value == int(value) for value in quartiles if value is not None)


def test_a_model_that_leaves_a_few_aside_is_not_told(copied):
    """Its degrees of freedom say how many they are, and its sums, beside those of everybody, what they answered."""
    cohort = opened(copied())
    told = told_tables(cohort)
    for table in told.tables.values():
        for test in table.tests:
            if test.result.detail.get("part"):
                assert not 0 < test.result.detail.get("missing", 0) < K
                assert test.result.n == 0 or cohort.n - test.result.n == 0 or cohort.n - test.result.n >= K


def silent(root: Path, names: list[str], question: str) -> None:
    """These people leave a question."""
    path, rows = answers(root)
    write(path, [row | {question: ""} if row["response"] in names else row for row in rows])


def total(told: Table, question: str) -> int:
    """The people that the levels of a question count, silences apart."""
    return sum(cell.n for row, _, cell in told.walk()
               if isinstance(cell, Count) and row.id == question and row.level != "missing")  # fmt: skip


@pytest.mark.parametrize("threshold, silences", [(K, 1), (K, K - 1), (3, 2), (3, 3)])
def test_a_few_silences_are_counted_alike_alone_and_crossed(copied, threshold, silences):
    """The difference of a margin and its cross would be what the few who are silent to one answered to the other."""
    root = copied()
    silent(root, [*opened(root).included["before"].index[-silences:]], "situation")
    cohort = opened(root, threshold)
    tables = (
        TableSpec("M", "characteristics", "Marge", variables=("situation",)),
        TableSpec("C", "proportions_by", "Croisement", variables=("situation",), by=("uses",), wave="before"),
    )
    told = told_tables(replace(cohort, plan=replace(cohort.plan, tables=tables, figures=()))).tables
    assert total(told["C"], "situation") == cohort.n
    # k silences or more are told, and the margin is exact
    assert total(told["M"], "situation") == cohort.n - (silences if silences >= threshold else 0)
    said = [note for note in told["C"].notes if "Sans réponse" in note]
    assert [f"({silences})" in note for note in said] == [True] * (silences >= threshold)


def test_a_change_is_that_of_answers_so_counted(copied):
    """Who left a question at one wave moved from what they are counted with, or the two margins would say whence."""
    root = copied()
    before = opened(root)
    one = before.included["change"]["time"].dropna().index[0]
    silent(root, [one], "time")
    after = opened(root)
    assert after.answers["change"]["time"].isna()[one]
    assert ToldAnswers(after, "").people.answers["change"]["time"].notna()[one]


def test_a_percentage_in_a_file_has_the_decimal_of_the_page(strict_cohort):
    cells = [cell for table in told_tables(strict_cohort).tables.values() for _, _, cell in table.walk()
             if isinstance(cell, Count) and cell.of]  # fmt: skip
    assert cells
    assert all(cell.raw()["percent"] == round(cell.raw()["percent"], 1) for cell in cells)


def test_a_table_added_after_the_fact_changes_no_other(strict_cohort):
    before = shown(strict_cohort)
    added = TableSpec("late", "table_one", "Après coup", variables=("family", "age"), by=("sex",))
    plan = replace(strict_cohort.plan, tables=(*strict_cohort.plan.tables, added))
    after = shown(replace(strict_cohort, plan=plan))
    assert {name: rows for name, rows in after.items() if name != "late"} == before


@pytest.mark.parametrize("threshold", [1, 2, 3, 10, 100])
def test_any_threshold_gives_an_edition(copied, threshold):
    told = told_tables(opened(copied(), threshold))
    for table in told.tables.values():
        for row, _, cell in table.walk():
            if isinstance(cell, Count) and row.level != "missing":
                assert cell.n == 0 or cell.n >= threshold
