"""Wilcoxon's signed rank test and the Hodges-Lehmann estimate of the change."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy import special

from analysis.statistics.answers import Answers, Vector, complete_pairs
from analysis.statistics.ranks import distinct, exact_p_value, exact_quantile, mid_ranks, signed_rank_counts
from analysis.statistics.result import Result
from analysis.statistics.root import find_root

EXACT_BELOW = 50
ROOT_TOLERANCE = 1e-4


def signed_rank(before: Answers, after: Answers, *, level: float = 0.95) -> Result:
    """R's ``wilcox.test(after, before, paired = TRUE, conf.int = TRUE)``, two-sided.

    One row a person, both answers in the same unit; pairs that miss one are left out. Pairs that did not move
    are dropped; exact when none did, no two changes tie in size and n < 50, otherwise normal with continuity and
    tie corrections. ``estimate`` is the pseudomedian of the changes that are not zero, as R gives it;
    ``detail["pseudomedian_with_zeros"]`` is that of all changes. ``effect_size`` is the matched-pairs rank-biserial
    correlation, -1 to 1. Sources: Hollander & Wolfe, Nonparametric Statistical Methods; Kerby, 2014.
    """
    x, y, missing = complete_pairs(before, after)
    change = y - x
    moved = change[change != 0]
    n, zeros = len(moved), int(np.sum(change == 0))
    detail: dict[str, Any] = {
        "zeros": zeros, "missing": missing, "moved": n, "level": level, "estimate": "pseudomedian",
        "effect": "matched_rank_biserial", "pseudomedian_with_zeros": pseudomedian(change),
    }  # fmt: skip
    if not n:
        reason = "personne n'a changé de réponse" if zeros else "aucune paire complète"
        return Result("signed_rank", len(change), detail=detail, undefined=reason)
    values, counts = distinct(moved)
    ranks, ties = mid_ranks(np.abs(values), counts)
    statistic = float(np.sum((counts * ranks)[values > 0]))
    exact = n < EXACT_BELOW and not zeros and not ties
    detail["method"] = "exact" if exact else "asymptotic"
    if exact:
        p_value = exact_p_value(signed_rank_counts(n), round(statistic))
        estimate, interval = _exact_location(moved, level)
    else:
        p_value = float(2 * special.ndtr(-abs(_standardised(statistic, n, ties, corrected=True))))
        estimate, interval, detail["level"] = _asymptotic_location(values, counts, level)
    return Result(
        "signed_rank", len(change), statistic=statistic, p_value=min(1.0, p_value), estimate=estimate,
        ci_low=interval[0], ci_high=interval[1], effect_size=4 * statistic / (n * (n + 1)) - 1, detail=detail,
    )  # fmt: skip


def pseudomedian(values: Vector) -> float | None:
    """Median of the averages of all pairs (each with itself too), zeros kept; None beyond 3,000 distinct values."""
    found, counts = distinct(values)
    if not 0 < len(found) <= 3000:
        return None
    first, second = np.triu_indices(len(found))
    averages = (found[first] + found[second]) / 2
    weights = np.where(first == second, counts[first] * (counts[first] + 1) / 2, counts[first] * counts[second])
    order = np.argsort(averages, kind="stable")
    reached = np.cumsum(weights[order])
    low, high = (averages[order][np.searchsorted(reached, rank)] for rank in _middle(reached[-1]))
    return float((low + high) / 2)


def _middle(total: float) -> tuple[float, float]:
    return math.floor((total + 1) / 2), math.ceil((total + 1) / 2)


def _standardised(statistic: float, n: float, ties: float, *, corrected: bool) -> float:
    """The statistic in standard deviations from its mean; NaN when it cannot vary."""
    distance = statistic - n * (n + 1) / 4
    spread = math.sqrt(n * (n + 1) * (2 * n + 1) / 24 - ties / 48)
    if not spread:
        return math.nan
    return (distance - corrected * math.copysign(0.5, distance) * (distance != 0)) / spread


def _exact_location(moved: Vector, level: float) -> tuple[float, tuple[float, float]]:
    averages = np.sort(np.add.outer(moved, moved)[np.triu_indices(len(moved))]) / 2
    cut = max(1, exact_quantile(signed_rank_counts(len(moved)), (1 - level) / 2))
    return float(np.median(averages)), (float(averages[cut - 1]), float(averages[len(averages) - cut]))


def _asymptotic_location(
    values: Vector, counts: Vector, level: float
) -> tuple[float | None, tuple[float | None, float | None], float]:
    """Estimate, interval and the level it reaches (R halves the confidence asked for until the ends allow it)."""
    low, high = float(values[0]), float(values[-1])

    def shifted(location: float, corrected: bool) -> float:
        rest = values - location
        kept = rest != 0
        ranks, ties = mid_ranks(np.abs(rest[kept]), counts[kept])
        positive = rest[kept] > 0
        return _standardised(
            float(np.sum((counts[kept] * ranks)[positive])), float(counts[kept].sum()), ties, corrected=corrected
        )

    at_low, at_high = shifted(low, True), shifted(high, True)
    if math.isnan(at_low) or math.isnan(at_high):
        return (low + high) / 2, (None, None), 0.0
    estimate = find_root(lambda d: shifted(d, False), low, high, tolerance=ROOT_TOLERANCE)
    alpha = 1 - level
    while alpha < 1 and (at_low < _normal_cut(alpha) or at_high > -_normal_cut(alpha)):
        alpha *= 2
    if alpha >= 1:
        return estimate, (None, None), 0.0
    bounds = [
        find_root(lambda d, z=z: shifted(d, True) - z, low, high, at_low=at_low - z, at_high=at_high - z,
                  tolerance=ROOT_TOLERANCE)
        for z in (_normal_cut(alpha), -_normal_cut(alpha))
    ]  # fmt: skip
    return estimate, (bounds[0], bounds[1]), 1 - alpha


def _normal_cut(alpha: float) -> float:
    return float(-special.ndtri(alpha / 2))
