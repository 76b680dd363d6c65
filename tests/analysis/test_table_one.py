"""The « tableau 1 » of an article: any groups, what each answered, how far apart; few people give nobody away."""

from dataclasses import replace

import pytest

from analysis.people.assembling import assemble
from analysis.people.reading_answers import read_answers
from analysis.plan.loading import parse_plan
from analysis.tables.cells import Count, Number
from analysis.tables.table import Table
from surveys.model import Study
from surveys.questionnaire import ItemType
from surveys.roster import read_roster
from surveys.study import load_study
from tests.analysis.told_tables import told_tables

STUDY = "pilote"
PLANNED = """tables:
  - {id: G1, show: table_one, title: Répondants, variables: [age, locum, hours], by: [sex]}
  - {id: G2, show: table_one, title: Répondants, variables: [locum, hours], by: [age, uses], tests: [kruskal_wallis]}
"""


@pytest.fixture
def tables(copied):
    """The two tables of the small group's study, where a question asks a number of hours that some leave blank."""

    def make(threshold: int = 1) -> dict[str, Table]:
        folder = copied() / "surveys" / STUDY
        asked = (folder / "before.yaml").read_text(encoding="utf-8")
        hours = "      - {id: hours, type: integer, text: Combien d'heures ?, minimum: 0, maximum: 99}\n"
        first = asked.index("      - id: sex")
        (folder / "before.yaml").write_text(asked[:first] + hours + asked[first:], encoding="utf-8")
        answers = folder / "responses" / "before.csv"
        lines = answers.read_text(encoding="utf-8").splitlines()
        lines = [_with_hours(line, place) for place, line in enumerate(lines)]
        answers.write_text("\n".join(lines) + "\n", encoding="utf-8")
        study = load_study(folder)
        text = (folder / "plan.yaml").read_text(encoding="utf-8").replace("tables:\n", PLANNED, 1)
        text = text.replace("variables:\n", "variables:\n  - {id: hours, label: Heures}\n", 1)
        plan = replace(parse_plan(study, "plan.yaml", text), threshold=threshold)
        cohort = assemble(study, plan, read_answers(study), _roster(study))
        return told_tables(cohort).tables

    return make


def _with_hours(line: str, place: int) -> str:
    """The hours follow the code, so that an answer sent twice stays the same."""
    cells = line.split(",")
    known = sum(map(ord, cells[2]))
    cells.insert(3, "hours" if not place else "" if known % 12 == 0 else str(10 + known % 40))
    return ",".join(cells)


def _roster(study: Study) -> tuple[str, ...]:
    assert study.wave("before").questionnaire.item("hours").type is ItemType.INTEGER
    return read_roster(study)


def test_each_group_has_its_counts_its_difference_and_its_test(tables):
    table = tables()["G1"]
    man, woman = (table.cell("locum", "yes", f"sex_{one}") for one in ("man", "woman"))
    assert (man.n, man.of, woman.n, woman.of) == (1, 5, 7, 28)
    assert table.cell("locum", "yes", "difference").value == pytest.approx(1 / 5 - 7 / 28)
    assert table.cell("locum", "", "smd").value == pytest.approx(0.05 / ((0.16 + 0.1875) / 2) ** 0.5)
    assert [test.row for test in table.tests] == ["age", "locum", "hours"]


def test_a_number_has_its_answers_its_mean_and_its_quartiles(tables):
    table = tables()["G1"]
    answered = [table.cell("hours", "n", f"sex_{one}") for one in ("man", "woman")]
    assert all(isinstance(cell, Count) and cell.n <= (cell.of or 0) for cell in answered)
    means = [table.cell("hours", "mean", f"sex_{one}") for one in ("man", "woman")]
    difference = table.cell("hours", "mean", "difference")
    assert all(isinstance(cell, Number) for cell in means)
    assert difference.value == pytest.approx(means[0].value - means[1].value)
    assert table.tests[2].result.test == "welch_t"


def test_three_groups_have_a_test_and_no_difference(tables):
    made = tables()
    assert {"G2-age", "G2-uses"} <= set(made)
    assert [column.id for column in made["G2-age"].columns] == ["age_under_40", "age_40_60", "age_over_60", "p"]
    assert [test.result.test for test in made["G2-age"].tests][-1] == "kruskal_wallis"


def test_small_groups_are_hidden_with_all_that_rests_on_them(tables):
    table = tables(threshold=5)["G1"]
    assert not [row for row in table.rows if row.id == "locum"]  # 1 of 5 men, and nothing to merge it with
    assert "« Remplaçant" in table.notes[-1].replace("\u00a0", " ") or "publier" in table.notes[-1]
    assert next(test for test in table.tests if test.row == "locum").result.undefined
