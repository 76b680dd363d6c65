"""Rubin's rules give the figures of R's mice; chained equations give the same answer as mice, up to their draws."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.imputation import impute, pool

HOLES = Path(__file__).parents[1] / "r" / "holes.csv"


def test_rubins_rules_are_those_of_mice():
    # R: mice::pool.scalar(Q, U, n = 60, k = 1)
    found = pool([1.1, 0.9, 1.4, 1.2, 0.8], [0.09, 0.1, 0.08, 0.11, 0.095], 59)
    assert found.estimate == pytest.approx(1.08)
    assert found.standard_error**2 == pytest.approx(0.1634)
    assert found.dof == pytest.approx(13.52598716442)
    assert found.missing_information == pytest.approx(0.48896599697)
    assert (found.ci_low, found.ci_high) == pytest.approx((0.21015878635, 1.94984121365))
    assert found.p_value == pytest.approx(0.018673491242)


def test_without_holes_pooling_changes_nothing():
    found = pool([2.0, 2.0, 2.0], [0.25, 0.25, 0.25], 40)
    assert (found.estimate, found.standard_error, found.missing_information) == (2, 0.5, 0)


def test_a_change_with_holes_is_what_mice_finds():
    """mice, 600 draws (holes.R): 2.7403, error 0.3202, missing 0.2232; those without a hole alone say 2.98."""
    holes = pd.read_csv(HOLES)
    changes = [one["after"] - one["before"] for one in impute(holes, draws=200, seed=3)]
    found = pool([one.mean() for one in changes], [one.var(ddof=1) / len(one) for one in changes], len(holes) - 1)
    # the mean of 200 draws that vary by 0.147 is known within 0.0104; two of them, four errors
    assert found.estimate == pytest.approx(2.7403, abs=0.05)
    assert found.standard_error == pytest.approx(0.3202, abs=0.01)
    assert found.missing_information == pytest.approx(0.2232, abs=0.04)


def test_the_same_seed_fills_alike_and_only_holes_are_filled_with_answers_somebody_gave():
    holes = pd.read_csv(HOLES)
    first, again, other = (next(impute(holes, draws=1, seed=seed)) for seed in (3, 3, 4))
    assert first.equals(again)
    assert not first.equals(other)
    for name in holes:
        given = holes[name].notna()
        assert (first.loc[given, name] == holes.loc[given, name]).all()
        assert set(first[name]) <= set(holes[name].dropna())


def test_columns_that_say_nothing_do_not_stop_it():
    holes = pd.DataFrame({
        "answer": [1, 2, np.nan, 4, 5, 2], "nobody": [np.nan] * 6, "one": [7, 7, np.nan, 7, 7, 7],
        "alone": [np.nan, np.nan, np.nan, 3, np.nan, np.nan], "twice": [1, 2, 3, 4, 5, 2],
    })  # fmt: skip
    filled = next(impute(holes, draws=1, seed=1))
    assert filled["nobody"].isna().all()
    assert (filled["one"] == 7).all()
    assert (filled["alone"] == 3).all()
    assert filled["answer"].notna().all()
