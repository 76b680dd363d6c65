"""Every marginal that the study published comes out of its answers (facts of the publication, slips put right)."""

import pytest

from analysis.report.publication import Publication
from analysis.tables.cells import Count, Number

LEVELS = {
    "sex": {"man": 28, "woman": 41},
    "age": {"under_30": 14, "30_40": 39, "41_50": 8, "51_60": 3, "61_70": 5, "over_70": 0},
    "family": {"single": 11, "single+children": 1, "single+no_children": 4, "couple": 14, "couple+children": 27,
               "couple+no_children": 12},
    "situation": {"gp": 52, "specialist": 13, "resident": 4},
    "liberal": {"yes": 22}, "salaried": {"yes": 16}, "locum": {"yes": 16}, "established": {"yes": 33},
    "student": {"yes": 4},
    "urban": {"yes": 29}, "hospital": {"yes": 15}, "semirural": {"yes": 32}, "rural": {"yes": 18},
    "years": {"0_3": 30, "4_7": 17, "7_10": 10, "over_10": 12},
    "uses": {"yes": 57, "no": 12},
    "joined_since": {"1_2": 5, "2_3": 25, "over_3": 39},
    "source": {"word_of_mouth": 6, "council": 8, "facebook": 14, "other_group": 41},
    "share": {"under_20": 28, "20_40": 15, "40_60": 19, "60_80": 5, "over_80": 2},
    "other_group": {"yes": 21},
    "activity": {"none": 5, "passive": 14, "reading": 34, "active": 13, "very_active": 3},
}  # fmt: skip
TIME = {"before": (14, 17, 25, 9, 4), "after": (9, 21, 25, 9, 5)}
ITEMS = {  # levels 5, 4, 3, 2, 1: before, then after
    "cases": ((17, 28, 12, 8, 4), (19, 33, 5, 9, 3)),
    "relation": ((5, 18, 29, 9, 8), (6, 21, 28, 8, 6)),
    "local": ((16, 33, 12, 6, 2), (19, 32, 12, 3, 3)),
    "admin": ((14, 33, 9, 7, 6), (15, 35, 8, 7, 4)),
    "sanitary": ((19, 32, 12, 3, 3), (18, 34, 12, 2, 3)),
    "moral": ((14, 17, 13, 18, 7), (15, 19, 14, 13, 8)),
    "referral": ((11, 30, 16, 4, 8), (14, 28, 15, 6, 6)),
}


def count(publication: Publication, table: str, row: str, level: str, column: str) -> int:
    everything = [*publication.tables, *(figure.table for figure in publication.figures)]
    cell = next(one for one in everything if one.id == table).cell(row, level, column)
    assert isinstance(cell, Count)
    return cell.n


def value(publication: Publication, row: str, level: str, column: str) -> float:
    cell = next(one for one in publication.tables if one.id == "T2").cell(row, level, column)
    assert isinstance(cell, Number) and cell.value is not None
    return cell.value


@pytest.mark.parametrize("row", LEVELS)
def test_population(publication, row):
    found = {level: count(publication, "T1", row, level, "n") for level in LEVELS[row]}
    assert found == LEVELS[row]


def test_percentages_of_the_population(publication):
    man = next(one for one in publication.tables if one.id == "T1").cell("sex", "man", "n")
    assert man.text() == "28 (40,6\u00a0%)"  # 28 / 69 = 0,4058


@pytest.mark.parametrize("item", ITEMS)
def test_ten_counts_of_each_item(publication, item):
    found = tuple(
        tuple(count(publication, "T3", item, str(level), wave) for level in (5, 4, 3, 2, 1))
        for wave in ("before", "after")
    )
    assert found == ITEMS[item]


def test_time_spent_and_its_change(publication):
    levels = ("under_10_month", "under_10_day", "10_30_day", "30_60_day", "over_60_day")
    for wave, counts in TIME.items():
        assert tuple(count(publication, "F3", "time", level, wave) for level in levels) == counts
    assert [count(publication, "T7", "time", level, "n") for level in ("down", "stable", "up")] == [2, 59, 8]


def test_composite(publication):
    assert value(publication, "composite", "mean", "before") == 1701 / 69
    assert value(publication, "composite", "mean", "after") == 1749 / 69
    assert value(publication, "composite", "mean", "change") == pytest.approx(48 / 69)
    assert round(value(publication, "composite", "sd", "before"), 1) == 6.0
    assert round(value(publication, "composite", "sd", "after"), 1) == 5.8


def test_primary_endpoint_is_below_one_percent(publication):
    sign = next(test for table in publication.tables for test in table.tests if test.result.test == "sign")
    assert (sign.table, sign.row, sign.result.n) == ("T2", "composite", 69)
    assert sign.result.p_value < 0.01


def test_flow_accounts_for_everybody(publication):
    flow = publication.cohort.flow
    assert flow.n("included") == 69
    assert flow.lost("before_usable", "never_joined") == 21
    for side in ("before", "after"):
        received = next(step for step in flow.steps if step.id == f"{side}_received")
        assert received.n - sum(loss.n for loss in received.excluded) == flow.n(f"{side}_usable")
    assert flow.n("paired") - 5 == 69  # 3 incomplets avant, 2 après


def test_activity_of_the_group(publication):
    total = next(figure.table for figure in publication.figures if figure.id == "F6").rows[-1]
    assert [cell.value for cell in total.cells[:4]] == [60, 203, 331, 60 * 92]
