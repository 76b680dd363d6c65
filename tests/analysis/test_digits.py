"""Where people are protected, public files hold the digits that a reader uses, and no rank, tie or spread of ranks."""

import csv
import json

import pytest

from analysis.disclosure.digits import significant
from analysis.report.building import RESULTS, build_report, write_exact
from divan.sources.problem import ProblemsFound

STUDY = "pilote"
RANKS = {"signed_rank", "mann_whitney", "kruskal_wallis", "shapiro_wilk", "spearman", "paired_t", "welch_t"}
TELL_COUNTS = {"zeros", "ties", "moved", "missing", "pseudomedian_with_zeros", "n_first", "n_second", "dof"}


@pytest.fixture
def root(copied):
    root = copied(STUDY)
    plan = root / "surveys" / STUDY / "plan.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("threshold: 1\n", "threshold: 5\n"), encoding="utf-8")
    return root


@pytest.fixture
def report(root):
    build_report(root, STUDY)
    return json.loads((root / RESULTS / STUDY / "report.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("p", "shown"), [(0.0123456, 0.0123), (0.99951, 1.0), (1.23456e-7, 1.23e-7), (None, None)])
def test_a_p_has_three_digits(p, shown):
    assert significant(p) == shown


def test_no_test_tells_a_rank_sum_a_tie_or_who_did_not_move(report):
    told = [test for test in report["tests"] if test["test"] in RANKS and test["p_value"] is not None]
    assert told
    for test in told:
        assert test["statistic"] is None
        assert not TELL_COUNTS & test["detail"].keys()
        assert test["p_value"] == significant(test["p_value"])


def test_a_mean_in_a_file_has_the_decimals_of_the_page(root, report):
    rows = list(csv.DictReader((root / RESULTS / STUDY / "t2.csv").read_text(encoding="utf-8").splitlines()))
    means = [row["before"] for row in rows if row["level"] == "mean"]
    assert means
    assert all(len(mean.partition(".")[2]) <= 2 for mean in means)


def test_the_exact_edition_hides_nothing_and_stands_outside_any_repository(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("chercheurs")
    write_exact(root, STUDY, folder)
    report = json.loads((folder / STUDY / "report.json").read_text(encoding="utf-8"))
    assert "masqué" not in json.dumps(report["tables"], ensure_ascii=False)
    assert any(test["test"] == "signed_rank" and test["statistic"] is not None for test in report["tests"])
    assert not (root / RESULTS).exists()


def test_the_exact_edition_is_refused_in_a_repository_even_deep_inside(root):
    (root / ".git").mkdir()
    for place in (root, root / "a" / "b", root / "a" / ".." / "c"):
        with pytest.raises(ProblemsFound, match="ne s'écrit pas dans un dépôt git"):
            write_exact(root, STUDY, place)
    assert not (root / "a").exists()
