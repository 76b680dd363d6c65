"""The results page, for people: one sentence, one picture, how to read them, tables that fit a phone."""

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from analysis.figures.change import Direction, ShownChange, draw_change
from analysis.report.how_to_read import reading
from analysis.report.results_page import results_page
from analysis.report.verdict import published_change, verdict


@pytest.fixture(scope="module")
def page(publication):
    return BeautifulSoup(results_page(publication, []).split("---\n", 2)[2], "html.parser")


def test_the_page_opens_with_one_sentence_and_one_picture_then_how_to_read_them(page):
    brief, how = page.find_all("section")[:2]
    assert (brief["id"], how["id"]) == ("resume", "comment-le-lire")
    assert len(brief.find_all("svg")) == 1
    assert [len(one.get_text().split(". ")) for one in brief.find_all("p", class_="verdict-said")] == [1]


def test_the_verdict_has_the_interval_and_claims_nothing_above_alpha(publication):
    said, change = verdict(publication), published_change(publication)
    assert "intervalle de confiance à 95\u00a0%" in said
    assert change.interval[0] < change.mean < change.interval[1]
    never = replace(publication.cohort, plan=replace(publication.cohort.plan, alpha=0.0))
    assert "rien ne permet de dire s'il a changé" in verdict(replace(publication, cohort=never))


def test_the_scale_is_what_the_questions_can_give(publication):
    # three questions of the pilot, each from 1 to 5
    assert published_change(publication).scale == (3, 15)


def test_the_picture_is_told_in_words():
    ways = (Direction("up", "En hausse", 0.5, "5 (50,0 %)"), Direction("down", "En baisse", 0.5, "5 (50,0 %)"))
    drawn = BeautifulSoup(
        draw_change(ShownChange("Score <b>", (7, 35), ("Avant", "Après"), (20.0, 21.5), 1.5, (0.5, 2.5), "95 %", ways)),
        "xml",
    )
    assert drawn.svg["role"] == "img"
    told = drawn.find("desc").get_text()
    assert told == (
        "Moyenne 20,00 (avant), 21,50 (après), écart 1,50, intervalle de confiance à 95 % de 0,50 à 2,50. "
        "en hausse 5 (50,0 %), en baisse 5 (50,0 %)."
    )
    assert drawn.find("title").get_text() == "Score <b>"


def test_the_interval_stands_around_the_second_mean(publication):
    drawn = BeautifulSoup(draw_change(published_change(publication)), "xml")
    whisker = drawn.find("line", class_="whisker")
    (_, after) = drawn.find_all("circle")
    assert float(whisker["x1"]) < float(after["cx"]) < float(whisker["x2"])


def test_on_a_phone_every_cell_of_a_wide_table_says_its_column(page):
    stacked = page.find_all("table", class_="stacked")
    assert stacked
    for table in stacked:
        heads = [one.get_text() for one in table.thead.find_all("th")][1:]
        for row in table.tbody.find_all("tr"):
            for head, cell in zip(heads, row.find_all("td"), strict=True):
                assert not cell.get_text() or cell["data-label"] == head


def test_the_first_tables_are_read_at_once_and_every_other_is_a_line_that_opens(page, publication):
    folded = page.find_all("details", class_="table-fold")
    shown = {one["id"] for one in page.find_all("caption")} - {one.caption["id"] for one in folded}
    assert folded and f"{publication.tables[1].id.lower()}-caption" in shown
    for one in folded:
        assert one.find("caption").get_text(" ", strip=True) in one.summary.get_text(" ", strip=True)
    assert {f"{one.id.lower()}-caption" for one in publication.tables if one.rows} <= {
        one["id"] for one in page.find_all("caption")
    }


def test_no_identifier_of_the_study_is_shown(page, publication):
    assert not re.search(rf"\b{publication.cohort.study.id}\b", page.find(id="resume").get_text())
    assert publication.cohort.study.id not in page.find(class_="status-line").get_text()


def test_no_identifier_is_shown_anywhere_not_even_in_a_folded_table(page):
    shown = BeautifulSoup(str(page), "html.parser")
    for code in shown.find_all("code"):
        code.decompose()
    provenance = shown.find(id="provenance")
    provenance.decompose()
    words = shown.get_text(" ")
    assert re.findall(r"\b[a-z0-9]+_[a-z0-9_]+\b|\w+@\w+|\btest\(s\)", words) == []


def test_beside_each_p_of_a_test_stands_its_size(page):
    sentences = [
        one.get_text() for one in page.find_all("li") if re.search(r"Mann-Whitney|Test des signes", one.get_text())
    ]
    assert sentences
    assert all(
        re.search(r"= [−\d]", one.replace("\u00a0", " ").rsplit(" ; p ", 1)[1]) for one in sentences if " ; p" in one
    )


def test_only_what_the_page_shows_is_explained(publication):
    assert any("intervalle de confiance" in one for one in reading(publication))
    assert not any("Masqué" in one for one in reading(publication))  # the pilot masks nothing
    assert reading(replace(publication, tables=())) == []
