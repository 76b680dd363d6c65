"""Waves of different people are put end to end, the wave a variable; nothing paired is needed to compare them.

The figures are R 4.2.2's on the same answers: t.test, wilcox.test(exact = FALSE), p.adjust, prop.trend.test.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.people.assembling import gather
from analysis.people.cohort import Cohort
from analysis.plan.loading import load_plan
from analysis.report.building import build_report
from analysis.study import open_study
from analysis.tables.families import build_tables
from analysis.tables.table import Table
from divan.sources.problem import ProblemsFound
from surveys.study import load_study
from tests.analysis.cross_sections import FIRST, PLAN, write_study
from tests.analysis.told_tables import told_tables


def opened(folder: Path) -> Cohort:
    study = load_study(folder)
    return gather(study, load_plan(study))


@pytest.fixture
def tables(tmp_path: Path) -> dict[str, Table]:
    return {table.id: table for table in build_tables(opened(write_study(tmp_path)))}


def value(table: Table, row: str, level: str, column: str) -> float:
    return table.cell(row, level, column).value


def test_the_primary_endpoint_of_two_groups_has_its_means_difference_and_interval(tables):
    table = tables["T1"]
    assert value(table, "score", "mean", "wave_y2022") == pytest.approx(6.18918918919)
    assert value(table, "score", "sd", "wave_y2024") == pytest.approx(1.68549965616)
    bounds = table.cell("score", "mean_difference_interval", "difference")
    assert (bounds.low, bounds.high) == pytest.approx((-1.273471859976, 0.531457117961))
    shift = table.cell("score", "hodges_lehmann_interval", "difference")
    assert (shift.low, shift.high) == pytest.approx((-1, 1))
    tests = {one.result.test: one.result for one in table.tests}
    assert [*tests] == ["mann_whitney", "welch_t"]
    assert (tests["mann_whitney"].statistic, tests["mann_whitney"].p_value) == pytest.approx((544.5, 0.435115788939))
    assert (tests["welch_t"].statistic, tests["welch_t"].p_value) == pytest.approx((-0.820492980264, 0.41483030038))


def test_the_mean_of_each_question_needs_no_second_wave(tables):
    bounds = tables["T2"].cell("calm", "", "interval")
    assert (bounds.low, bounds.high) == pytest.approx((2.69497982629, 3.39073445943))
    assert [row.id for row in tables["T2"].rows] == ["calm", "heard", "score"]


def test_groups_are_compared_question_by_question_with_holms_p(tables):
    table = tables["T3"]
    p = [(value(table, item, "", "p"), value(table, item, "", "holm")) for item in ("calm", "heard")]
    assert p == [pytest.approx((0.824130677544, 0.824130677544)), pytest.approx((0.142004481933, 0.284008963867))]
    bounds = table.cell("heard", "", "interval")
    assert (bounds.low, bounds.high) == pytest.approx((-1.035534590383, 0.118867923717))
    assert value(table, "score", "", "holm") is None  # the score is not one of its questions


def test_the_degrees_of_each_question_are_told_group_by_group(tables):
    cell = tables["T4"].cell("calm", "5", "wave_y2022")
    assert (cell.n, cell.of) == (8, 37)
    assert tables["T4"].cell("calm", "missing", "wave_y2024").n == 3
    fisher = next(test.result for test in tables["T4"].tests if test.row == "heard")
    assert fisher.test == "fisher_exact"  # nobody of 2024 answers 5


def test_who_answered_is_told_wave_by_wave(tables):
    assert tables["T5"].cell("sex", "woman", "wave_y2022").text() == "27 (67,5\u00a0%)"
    assert value(tables["T5"], "age", "", "p") == pytest.approx(0.982984226779)
    trend = next(one.result for one in tables["T6"].tests if one.result.test == "proportion_trend")
    assert trend.p_value == pytest.approx(0.938459576483)


def test_the_page_says_what_the_waves_are_and_the_verdict(tmp_path):
    folder = write_study(tmp_path)
    build_report(tmp_path, folder.name)
    page = (tmp_path / "content/results/barometre/index.md").read_text(encoding="utf-8")
    assert "mises bout à bout et la vague est une variable" in page
    assert "« Outils » n'a pas été demandé à la vague « Année 2022 »" in page.replace("&#39;", "'").replace(
        "\u00a0", " "
    )
    assert "rien ne permet de dire si « Année 2022 » et « Année 2024 » diffèrent" in page.replace("\u00a0", " ")
    assert (tmp_path / "content/results/barometre/codebook-y2024.csv").is_file()
    assert "réponses/y2022" not in page


def test_a_notebook_has_the_wave_as_a_column(tmp_path):
    write_study(tmp_path)
    stack = open_study("barometre", tmp_path).waves["waves"]
    assert stack["wave"].value_counts().to_dict() == {"Année 2022": 40, "Année 2024": 36}


def test_a_few_silences_count_with_the_most_frequent_answer_where_waves_are_compared(tmp_path):
    cohort = opened(write_study(tmp_path))
    strict = replace(cohort, plan=replace(cohort.plan, threshold=5))
    safe = told_tables(strict).tables
    assert safe["T4"].cell("calm", "missing", "wave_y2024") is None  # 3 people, as many in 2022
    assert "« Calme »" in safe["T4"].notes[-1].replace("\u00a0", " ")
    assert safe["T3"].cell("calm", "", "wave_y2024_n").value == 36
    assert safe["T5"].cell("sex", "woman", "wave_y2022").n == 27


def faults(folder: Path) -> list[str]:
    with pytest.raises(ProblemsFound) as found:
        opened(folder)
    return [f"{one.message} {one.remedy}" for one in found.value.problems]


@pytest.mark.parametrize(
    ("was", "written", "said"),
    [
        ("by: [wave]}\n  - {id: T6", "by: [wave], wave: y2022}\n  - {id: T6", "« by: [wave] » les compare"),
        ("test: mann_whitney, by: wave,", "test: sign,", "ou comparez deux groupes : « test: mann_whitney »"),
        ("test: mann_whitney, by: wave,", "test: mann_whitney,", "il faut dire lesquels"),
        ("by: wave, smallest", "by: sex, smallest", "aucun tableau ne compare le score selon « sex »"),
        ("by: [wave], tests: [welch_t]", "by: [wave], between: [y2022, y2023]", "n'est pas un niveau de « wave »"),
        ("title: Les questions}", "title: Les questions, between: [y2022, y2024]}", "compare tous les groupes"),
    ],
)
def test_what_cannot_be_compared_is_told(tmp_path, was, written, said):
    assert was in PLAN
    assert any(said in one for one in faults(write_study(tmp_path, PLAN.replace(was, written, 1))))


def test_three_groups_are_not_two(tmp_path):
    folder = write_study(tmp_path)
    third = (
        '  - {id: y2026, label: Année 2026, questionnaire: second.yaml, opens: "2026-01-01", closes: "2026-01-31"}\n'
    )
    (folder / "study.yaml").write_text((folder / "study.yaml").read_text(encoding="utf-8") + third, encoding="utf-8")
    assert faults(folder) == [
        "« wave » fait 3 groupes, et « score_difference » en compare deux ajoutez « between: [l'un, l'autre] »"
    ]


def test_one_name_for_two_kinds_of_question_is_told(tmp_path):
    folder = write_study(tmp_path)
    other = FIRST.replace("type: integer, text: Âge", "type: decimal, text: Âge")
    (folder / "first.yaml").write_text(other, encoding="utf-8")
    assert faults(folder)[0].startswith("« age » est une question « integer », et « decimal » à la vague « y2022 »")
