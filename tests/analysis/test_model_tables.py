"""A planned model's table gives R's figures, says how to read them, hides what few people would betray."""

import json
from pathlib import Path

import pytest

from analysis.people.assembling import gather
from analysis.plan.loading import load_plan
from analysis.report.building import build_report
from analysis.tables.cells import Interval, Masked, Number
from analysis.tables.families import build_tables
from divan.sources.problem import ProblemsFound
from surveys.study import load_study
from tests.analysis.models_study import write_study


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "surveys" / "recours"
    write_study(folder)
    study = load_study(folder)
    return {one.id: one for one in build_tables(gather(study, load_plan(study)))}


def figures(table, row, level, *columns):
    found = []
    for column in columns:
        cell = table.cell(row, level, column)
        found += [cell.low, cell.high] if isinstance(cell, Interval) else [cell.value]
    return pytest.approx(found, rel=1e-7)


def test_a_logistic_model_is_glm_s(tables):
    # m <- glm(again == "yes" ~ sex + age + place, binomial); exp(cbind(coef(m), confint.default(m)))["placecountry", ]
    m = tables["M1"]
    adjusted = [3.592205053304, 0.670210931532, 19.253546216411, 0.135484788769]
    assert adjusted == figures(m, "place", "country", "estimate", "interval", "p")
    # the same of glm(again == "yes" ~ place, binomial)
    assert figures(m, "place", "country", "crude", "crude_interval") == [
        3.103448275862,
        0.613219435455,
        15.706271921732,
    ]
    # 1 - logLik(m) / logLik(update(m, . ~ 1)); m$null.deviance - m$deviance
    assert figures(m, "again", "pseudo_r_squared", "estimate") == [0.0333638349429]
    assert figures(m, "again", "overall", "estimate") == [2.95709516604]
    assert m.cell("again", "events", "estimate").text() == "50"


def test_an_ordinal_model_is_polr_s(tables):
    # m <- polr(factor(useful) ~ sex + age + place, control = list(reltol = 1e-15)): 1e-5 is all that it gives
    found = [tables["M2"].cell("place", "country", name) for name in ("estimate", "interval")]
    assert found[0].value == pytest.approx(1.57841563093, rel=1e-5)
    assert (found[1].low, found[1].high) == pytest.approx((0.52894161765, 4.71015291824), rel=2e-4)
    assert tables["M2"].cell("intercept", "1", "estimate").value == pytest.approx(-1.10449335866, rel=1e-5)


def test_counts_are_glm_s_and_glm_nb_s(tables):
    # glm(posts ~ sex + age + place, poisson); sum(residuals(m, "pearson")^2) / m$df.residual
    poisson = [1.58402084340, 1.19984777965, 2.09120029631]
    assert poisson == figures(tables["M3"], "place", "suburb", "estimate", "interval")
    assert figures(tables["M3"], "posts", "dispersion", "estimate") == [4.1383633911]
    # MASS::glm.nb of the same
    negative_binomial = [1.602071995269, 0.768540677031, 3.339621121865]
    assert negative_binomial == figures(tables["M4"], "place", "suburb", "estimate", "interval")
    assert figures(tables["M4"], "posts", "theta", "estimate") == [0.783528720154]


def test_a_mixed_model_is_lmer_s(tables):
    # m <- lmer(score ~ wave + sex + age + place + (1 | code)); confint(m, method = "Wald"); VarCorr(m)
    m = tables["M5"]
    later = [-0.2777777777778, -0.5384793288561, -0.0170762266995]
    assert later == figures(m, "wave", "after", "estimate", "interval")
    assert figures(m, "score", "between_sd", "estimate") == [1.344430686325]
    assert figures(m, "score", "within_sd", "estimate") == [0.798080637608]
    # lmer(score ~ sex + (1 | code))
    alone = [0.395833333333, -0.346071858030, 1.137738524697]
    assert alone == figures(m, "sex", "woman", "crude", "crude_interval")


def test_the_reference_and_those_left_out_are_told(tables):
    m = tables["M1"]
    assert m.cell("place", "town", "estimate").text() == "référence"
    assert m.cell("again", "n", "estimate").text() == "72"
    assert "Événement : « Oui »" in m.notes[0]


def test_what_a_model_supposes_is_checked_in_words(tables):
    assert "Rien ne contredit des cotes proportionnelles" in tables["M2"].notes[-1]
    assert tables["M3"].notes[-1].startswith("Surdispersion")
    assert "moins de 10 événements par coefficient" in tables["M1"].notes[1]


def test_every_file_has_the_models(tmp_path):
    write_study(tmp_path / "surveys" / "recours")
    build_report(tmp_path, "recours")
    made = tmp_path / "content" / "results" / "recours"
    report = json.loads((made / "report.json").read_text(encoding="utf-8"))
    tests = [(one["table"], one["test"]) for one in report["tests"] if one["detail"].get("part") == "model"]
    assert {("M1", "logistic_regression"), ("M2", "brant"), ("M4", "negative_binomial")} <= set(tests)
    assert "OR ajusté" in (made / "m1.tex").read_text(encoding="utf-8")
    assert "place,country,Campagne,3.10344827586" in (made / "m1.csv").read_text(encoding="utf-8")
    page = (made / "index.md").read_text(encoding="utf-8")
    assert "3,59" in page and "0,67 à 19,25" in page
    assert "échelle logarithmique" in (made / "f1.svg").read_text(encoding="utf-8")


def masked(folder: Path, change=None, people=72):
    write_study(folder, people, change, threshold=5)
    study = load_study(folder)
    build_report(folder.parents[1], "recours")
    report = json.loads((folder.parents[1] / "content/results/recours/report.json").read_text(encoding="utf-8"))
    return study, report


def test_a_model_is_fitted_on_levels_of_which_each_cell_of_the_cross_table_has_enough_people(tmp_path):
    # with a threshold of 5, 2 people of the country would not begin again: they are told with others
    _, report = masked(tmp_path / "surveys" / "recours")
    rows = {(one["row"], one["level"]): one for one in report["tables"]["M1"]["rows"]}
    assert ("place", "country") not in rows
    assert not any("masqué" in row.values() for row in rows.values())
    assert isinstance(rows["sex", "woman"]["crude"], float), "the cross table of sex has no small cell"
    assert all(one["statistic"] is None for one in report["tests"] if one["table"] == "M1")


def test_a_forest_plot_shows_the_levels_of_its_table(tmp_path):
    masked(tmp_path / "surveys" / "recours")
    drawn = (tmp_path / "content/results/recours/f1.svg").read_text(encoding="utf-8")
    assert "3,59" not in drawn and "19,2" not in drawn
    assert "masqué" not in drawn and " ou " in drawn


def test_enough_people_in_every_cell_show_everything(tmp_path):
    _, report = masked(tmp_path / "surveys" / "recours", people=400)
    assert not any("masqué" in one.values() for one in report["tables"]["M1"]["rows"])


FAULTS = [
    ("model: logistic", "« model: logistic » doit dire ce qu'il explique"),
    ("model: logistc, outcome: again", "model"),
    ("model: logistic, outcome: agian, event: 'yes'", "« agian » n'est ni une variable du plan, ni son score"),
    ("model: logistic, outcome: useful", "il faut dire quelle réponse à « useful » est l'événement"),
    ("model: logistic, outcome: useful, event: '9'", "« 9 » n'est pas un niveau de « useful »"),
    ("model: logistic, outcome: posts", "« posts » est un nombre"),
    ("model: logistic, outcome: score", "« model: logistic » n'explique pas un score"),
    ("model: logistic, outcome: sex, event: woman", "« sex » ne s'explique pas par elle-même"),
    ("model: ordinal, outcome: again", "« again » n'a pas d'ordre"),
    ("model: ordinal, outcome: posts", "« posts » n'a pas d'ordre"),
    ("model: poisson, outcome: useful", "« useful » n'en est pas un"),
    ("outcome: again", "« again » n'en est pas un"),
    ("model: poisson, outcome: posts, event: '3'", "« model: poisson » n'a pas d'événement"),
    ("model: mixed, wave: after", "« model: mixed » prend toutes les vagues"),
    ("model: mixed, baseline: true", "« model: mixed » a déjà le score de la première vague"),
    ("model: mixed, outcome: posts", "« posts » n'est demandée qu'à une vague"),
    ("baseline: true, wave: before", "le score de « before » ne s'explique pas par lui-même"),
]


@pytest.mark.parametrize(("said", "expected"), FAULTS)
def test_a_model_that_cannot_be_is_a_fault_of_its_plan(tmp_path, said, expected):
    folder = tmp_path / "surveys" / "recours"
    table = f"\n  - {{id: M1, show: regression, title: Faute, variables: [sex, age], {said}}}\n"
    write_study(folder, 3, tables=table, figures="")
    with pytest.raises(ProblemsFound) as found:
        load_plan(load_study(folder))
    assert [expected in str(one) for one in found.value.problems] == [True]
    assert all(one.line for one in found.value.problems)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("show: forest", "demande « table »"),
        ("show: forest, table: M2", "« M2 » n'est pas un tableau « regression » du plan"),
        ("show: flow, table: M1", "« flow » n'est pas tirée d'un tableau"),
    ],
)
def test_a_forest_plot_is_of_a_model_of_the_plan(tmp_path, figure, expected):
    folder = tmp_path / "surveys" / "recours"
    tables = "\n  - {id: M1, show: regression, title: Le score, variables: [sex]}\n"
    write_study(folder, 3, tables=tables, figures=f"figures:\n  - {{id: F1, title: Figure, {figure}}}\n")
    with pytest.raises(ProblemsFound) as found:
        load_plan(load_study(folder))
    assert [expected in str(one) for one in found.value.problems] == [True]


def test_a_number_may_be_explained_by_least_squares(tmp_path):
    # lm(posts ~ sex)
    folder = tmp_path / "surveys" / "recours"
    write_study(
        folder, tables="\n  - {id: M1, show: regression, title: T, outcome: posts, variables: [sex]}\n", figures=""
    )
    study = load_study(folder)
    (table,) = build_tables(gather(study, load_plan(study)))
    posts = [(n * 7) % 11 * (1 + (n % 5 == 0)) * (n % 4 > 0) for n in range(1, 73)]
    women = [one for n, one in enumerate(posts, 1) if n % 3]
    men = [one for n, one in enumerate(posts, 1) if not n % 3]
    apart = sum(women) / len(women) - sum(men) / len(men)
    assert figures(table, "sex", "woman", "estimate") == [apart]
    assert isinstance(table.cell("posts", "r_squared", "estimate"), Number)
    assert not any(isinstance(cell, Masked) for _, _, cell in table.walk())
