"""Kappa, its interval and alpha against R's irr, vcd and psych: ``tests/analysis/r/agreement.R`` wrote the figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.statistics import cohen_kappa
from analysis.statistics.krippendorff import krippendorff_alpha

SETS = json.loads((Path(__file__).parents[1] / "r" / "agreement.json").read_text(encoding="utf-8"))["sets"]
PAIRS = {name: one for name, one in SETS.items() if "two" in one}
CLOSE = {"rel": 1e-9, "abs": 1e-12}  # irr rounds a p-value below 1e-16 to zero


@pytest.mark.parametrize("name", SETS)
def test_alpha_is_that_of_irr(name):
    assert krippendorff_alpha(SETS[name]["labels"]).estimate == pytest.approx(SETS[name]["alpha"], **CLOSE)


@pytest.mark.parametrize("name", PAIRS)
def test_kappa_is_that_of_irr_and_its_interval_that_of_vcd_and_psych(name):
    found, told = cohen_kappa(*PAIRS[name]["labels"]), PAIRS[name]["two"]
    assert found.n == told["n"]
    assert found.estimate == pytest.approx(told["kappa"], **CLOSE)
    assert (found.statistic, found.p_value) == pytest.approx((told["z"], told["p_value"]), **CLOSE)
    for source in ("vcd", "psych"):
        assert (found.ci_low, found.ci_high) == pytest.approx((told[f"{source}_low"], told[f"{source}_high"]), **CLOSE)
