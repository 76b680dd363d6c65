"""What comes out of a coding: units and people by code, themes over time, coders who agree or not."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from analysis.figures.treemap import laid_out
from analysis.report.building import RESULTS, build_report
from analysis.report.staleness import staleness
from divan.sources.problem import ProblemsFound
from tests.analysis.test_thread import CLOSING, STUDY
from tests.imported_thread import write_thread

TREE = """
codes:
  - id: liens
    label: Se lier
    grouping: true
    codes: [{id: humour, label: Humour}, {id: soutien, label: Soutien}]
  - {id: savoir, label: Savoir}
  - {id: vide, label: Jamais dit}
"""
PLAN = """
date: 2020-06-01
threshold: {threshold}
threshold_reason: Pour les tests.
variables: [{{id: mood, label: Humeur}}]
tables:
  - {{id: T1, show: coded_units, title: Codes}}
  - {{id: T2, show: coded_months, title: Mois}}
  - {{id: T3, show: coded_days, title: Jours}}
  - {{id: T4, show: coded_together, title: Ensemble}}
  - {{id: T5, show: coder_agreement, title: Accord}}
  - {{id: T6, show: coder_consensus, title: Consensus}}
  - {{id: T7, show: code_saturation, title: Saturation}}
figures:
  - {{id: F1, show: themes_treemap, title: Carte}}
  - {{id: F2, show: themes_by_day, title: Jours}}
  - {{id: F3, show: saturation, title: Courbe}}
"""
# number, day, member
POSTS = ((1, "17", "Citron"), (2, "17", "Morio"), (3, "18", "Citron"), (4, "18", "Gazé"), (5, "21", "Morio"))
A = {1: "humour", 2: "humour;savoir", 3: "soutien", 4: "savoir", 5: "humour"}
B = {1: "humour", 2: "savoir", 4: "savoir", 5: "soutien"}


def rows_of(coded: dict[int, str]) -> str:
    return "unit,codes,memo,review\n" + "".join(f"{unit},{codes},,\n" for unit, codes in coded.items())


@pytest.fixture
def coded_group(tmp_path: Path) -> Callable[..., Path]:
    """A group's folder whose thread two coders have coded."""

    def write(threshold: int = 1, consensus: str = "") -> Path:
        posts = [f"{n},2020-03-{day},08:{n:02},{who},text,,,,Bonjour" for n, day, who in POSTS]
        people = [f"{name},user,F,MG,," for name in ("Citron", "Gazé", "Morio")]
        people += ["Obs1,observer,F,MG,,", "Obs2,observer,H,MG,,"]
        files = {
            "study.yaml": STUDY, "closing.yaml": CLOSING, "plan.yaml": PLAN.format(threshold=threshold),
            "codes.yaml": TREE, "coding/coder-A.csv": rows_of(A), "coding/coder-B.csv": rows_of(B),
            "coding/consensus.csv": f"unit,codes,followed\n{consensus}",
        }  # fmt: skip
        return write_thread(tmp_path, files, posts, people)

    return write


def tables_of(root: Path) -> dict:
    build_report(root, "fil")
    return json.loads((root / RESULTS / "fil" / "report.json").read_text(encoding="utf-8"))["tables"]


def by_level(table: dict, *columns: str) -> dict:
    return {row["level"]: tuple(row[one] for one in columns) for row in table["rows"]}


def test_units_and_people_are_counted_under_each_code_a_unit_once_a_theme(coded_group):
    assert by_level(tables_of(coded_group())["T1"], "units", "people") == {
        "liens": (4, 2),  # 1, 2, 3, 5, of Citron and Morio
        "humour": (3, 2),
        "soutien": (1, 1),
        "savoir": (2, 2),  # 2 and 4, of Morio and Gazé
    }


def test_themes_are_counted_by_month_and_by_day(coded_group):
    tables = tables_of(coded_group())
    assert by_level(tables["T2"], "units-2020-03", "share-2020-03") == {
        "liens": (4, 0.8), "savoir": (2, 0.4), "vide": (0, 0),
    }  # fmt: skip
    assert by_level(tables["T3"], "liens", "savoir") == {
        "2020-03-17": (2, 1), "2020-03-18": (1, 1), "2020-03-19": (0, 0), "2020-03-20": (0, 0), "2020-03-21": (1, 0),
    }  # fmt: skip


def test_two_themes_stand_together_in_a_unit_or_one_after_the_other(coded_group):
    # unit 2 bears both; 1-2 (a minute apart) and 3-4 pass from one to the other; 2-3 and 4-5 are of other days
    assert by_level(tables_of(coded_group())["T4"], "same", "next") == {"liens-savoir": (1, 2)}


def test_suggestions_that_a_coder_was_shown_are_told_beside_the_agreement(coded_group):
    root = coded_group()
    sheet = root / "surveys" / "fil" / "coding" / "suggestions-B.csv"
    sheet.write_text("unit,shown,taken\n1,savoir;soutien,\n2,humour,humour\n", encoding="utf-8")
    build_report(root, "fil")
    said = unescape((root / RESULTS / "fil" / "index.md").read_text(encoding="utf-8")).replace("\u00a0", " ")
    assert "B s'est vu montrer, après avoir décidé, 3 codes suggérés par les mots de ses passages ; 1 donnés." in said


def test_agreement_is_measured_on_the_units_that_both_coded(coded_group):
    found = by_level(tables_of(coded_group())["T5"], "units-A", "units-B", "kappa")
    # units 1, 2, 4, 5. Humour: A yes yes no yes, B yes no no no; observed 2/4, by chance 3/4 x 1/4 + 1/4 x 3/4 = 3/8
    assert found["humour"] == (3, 1, pytest.approx((1 / 2 - 3 / 8) / (1 - 3 / 8)))
    assert found["savoir"] == (2, 2, 1)
    assert found["soutien"] == (0, 1, 0)
    # the same codes on 1 and 4 of 4; labels A h hs s h, B h s s so: by chance 1/2 x 1/4 + 1/4 x 1/2 = 1/4
    assert found["overall"] == (4, 4, pytest.approx((1 / 2 - 1 / 4) / (1 - 1 / 4)))


def test_a_code_that_one_coder_never_gave_is_named(coded_group):
    root = coded_group()
    build_report(root, "fil")
    page = unescape((root / RESULTS / "fil" / "index.md").read_text(encoding="utf-8")).replace("\u2019", "'")
    assert "A n'a jamais donné" in page
    assert "Soutien, qu'un autre a donné" in page


def test_what_was_agreed_on_counts_and_says_who_was_followed(coded_group):
    tables = tables_of(coded_group(consensus="2,savoir,B\n5,vide,none\n"))
    assert by_level(tables["T6"], "units") == {"B": (1,), "none": (1,)}
    assert by_level(tables["T1"], "units") == {
        "liens": (2,), "humour": (1,), "soutien": (1,), "savoir": (2,), "vide": (1,),
    }  # fmt: skip


def test_saturation_counts_codes_the_day_they_are_new(coded_group):
    assert by_level(tables_of(coded_group())["T7"], "new", "known") == {
        "2020-03-17": (2, 2), "2020-03-18": (1, 3), "2020-03-21": (0, 3),
    }  # fmt: skip


def test_a_code_of_few_people_is_not_told_nor_its_units_and_agreement(coded_group):
    tables = tables_of(coded_group(threshold=2))
    found = by_level(tables["T1"], "units", "people")
    assert "soutien" not in found  # it is of Citron alone
    assert set(by_level(tables["T5"], "kappa", "alpha").get("soutien", ())) <= {"masqué"}
    assert {cell for row in tables["T3"]["rows"] for cell in row.values() if isinstance(cell, int)} <= {0, 2, 3}


def test_a_report_is_made_again_when_a_coder_changes_a_code(coded_group):
    root = coded_group()
    build_report(root, "fil")
    assert not staleness(root, "fil").rebuildable
    path = root / "surveys" / "fil" / "coding" / "coder-A.csv"
    path.write_text(rows_of({**A, 5: "vide"}), encoding="utf-8")
    assert staleness(root, "fil").rebuildable


@pytest.mark.parametrize("row", ["9,humour", "1,inconnu"])
def test_a_unit_or_a_code_that_is_not_is_told(row, coded_group):
    root = coded_group()
    path = root / "surveys" / "fil" / "coding" / "coder-B.csv"
    path.write_text(f"unit,codes,memo,review\n{row},,\n", encoding="utf-8")
    with pytest.raises(ProblemsFound):
        build_report(root, "fil")


def test_areas_of_a_treemap_fill_it_each_as_large_as_its_weight():
    found = laid_out([6, 6, 4, 3, 2, 2, 1, 0], 0, 0, 6, 4)  # the example of Bruls, Huizing & van Wijk, 24 in 6 x 4
    areas = {one.place: one.width * one.height for one in found}
    assert areas == pytest.approx({0: 6, 1: 6, 2: 4, 3: 3, 4: 2, 5: 2, 6: 1})
    # as the paper draws it: 6 and 6 in a first column of 3 x 4, then 4 and 3 in a row of 3 x 7/3
    assert [(one.x, one.y) for one in found[:4]] == [(0, 0), (0, 2), (3, 0), (3 + 12 / 7, 0)]
