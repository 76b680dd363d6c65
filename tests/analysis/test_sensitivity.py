"""Who is missing, answers brought to margins, what is missing filled: what stands around a result.

The weighted figures are those of R's survey 4.1.1 on the same answers: calibrate(~sex + young, calfun = "raking"),
svyciprop(method = "logit"), svymean.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.people.assembling import gather
from analysis.people.cohort import Cohort
from analysis.plan.loading import load_plan
from analysis.report.building import build_report
from analysis.tables.cells import Masked
from analysis.tables.families import build_tables
from analysis.tables.table import Table
from divan.sources.problem import ProblemsFound
from surveys.study import load_study
from tests.analysis.cross_sections import PLAN, write_study
from tests.analysis.told_tables import told_tables

AROUND = PLAN.replace(
    "variables:\n",
    """weights: {margins: {sex: {man: 50, woman: 50}, young: {"yes": 0.3, "no": 0.7}}, source: "un atlas, 2023"}
variables:
  - {id: young, item: age, label: Jeunes, bands: [{id: "yes", label: Oui, max: 39}, {id: "no", label: Non}]}
""",
).replace(
    "tables:\n",
    """tables:
  - {id: W1, show: weighted, title: Pondéré, variables: [wave, sex, age]}
  - {id: W2, show: missing_answers, title: Non-réponses}
  - {id: W3, show: imputed, title: Sensibilité, variables: [age], imputations: 5, seed: 7}
""",
)


def opened(folder: Path) -> Cohort:
    study = load_study(folder)
    return gather(study, load_plan(study))


@pytest.fixture
def tables(tmp_path: Path) -> dict[str, Table]:
    return {table.id: table for table in build_tables(opened(write_study(tmp_path, AROUND)))}


def test_weighted_shares_and_means_are_those_of_survey(tables):
    table = tables["W1"]
    assert table.cell("wave", "y2024", "n").text() == "36 (47,4\u00a0%)"
    assert table.cell("wave", "y2024", "weighted").value == pytest.approx(0.4776104478771)
    bounds = table.cell("wave", "y2024", "interval")
    assert (bounds.low, bounds.high) == pytest.approx((0.3553563090455, 0.6026072311465))
    assert table.cell("age", "", "weighted").value == pytest.approx(45.8491328183)
    assert table.cell("score", "", "weighted").value == pytest.approx(6.249674191177)
    bounds = table.cell("score", "", "interval")
    assert (bounds.low, bounds.high) == pytest.approx((5.755195129755, 6.744153252599))


def test_the_margins_are_shown_with_what_they_cost(tables):
    table = tables["W1-margins"]
    assert table.cell("sex", "woman", "n").text() == "51 (67,1\u00a0%)"
    assert table.cell("young", "yes", "weighted").value == pytest.approx(0.3)
    assert table.cell("design_effect", "", "weighted").value == pytest.approx(1.206593594005)
    assert table.cell("effective_n", "", "weighted").value == pytest.approx(62.98723976127)
    assert table.notes == ("Marges : un atlas, 2023.",)


def test_who_did_not_answer_is_counted_question_by_question(tables):
    table = tables["W2"]
    assert table.cell("calm", "", "waves").text() == "6 (7,9\u00a0%)"  # 3 of each wave, of 76
    assert table.cell("tools", "", "waves").n == 40  # nobody of 2022 was asked
    assert table.cell("age", "", "waves").n == 0
    assert table.cell("score", "scored", "waves").n == 70


def test_what_is_missing_is_filled_beside_those_who_answered_everything(tables):
    table = tables["W3"]
    complete, imputed = (table.cell(row, "", "estimate").value for row in ("complete", "imputed"))
    assert complete == pytest.approx(-0.371007371007)
    assert imputed != complete
    assert abs(imputed - complete) < 0.3  # 6 people of 76 are filled
    assert (table.cell("complete", "", "n").value, table.cell("imputed", "", "n").value) == (70, 76)
    assert 0 < table.cell("imputed", "", "missing_information").value < 0.3
    assert "graine 7" in table.notes[0]


def test_the_same_answers_give_the_same_page(tmp_path):
    write_study(tmp_path, AROUND)
    page = tmp_path / "content/results/barometre/w3.csv"
    build_report(tmp_path, "barometre")
    first = page.read_bytes()
    build_report(tmp_path, "barometre")
    assert page.read_bytes() == first


def test_weights_and_silences_give_no_small_count_away(tmp_path):
    cohort = opened(write_study(tmp_path, AROUND))
    strict = replace(cohort, plan=replace(cohort.plan, threshold=13))
    safe = told_tables(strict).tables
    assert safe["W2"].cell("calm", "", "waves").n == 0  # six of 13: nobody is told that there are any
    assert isinstance(safe["W1"].cell("wave", "y2024", "weighted"), Masked)  # 12 men of 2024
    assert safe["W3"].cell("imputed", "", "estimate") is None  # nobody is missing any more, few were
    assert not isinstance(safe["W1-margins"].cell("sex", "woman", "n"), Masked)


@pytest.mark.parametrize(
    ("was", "written", "said"),
    [
        ("{man: 50, woman: 50}", "{man: 50, woman: 60}", "les parts de « sex » font 110 elles doivent faire 1, ou 100"),
        ("{man: 50, woman: 50}", "{man: 50, women: 50}", "« woman » manque à ces marges"),
        ("{sex: {man", "{age: {man", "« age » n'a pas de niveaux fixes"),
        ("{sex: {man", "{sexe: {man", "vouliez-vous « sex » ?"),
        ("variables: [age], imputations", "variables: [wave], between: [a, b], imputations", "retirez « between »"),
        ("show: missing_answers", "show: missing_answers, seed: 3", "ne complète aucune réponse"),
        (
            "primary: {endpoint: score, test: mann_whitney, by: wave, smallest_important: 1}\n",
            "",
            "déclarez « primary »",
        ),
    ],
)
def test_what_cannot_be_weighted_or_filled_is_told(tmp_path, was, written, said):
    assert was in AROUND
    with pytest.raises(ProblemsFound) as found:
        opened(write_study(tmp_path, AROUND.replace(was, written, 1)))
    assert any(said in f"{one.message} {one.remedy}" for one in found.value.problems)
