"""Every figure is R's, on the study and on generated data (tests/analysis/r holds the data and what R gave)."""

import json

import pytest

from bench import parity

STATISTICS = sorted({statistic for figures in parity.read_r()[1].values() for statistic in figures})


@pytest.fixture(scope="module")
def compared() -> list[parity.Compared]:
    """Every figure, ours and R's."""
    return list(parity.compare_all())


@pytest.mark.parametrize("statistic", STATISTICS)
def test_every_figure_is_within_1e7_of_r(compared, statistic):
    away = [one for one in compared if one.statistic == statistic and (one.difference or 0) > parity.TOLERANCE]
    assert not away, "\n".join(map(str, away))


def test_both_give_up_on_the_same_data():
    # a figure that only one side gives counts as infinitely far, so the comparison above sees it
    assert parity.relative_difference(None, 0.3) == parity.relative_difference(0.3, None) == float("inf")
    assert parity.relative_difference(None, None) is None


def test_a_tiny_p_value_is_compared_too():
    assert parity.relative_difference(1e-31, 2e-31) == pytest.approx(1)


def test_aliased_columns_are_those_that_r_drops():
    for data_set, expected in parity.read_r()[1].items():
        found = parity.found_in(data_set)["linear_regression"]
        assert found.get("aliased") == expected["linear_regression"].get("aliased"), data_set


def test_the_data_have_the_shapes_that_go_wrong():
    figures = json.loads((parity.R_FOLDER / "parity.json").read_text())["figures"]
    assert sum(name.startswith("study-") for name in figures) == 9
    assert len(figures) - 9 >= 24
    assert figures["aliased"]["linear_regression"]["aliased"]
    assert "error" in figures["nobody-moves"]["sign"]


def test_the_page_lists_every_statistic_with_its_counts(compared):
    # not the differences themselves: their last digits are the processor's
    def counts(page):
        return [line.split("|")[1:4] for line in page.splitlines() if line.startswith("| `")]

    written = (parity.ROOT / "docs" / "parity.md").read_text(encoding="utf-8")
    assert counts(written) == counts(parity.page(compared))
    assert len(counts(written)) == len(STATISTICS)
