"""A new page comes out when nobody, or enough people, changed since each earlier one: their difference shows nobody."""

import csv
import shutil
from datetime import date

import pytest

from analysis.disclosure.release_marks import Release, ReleaseMemory, changed, keep_memory
from analysis.report.building import RESULTS
from analysis.report.correcting import Correction, publish_report
from divan.sources.problem import ProblemsFound
from tests.analysis.dated_repository import copy_study

STUDY, K = "pilote", 5
FIRST, LATER = date(2023, 9, 1), date(2023, 10, 5)
SECRET = "5e" * 32  # marks drawn anew would be alike once in a while
WHY = Correction("Des réponses ont été corrigées.")


@pytest.fixture(scope="module")
def published_once(tmp_path_factory):
    """A study under a threshold of 5, its final page published."""
    root = copy_study(tmp_path_factory.mktemp("published"), STUDY)
    plan = root / "surveys" / STUDY / "plan.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("threshold: 1\n", f"threshold: {K}\n"), encoding="utf-8")
    keep_memory(root / "surveys" / STUDY / "review", ReleaseMemory(SECRET))
    publish_report(root, STUDY, today=FIRST)
    return root


@pytest.fixture
def root(published_once, tmp_path):
    """A copy of it, to change."""
    return shutil.copytree(published_once, tmp_path, dirs_exist_ok=True)


def rewrite(root, change):
    """Give the answers of the first wave to ``change``, and write what it returns."""
    path = root / "surveys" / STUDY / "responses" / "before.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    fields = list(rows[0])
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, fields, lineterminator="\n")
        lines.writeheader()
        lines.writerows(change(rows))


def erase(people):
    """The first answers go, each of a code of its own."""
    return lambda rows: rows[people:]


def raise_an_answer(people):
    """The first to have answered « cases » by less than 5 now say 5."""

    def change(rows):
        low = [row for row in rows if row["cases"] in {"1", "2", "3", "4"}][:people]
        return [row | {"cases": "5"} if row in low else row for row in rows]

    return change


def published(root):
    return {path.name: path.read_bytes() for path in (root / RESULTS / STUDY).iterdir() if path.is_file()}


@pytest.mark.parametrize("change", [erase(1), raise_an_answer(1), raise_an_answer(K - 1)])
def test_a_page_that_differs_by_a_few_people_does_not_come_out(root, change):
    before = published(root)
    rewrite(root, change)
    with pytest.raises(ProblemsFound, match="la différence des deux pages les montrerait"):
        publish_report(root, STUDY, WHY, LATER)
    assert published(root) == before


def test_a_page_that_differs_by_enough_people_comes_out(root):
    before = published(root)
    rewrite(root, raise_an_answer(K))
    assert publish_report(root, STUDY, WHY, LATER).new
    assert published(root) != before


def test_each_earlier_page_counts_not_only_the_last(root):
    # 5 erased, published; 4 of them come back: 4 people away from the second page, 1 from the first
    answers = root / "surveys" / STUDY / "responses" / "before.csv"
    whole = answers.read_text(encoding="utf-8").splitlines()
    rewrite(root, erase(K))
    publish_report(root, STUDY, WHY, LATER)
    answers.write_text("\n".join([whole[0], *whole[2:]]) + "\n", encoding="utf-8")  # all but one of the first page
    with pytest.raises(ProblemsFound, match=r"que par 1\s"):
        publish_report(root, STUDY, WHY, LATER)


@pytest.mark.parametrize("change", [erase(1), raise_an_answer(1)])
def test_a_moderator_without_the_memory_is_held_by_the_page_itself(root, change):
    shutil.rmtree(root / "surveys" / STUDY / "review")
    rewrite(root, change)
    with pytest.raises(ProblemsFound, match=r"que par 1\s"):
        publish_report(root, STUDY, WHY, LATER)


def test_the_same_people_may_be_published_again(root):
    publish_report(root, STUDY, today=LATER)
    shutil.rmtree(root / "surveys" / STUDY / "review")
    publish_report(root, STUDY, today=LATER)


def test_what_is_kept_is_a_mark_a_person_and_no_answer(root):
    kept = (root / "surveys" / STUDY / "review" / "releases.json").read_text(encoding="utf-8")
    rows = (root / "surveys" / STUDY / "responses" / "before.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert kept
    assert not [row for row in rows if row.split(",")[2] and row.split(",")[2] in kept]


def test_a_changed_answer_is_one_person_and_so_is_an_erased_one():
    first = Release("", ("00a", "00b", "00b"))
    assert changed(first, Release("", ("00a", "00b", "00c"))) == 1  # one 00b became 00c
    assert changed(first, Release("", ("00a", "00b"))) == 1  # one 00b is gone
    assert changed(first, first) == 0
