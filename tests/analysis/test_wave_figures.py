"""Figures of answers: around neutral, from one answer to another, wave after wave; never more than their table."""

import re
from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup

from analysis.figures import draw, figure_tables
from analysis.figures.alluvial import draw_alluvial
from analysis.figures.likert import draw_likert
from analysis.figures.ramp import ascending, ramp
from analysis.figures.trend_line import draw_trend
from analysis.people.counted import key
from analysis.people.variable import Level
from analysis.plan.loading import parse_plan
from analysis.plan.specification import FigureSpec
from analysis.statistics import mean_interval
from analysis.tables.cells import Count, Interval, Masked, Number
from analysis.tables.table import Column, Table, TableRow
from divan.sources.problem import ProblemsFound
from tests.analysis.told_tables import told_tables

SPECS = (
    FigureSpec("F11", "likert", "Accord"),
    FigureSpec("F12", "alluvial", "Passages", variables=("cases",)),
    FigureSpec("F13", "trend", "Score"),
    FigureSpec("F14", "trend", "Questions", variables=("cases", "moral")),
)
LEVELS = ("Non", "Ni oui ni non", "Oui")


def counts(row, *cells):
    of = sum(cells)
    return TableRow("q", row, tuple(Count(n, of, key(("q", f"{row}{n}"))) for n in cells), "before", "level")


def table(*rows):
    return Table("F1", "Titre", "Avant ↓, après →", tuple(Column(one, one) for one in LEVELS), rows)


def bars(figure):
    return [(float(one["x"]), float(one["width"])) for one in BeautifulSoup(figure.svg, "xml").find_all("rect")]


@pytest.fixture(scope="module")
def drawn(cohort):
    asked = replace(cohort, plan=replace(cohort.plan, figures=SPECS))
    return {figure.id: figure for figure in draw(asked, figure_tables(asked))}


def test_half_of_the_middle_answer_stands_on_each_side_of_neutral():
    # 20 % no, 40 % neither, 40 % yes: neutral is at 20 + 40 / 2 = 40 % of the bar
    first, second, third = bars(draw_likert(SPECS[0], table(counts("Une", 10, 20, 20))))
    whole = third[0] + third[1] - first[0]
    neutral = first[0] + 0.4 * whole
    assert second[0] + second[1] / 2 == pytest.approx(neutral, abs=0.2)
    assert [one / whole for _, one in (first, second, third)] == pytest.approx([0.2, 0.4, 0.4], abs=0.002)


def test_two_bars_share_their_neutral():
    figure = draw_likert(SPECS[0], table(counts("Une", 10, 20, 20), counts("Autre", 30, 10, 10)))
    _, one, _, _, other, _ = bars(figure)
    assert one[0] + one[1] / 2 == pytest.approx(other[0] + other[1] / 2, abs=0.2)


def test_a_bar_with_a_masked_part_is_not_drawn_where_it_would_tell_it():
    hidden = counts("Une", 10, 20, 20)
    hidden = replace(hidden, cells=(Masked(), *hidden.cells[1:]))
    figure = draw_likert(SPECS[0], table(hidden, counts("Autre", 30, 10, 10)))
    assert len(bars(figure)) == 3
    assert "Une\u00a0: masqué." in figure.description
    assert "masqué : petits effectifs" in figure.svg


def test_an_alluvial_draws_a_ribbon_a_count_and_none_for_what_is_masked():
    rows = [counts("Non", 10, 5, 0), counts("Ni oui ni non", 2, 20, 3), counts("Oui", 0, 0, 40)]
    whole = draw_alluvial(SPECS[1], table(*rows))
    assert len(BeautifulSoup(whole.svg, "xml").find_all("path")) == 6
    rows[1] = replace(rows[1], cells=(Masked(), rows[1].cells[1], Masked()))
    fewer = draw_alluvial(SPECS[1], table(*rows))
    words = [one.get_text() for one in BeautifulSoup(fewer.svg, "xml").find_all("text")]
    assert len(BeautifulSoup(fewer.svg, "xml").find_all("path")) == 4
    # 20 of « neither » before, 10 of « no » and 40 of « yes » after are shown, others are not
    assert {"au moins 20", "au moins 10", "au moins 40"} <= set(words)
    assert "Les passages masqués ne sont pas tracés." in words
    assert "Certains passages sont masqués." in fewer.description


def test_nothing_is_drawn_when_everything_is_masked():
    rows = [replace(counts(one, 1, 1, 1), cells=(Masked(),) * 3) for one in LEVELS]
    assert draw_alluvial(SPECS[1], table(*rows)).svg == ""
    assert bars(draw_likert(SPECS[0], table(*rows))) == []


def test_a_trend_breaks_where_a_wave_is_masked():
    def row(wave, mean):
        return TableRow("s", wave, (Number(30, 0), Number(mean), Interval(mean - 1, mean + 1)), wave, "level")

    hidden = TableRow("s", "Milieu", (Masked(),) * 3, "Milieu", "level")
    columns = (Column("n", "Personnes"), Column("mean", "Moyenne", "mean"), Column("interval", "IC"))
    figure = draw_trend(
        SPECS[2], Table("F13", "Score", "Vague", columns, (row("Avant", 20.0), hidden, row("Après", 24.0)))
    )
    drawing = BeautifulSoup(figure.svg, "xml")
    assert drawing.find("path", class_="line")["d"].count("M") == 2
    assert len(drawing.find_all("circle")) == len(drawing.find_all("line", class_="whisker")) == 2


def test_the_score_of_each_wave_is_r_s_mean_and_interval(drawn, cohort):
    for row in drawn["F13"].table.rows:
        found = mean_interval(cohort.included[row.level][cohort.plan.composite.id], level=cohort.plan.confidence)
        assert [row.cells[1].value, row.cells[2].low, row.cells[2].high] == [
            found.estimate,
            found.ci_low,
            found.ci_high,
        ]


def test_every_figure_is_told_in_words_and_has_its_table(drawn):
    assert list(drawn) == ["F11", "F12", "F13", "F14"]
    for figure in drawn.values():
        svg = BeautifulSoup(figure.svg, "xml").svg
        assert svg.find("title").get_text() == figure.title
        assert svg.find("desc").get_text() == figure.description != ""
        assert figure.table.rows


def test_a_small_count_masked_in_the_table_is_in_no_drawing(strict_cohort):
    asked = replace(strict_cohort, plan=replace(strict_cohort.plan, figures=SPECS))
    safe = told_tables(asked).figures
    shown = {cell.n for one in safe.values() for _, _, cell in one.walk() if isinstance(cell, Count)}
    assert not shown & {1, 2, 3, 4}
    for figure in draw(asked, dict(safe)):
        if figure.id == "F12":
            held = re.findall(
                r"\d+", " ".join(one.get_text() for one in BeautifulSoup(figure.svg, "xml").find_all("text"))
            )
            assert not {int(one) for one in held} & {1, 2, 3, 4}


def test_answers_go_up_by_their_scores_and_colours_from_end_to_end():
    levels = (Level("agree", "Oui", 5), Level("neutral", "Ni", 3), Level("disagree", "Non", 1))
    assert ascending(levels) == [2, 1, 0]
    assert [ramp(n) for n in (2, 3)] == [["level-1", "level-5"], ["level-1", "level-3", "level-5"]]


@pytest.mark.parametrize(
    ("figure", "says"),
    [
        ("{id: F20, show: alluvial, title: T}", "demande « variables »"),
        ("{id: F20, show: alluvial, title: T, variables: [sex, time]}", "« alluvial » montre une variable"),
        ("{id: F20, show: alluvial, title: T, variables: [cases], waves: [before, later]}", "« later » n'est pas"),
        ("{id: F20, show: alluvial, title: T, variables: [activity]}", "ne pose pas la question de « activity »"),
        ("{id: F20, show: likert, title: T, variables: [cases, sex]}", "n'ont pas les mêmes réponses"),
        ("{id: F20, show: trend, title: T, variables: [family]}", "n'a ni moyenne ni part"),
        ("{id: F20, show: likert, title: T, waves: [before, after]}", "ne choisit pas deux vagues"),
    ],
)
def test_a_figure_that_cannot_be_is_a_fault_of_the_plan(cohort, figure, says):
    text = (cohort.study.folder / "plan.yaml").read_text(encoding="utf-8")
    with pytest.raises(ProblemsFound, match=re.escape(says)):
        parse_plan(cohort.study, "plan.yaml", text.replace("figures:\n", f"figures:\n  - {figure}\n"))


def test_the_day_that_a_figure_was_added_is_kept(cohort):
    asked = replace(cohort, plan=replace(cohort.plan, figures=(replace(SPECS[0], added=date(2026, 11, 28)),)))
    assert figure_tables(asked)["F11"].added == date(2026, 11, 28)
