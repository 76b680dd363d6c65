"""The Mann-Whitney (Wilcoxon rank sum) test and the shift between two groups."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from analysis.statistics.answers import Answers, Vector, given
from analysis.statistics.effect_interval import of_correlation
from analysis.statistics.location import Location, crossing, exact_location, median_sum, normal_cut
from analysis.statistics.ranks import distinct, mid_ranks
from analysis.statistics.result import Result

EXACT_BELOW = 50


def mann_whitney(first: Answers, second: Answers, *, level: float = 0.95) -> Result:
    """R's ``wilcox.test(first, second, conf.int = TRUE)``, two-sided, with R's W (that of the first group).

    One answer a person, the two groups in the same unit; missing answers are left out. Exact when nothing ties
    and both groups are under 50, otherwise normal with continuity and tie corrections. ``estimate`` is the
    Hodges-Lehmann shift, first minus second; ``effect_size`` the rank-biserial correlation 2W / (n1 n2) - 1.
    Source: Hollander & Wolfe, Nonparametric Statistical Methods.
    """
    from scipy.stats import mannwhitneyu  # slow to load

    x, x_missing = given(first)
    y, y_missing = given(second)
    detail: dict[str, Any] = {"n_first": len(x), "n_second": len(y), "missing": x_missing + y_missing,
                              "level": level, "estimate": "location_shift", "effect": "rank_biserial"}  # fmt: skip
    if not len(x) or not len(y):
        return Result("mann_whitney", len(x) + len(y), detail=detail, undefined="un des deux groupes est vide")
    both = np.concatenate([x, y])
    exact = max(len(x), len(y)) < EXACT_BELOW and len(np.unique(both)) == len(both)
    detail["method"] = "exact" if exact else "asymptotic"
    if both.min() == both.max():
        return Result("mann_whitney", len(both), statistic=len(x) * len(y) / 2, effect_size=0.0, detail=detail,
                      undefined="toutes les réponses sont égales")  # fmt: skip
    found = mannwhitneyu(x, y, use_continuity=True, method=detail["method"])
    effect = 2 * float(found.statistic) / (len(x) * len(y)) - 1
    effect_low, effect_high = of_correlation(effect, math.sqrt((len(both) + 1) / (3 * len(x) * len(y))), level)
    location = _location(x, y, exact, level)
    detail["level"] = location.level
    return Result(
        "mann_whitney", len(both), statistic=float(found.statistic), p_value=float(found.pvalue),
        estimate=location.estimate, ci_low=location.ci_low, ci_high=location.ci_high,
        effect_size=effect, effect_low=effect_low, effect_high=effect_high, detail=detail,
    )  # fmt: skip


def _law(m: int, n: int) -> Vector:
    """How many of the (m+n choose m) orders give each value of W, 0 to mn: the Gaussian binomial's coefficients."""
    counts = np.array([1] + [0] * (m * n), dtype=object)  # exact integers: the terms cancel
    for i in range(1, m + 1):
        counts[n + i :] = counts[n + i :] - counts[: -(n + i)]
        for rest in range(i):
            counts[rest::i] = np.cumsum(counts[rest::i])
    return counts.astype(float)


def _location(x: Vector, y: Vector, exact: bool, level: float) -> Location:
    """Exact, or where the normal statistic, the first group lowered, crosses the two normal cuts."""
    if exact:
        return exact_location(np.subtract.outer(x, y), _law(len(x), len(y)), level)
    (x, x_counts), (y, y_counts) = distinct(x), distinct(y)
    ends = float(x[0] - y[-1]), float(x[-1] - y[0])
    if ends[0] == ends[1]:
        return Location(ends[0])
    back = -y[::-1]
    middle = median_sum(x, back, np.outer(x_counts, y_counts[::-1])) if len(x) * len(y) <= 10_000_000 else None

    def lowered(by: float) -> float:
        return _standardised(x - by, x_counts, y, y_counts)

    def bound(cut: float) -> float:
        at_low, at_high = (lowered(end) - cut for end in ends)
        return ends[0] if at_low <= 0 else ends[1] if at_high >= 0 else crossing(
            lambda by: lowered(by) - cut, ends, x, back)  # fmt: skip

    cut = normal_cut(level)
    return Location(bound(0.0) if middle is None else middle, bound(cut), bound(-cut), level)


def _standardised(x: Vector, x_counts: Vector, y: Vector, y_counts: Vector) -> float:
    """W in standard deviations from its mean, with continuity."""
    counts = np.concatenate([x_counts, y_counts])
    ranks, ties = mid_ranks(np.concatenate([x, y]), counts)
    m, n = float(x_counts.sum()), float(y_counts.sum())
    distance = float((counts * ranks)[: len(x)].sum()) - m * (m + 1) / 2 - m * n / 2
    variance = m * n / 12 * (m + n + 1 - ties / ((m + n) * (m + n - 1)))
    return (distance - math.copysign(0.5, distance) * (distance != 0)) / math.sqrt(variance)
