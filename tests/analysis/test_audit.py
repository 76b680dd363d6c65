"""Slips are found from printed figures alone; each example shows its arithmetic."""

import pytest

from analysis.audit import find_slips
from analysis.audit.printed import parse_printed
from analysis.audit.printed_faults import printed_faults


def slips(**blocks):
    return [(one.kind, one.table, one.row) for one in find_slips(parse_printed({"source": "essai", **blocks}))]


def test_a_printed_figure_has_a_place_in_the_plan(cohort):
    counts = [
        {"table": "T99", "row": "sex", "n": {"man": 28}},
        {"table": "T1", "row": "sexe", "n": {"man": 28}},
        {"table": "T1", "row": "sex", "n": {"homme": 28}, "percent": {"man": "40.6"}},
        {"table": "T1", "row": "family", "n": {"couple+children": 27}},
        {"table": "T7", "row": "time", "n": {"down": 2}},
    ]
    found = [(place, message) for place, message, _ in printed_faults({"counts": counts}, cohort.plan, cohort.study)]
    assert found == [
        (("counts", 0, "table"), "« T99 » n'est un tableau ni une figure du plan"),
        (("counts", 1, "row"), "« sexe » n'est ni une variable du plan, ni son score"),
        (("counts", 2, "n", "homme"), "« homme » n'est pas un niveau de « sex »"),
        (("counts", 2, "percent", "man"), "« man » a un pourcentage sans effectif"),
    ]


def test_figures_put_right_show_no_slip():
    item = {"table": "T3", "row": "moral", "wave": "after", "of": 69, "n": {"5": 15, "4": 19, "3": 14, "2": 13, "1": 8}}
    mean = {"table": "T4", "row": "moral", "wave": "after", "n": 69, "mean": "3.3"}  # 227 / 69 = 3.29
    assert slips(counts=[item], values=[mean]) == []


def test_a_swap_is_not_named_when_two_would_do():
    # a: 1 x 5 + 3 x 4 ; swapping 4 and 5 in either item adds 2
    items = [{"table": "T", "row": row, "wave": "w", "n": {"5": 1, "4": 3}} for row in ("a", "b")]
    score = {
        "table": "T",
        "row": "s",
        "wave": "w",
        "n": 4,
        "mean": "9.00",
        "sum_of": ["a", "b"],
    }  # 36, printed items give 34
    assert slips(counts=items, values=[score]) == []


def test_percentages():
    block = {"table": "T", "row": "r", "of": 69, "n": {"a": 28, "b": 41}}
    assert slips(counts=[block | {"percent": {"a": "40.6", "b": "59.4"}}]) == []
    assert slips(counts=[block | {"percent": {"a": "40.5", "b": "59.4"}}]) == [("cut_off", "T", "r")]  # 40.58
    assert slips(counts=[block | {"percent": {"a": "41.6"}}]) == [("percent", "T", "r")]


def test_grim_and_grimmer():
    # Brown & Heathers' example: 28 whole answers cannot average 5.19 (145 / 28 = 5.179, 146 / 28 = 5.214)
    value = {"table": "T", "row": "r", "wave": "w", "n": 28}
    assert slips(values=[value | {"mean": "5.19"}]) == [("impossible_mean", "T", "r")]
    assert slips(values=[value | {"mean": "5.21"}]) == []
    # 10 answers of mean 3.0: sums of squares are even, so the SD cannot be 0.35 (between 0 and 0.47)
    assert slips(values=[{**value, "n": 10, "mean": "3.00", "sd": "0.35"}]) == [("impossible_sd", "T", "r")]
    assert slips(values=[{**value, "n": 10, "mean": "3.00", "sd": "0.47"}]) == []  # 2 x 1² / 9 = 0.222 = 0.471²


@pytest.mark.parametrize(("p", "found"), [("0.375", []), ("< 0.05", [("p_value", "T", "r")]), ("0.37", [])])
def test_a_sign_test_follows_from_its_counts(p, found):
    # 4 up, 1 down: 2 x (1 + 5) / 32 = 0.375
    counts = [{"table": "T", "row": "r", "n": {"up": 4, "stable": 9, "down": 1}}]
    assert slips(counts=counts, tests=[{"table": "T", "row": "r", "test": "sign", "p": p}]) == found


def test_a_printed_change_is_that_of_the_printed_means():
    two = [
        {"table": "T", "row": "r", "wave": wave, "n": 69, "mean": mean}
        for wave, mean in (("a", "24.65"), ("b", "25.35"))
    ]
    change = {"table": "T", "row": "r", "n": 69}
    assert slips(values=[*two, change | {"mean": "0.70"}]) == []
    assert slips(values=[*two, change | {"mean": "0.90"}]) == [("difference", "T", "r")]
