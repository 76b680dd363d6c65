"""The tree of codes: its file, its faults, and what becomes of codes that are merged, split or renamed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from divan.sources.problem import ProblemsFound
from surveys.coding.code_changes import merge, rename, split
from surveys.coding.code_tree import CodeTree, load_tree, tree_yaml
from surveys.coding.coder_file import Coding, codes_today, read_coder, write_coder
from surveys.coding.consensus import followed, to_settle

TREE = """
codes:
  - id: liens
    label: Se lier
    grouping: true
    codes:
      - {id: humour, label: Humour, codes: [{id: ironie, label: Ironie}]}
      - {id: soutien, label: Soutien, memo: "Dire à l'autre : tiens bon."}
  - {id: savoir, label: Savoir, colour: "#123456"}
"""
TODAY = date(2026, 3, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "surveys" / "fil"
    found.mkdir(parents=True)
    (found / "codes.yaml").write_text(TREE, encoding="utf-8")
    return found


@pytest.fixture
def tree(folder: Path) -> CodeTree:
    return load_tree(folder)


def test_a_code_belongs_to_the_theme_at_the_top_of_its_branch(tree):
    assert {code: theme.id for code, theme in tree.theme_of.items()} == {
        "liens": "liens", "humour": "liens", "ironie": "liens", "soutien": "liens", "savoir": "savoir",
    }  # fmt: skip


def test_a_tree_written_reads_the_same(folder, tree):
    changed = merge(tree, "ironie", "soutien", today=TODAY)
    (folder / "codes.yaml").write_text(tree_yaml(changed), encoding="utf-8")
    assert load_tree(folder) == changed


def test_a_merged_code_gives_its_units_and_branches_to_the_other(tree):
    found = merge(tree, "humour", "soutien", today=TODAY)
    assert found.today("humour") == ("soutien",)
    assert [one.id for one in found.by_id["soutien"].codes] == ["ironie"]
    assert "humour" not in found.by_id


def test_a_renamed_code_is_read_under_its_new_name_and_again_when_merged_later(tree):
    found = merge(rename(tree, "humour", "rire", "Rire", today=TODAY), "rire", "soutien", today=TODAY)
    assert found.today("humour") == ("soutien",)
    assert [one.did for one in found.changes] == ["rename", "merge"]


def test_a_split_code_asks_to_code_again(tree):
    found = split(tree, "soutien", [("aide", "Aide"), ("merci", "Merci")], today=TODAY)
    assert found.today("soutien") == ("aide", "merci")
    assert codes_today(found, ("soutien", "savoir")) == ("savoir",)
    assert [one.id for one in found.by_id["liens"].codes] == ["humour", "aide", "merci"]


@pytest.mark.parametrize("change", [
    lambda tree: merge(tree, "humour", "inconnu", today=TODAY),
    lambda tree: merge(tree, "liens", "humour", today=TODAY),  # into one of its own branches
    lambda tree: rename(tree, "humour", "savoir", "", today=TODAY),
    lambda tree: split(tree, "humour", [("un", "Un")], today=TODAY),
    lambda tree: split(tree, "humour", [("un", "Un"), ("un", "Deux")], today=TODAY),
    lambda tree: rename(rename(tree, "humour", "rire", "", today=TODAY), "soutien", "humour", "", today=TODAY),
])  # fmt: skip
def test_a_change_that_would_lose_a_code_is_refused(change, tree):
    with pytest.raises(ProblemsFound):
        change(tree)


@pytest.mark.parametrize(("wrong", "line"), [
    ("codes: [{id: a, label: A}, {id: a, label: B}]", 1),
    ("codes:\n  - {id: a, label: A}\nchanges:\n  - {date: 2026-01-01, did: merge, code: b, into: [c]}", 4),
    ("codes:\n  - {id: Été, label: A}", 2),
    ("codes:\n  - {id: a, label: A}\nchanges:\n  - {date: 2026-01-01, did: merge, code: a, into: [a]}", 4),
])  # fmt: skip
def test_a_tree_that_does_not_hold_is_told_on_its_line(wrong, line, folder):
    (folder / "codes.yaml").write_text(wrong, encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        load_tree(folder)
    assert found.value.problems[0].line == line


def test_what_a_coder_decided_is_kept_and_is_that_coder_s_alone(folder):
    decided = {"1": Coding(("humour", "savoir"), "=à voir ; ou pas", review=True), "2": Coding()}
    write_coder(folder, "A", decided)
    assert read_coder(folder, "A") == {"1": decided["1"]}
    assert read_coder(folder, "B") == {}


@pytest.mark.parametrize("rows", ["1,a,,\n1,b,,", "1,a"])
def test_a_coder_s_file_that_does_not_hold_is_told(rows, folder):
    write_coder(folder, "A", {})
    path = folder / "coding" / "coder-A.csv"
    path.write_text(f"unit,codes,memo,review\n{rows}\n", encoding="utf-8")
    with pytest.raises(ProblemsFound):
        read_coder(folder, "A")


@pytest.mark.parametrize("name", ["../x", "", "a b", "é"])
def test_a_coder_s_name_is_no_path(name, folder):
    with pytest.raises(ProblemsFound):
        write_coder(folder, name, {})


def test_a_consensus_is_on_units_that_two_coders_read_otherwise(tree):
    given = {"A": {"1": ("x",), "2": ("x", "y"), "3": ("x",)}, "B": {"1": ("y",), "2": ("y", "x"), "4": ("y",)}}
    assert to_settle(given) == ["1"]


@pytest.mark.parametrize(("codes", "who"), [(["x"], "A"), (["y"], "B"), (["z"], "none")])
def test_a_consensus_says_who_was_followed(codes, who):
    assert followed(codes, {"A": ["x"], "B": ["y"]}) == who
