"""The Mann-Whitney (Wilcoxon rank sum) test and the shift between two groups."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy import special

from analysis.statistics.answers import Answers, Vector, given
from analysis.statistics.location import ROOT_TOLERANCE, Location, exact_location
from analysis.statistics.ranks import distinct, exact_p_value, mid_ranks, rank_sum_counts
from analysis.statistics.result import Result
from analysis.statistics.root import find_root

EXACT_BELOW = 50


def mann_whitney(first: Answers, second: Answers, *, level: float = 0.95) -> Result:
    """R's ``wilcox.test(first, second, conf.int = TRUE)``, two-sided, with R's W (that of the first group).

    One answer a person, the two groups in the same unit; missing answers are left out. Exact when nothing ties
    and both groups are under 50, otherwise normal with continuity and tie corrections. ``estimate`` is the
    Hodges-Lehmann shift, first minus second; ``effect_size`` the rank-biserial correlation 2W / (n1 n2) - 1.
    Source: Hollander & Wolfe, Nonparametric Statistical Methods.
    """
    x, x_missing = given(first)
    y, y_missing = given(second)
    detail: dict[str, Any] = {"n_first": len(x), "n_second": len(y), "missing": x_missing + y_missing,
                              "level": level, "estimate": "location_shift", "effect": "rank_biserial"}  # fmt: skip
    if not len(x) or not len(y):
        return Result("mann_whitney", len(x) + len(y), detail=detail, undefined="un des deux groupes est vide")
    comparison = _Comparison(x, y)
    statistic, ties = comparison.statistic(0.0)
    exact = max(len(x), len(y)) < EXACT_BELOW and not ties
    detail["method"] = "exact" if exact else "asymptotic"
    effect = 2 * statistic / (len(x) * len(y)) - 1
    if exact:
        law = rank_sum_counts(len(x), len(y))
        p_value = exact_p_value(law, round(statistic))
        location = exact_location(np.subtract.outer(x, y), law, level)
    else:
        z = comparison.standardised(0.0, corrected=True)
        if math.isnan(z):
            return Result("mann_whitney", len(x) + len(y), statistic=statistic, effect_size=effect, detail=detail,
                          undefined="toutes les réponses sont égales")  # fmt: skip
        p_value = min(1.0, float(2 * special.ndtr(-abs(z))))
        location = comparison.location(level)
    detail["level"] = location.level
    return Result(
        "mann_whitney", len(x) + len(y), statistic=statistic, p_value=p_value, estimate=location.estimate,
        ci_low=location.ci_low, ci_high=location.ci_high, effect_size=effect, detail=detail,
    )  # fmt: skip


class _Comparison:
    """Two groups held as distinct values and counts, compared after the first is shifted down."""

    def __init__(self, x: Vector, y: Vector) -> None:
        self.m, self.n = len(x), len(y)
        self.x, x_counts = distinct(x)
        self.y, y_counts = distinct(y)
        self.counts = np.concatenate([x_counts, y_counts])

    def statistic(self, shift: float) -> tuple[float, float]:
        ranks, ties = mid_ranks(np.concatenate([self.x - shift, self.y]), self.counts)
        of_first = (self.counts * ranks)[: len(self.x)]
        return float(of_first.sum()) - self.m * (self.m + 1) / 2, ties

    def standardised(self, shift: float, *, corrected: bool) -> float:
        statistic, ties = self.statistic(shift)
        m, n, total = self.m, self.n, self.m + self.n
        variance = m * n / 12 * (total + 1 - ties / (total * (total - 1)))
        if variance <= 1e-12 * m * n * total:
            return math.nan
        distance = statistic - m * n / 2
        return (distance - corrected * math.copysign(0.5, distance) * (distance != 0)) / math.sqrt(variance)

    def location(self, level: float) -> Location:
        """Where the standardised statistic crosses 0 and the two normal cuts."""
        low, high = float(self.x[0] - self.y[-1]), float(self.x[-1] - self.y[0])
        if low == high:
            return Location(low)
        cut = float(special.ndtri((1 + level) / 2))
        found = (self._crossing(low, high, z, z != 0) for z in (0.0, cut, -cut))
        estimate, ci_low, ci_high = found
        return Location(estimate, ci_low, ci_high, level)

    def _crossing(self, low: float, high: float, z: float, corrected: bool) -> float:
        at_low = self.standardised(low, corrected=corrected) - z
        at_high = self.standardised(high, corrected=corrected) - z
        if corrected and at_low <= 0:
            return low
        if corrected and at_high >= 0:
            return high
        return find_root(lambda d: self.standardised(d, corrected=corrected) - z, low, high,
                         at_low=at_low, at_high=at_high, tolerance=ROOT_TOLERANCE)  # fmt: skip
