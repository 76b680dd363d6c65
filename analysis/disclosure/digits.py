"""The digits that reading needs: where people are protected, a public file holds no more than its page shows.

A rank sum, a number of ties or of those who did not move, a p of twelve digits: each is an equation on counts that are
hidden. Three digits of p and two decimals are what a reader uses.
"""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal
from typing import Any

from analysis.tables.cells import Cell, Count, Effect, Interval, Number
from analysis.tables.table import Test
from divan.sources import french

P_DIGITS, DECIMALS, PERCENT = 3, 2, 1
OF_COUNTS = frozenset({"chi_square", "proportion_trend"})
"""Tests whose statistic says nothing but the counts of their table; that of a rank test says who came before whom."""
KEPT = frozenset({"method", "level", "part", "reference", "type", "estimate", "effect", "up", "down", "equal", "family",
                  "draws", "seed", "p_low", "p_high", "aliased"})  # fmt: skip
ROUNDED = ("r_squared", "adjusted_r_squared")


def readable_cell(cell: Cell) -> Cell:
    """The cell, its figures rounded as they are shown."""
    if isinstance(cell, Count):
        return replace(cell, digits=PERCENT)
    if isinstance(cell, Number):
        digits = cell.digits + (2 if cell.form == "percent" else 0)
        return replace(cell, value=significant(cell.value) if cell.form == "p" else rounded(cell.value, digits))
    if isinstance(cell, Interval):
        digits = cell.digits + (2 if cell.form == "percent" else 0)
        return replace(cell, low=rounded(cell.low, digits), high=rounded(cell.high, digits))
    if isinstance(cell, Effect):
        value, low, high = (rounded(one) for one in (cell.value, cell.low, cell.high))
        return replace(cell, value=value, low=low, high=high)
    return cell


def readable_test(test: Test) -> Test:
    """The test without what its table does not show: no rank sum, no tie, no number of those who did not move."""
    one = test.result
    detail: dict[str, Any] = {name: value for name, value in one.detail.items() if name in KEPT}
    detail |= {name: rounded(one.detail[name], 3) for name in ROUNDED if name in one.detail}
    if "p_holm" in one.detail:
        detail["p_holm"] = significant(one.detail["p_holm"])
    of_counts = one.test in OF_COUNTS
    kept = replace(
        one,
        statistic=rounded(one.statistic) if of_counts else None,
        dof=one.dof if of_counts else None,
        p_value=significant(one.p_value),
        estimate=rounded(one.estimate),
        ci_low=rounded(one.ci_low),
        ci_high=rounded(one.ci_high),
        effect_size=rounded(one.effect_size),
        effect_low=rounded(one.effect_low),
        effect_high=rounded(one.effect_high),
        detail=detail,
    )
    return replace(test, result=kept)


def significant(p: float | None) -> float | None:
    """A p with three significant digits."""
    if p is None or not math.isfinite(p) or p == 0:
        return p
    return float(french.rounded(p, P_DIGITS - 1 - Decimal(f"{p:.2e}").adjusted()))


def rounded(value: float | None, digits: int = DECIMALS) -> float | None:
    """A figure with as many decimals."""
    if value is None or isinstance(value, int) or not math.isfinite(value):
        return value
    return float(french.rounded(value, digits))
