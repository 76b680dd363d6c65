"""Wilcoxon's signed rank test."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from analysis.statistics.answers import Answers, Vector, complete_pairs
from analysis.statistics.effect_interval import of_correlation
from analysis.statistics.location import Location, crossing, exact_location, median_sum, normal_cut
from analysis.statistics.ranks import distinct, mid_ranks
from analysis.statistics.result import Result

EXACT_BELOW = 50


def signed_rank(before: Answers, after: Answers, *, level: float = 0.95) -> Result:
    """R's ``wilcox.test(after, before, paired = TRUE, conf.int = TRUE)``, two-sided.

    One row a person, both answers in the same unit; pairs that miss one are left out. Pairs that did not move
    are dropped; exact when none did, no two changes tie in size and n < 50, otherwise normal with continuity and
    tie corrections. ``estimate`` is the pseudomedian of the changes that are not zero, as R gives it;
    ``detail["pseudomedian_with_zeros"]`` is that of all changes, ``with_zeros_low`` and ``with_zeros_high`` its
    interval. ``effect_size`` is the matched-pairs rank-biserial correlation, -1 to 1.
    Sources: Hollander & Wolfe, Nonparametric Statistical Methods; Kerby, 2014.
    """
    from scipy.stats import wilcoxon  # slow to load

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
    location = _location(moved, exact, level)
    everybody = _location(change, len(np.unique(change)) == len(change) < EXACT_BELOW, level) if zeros else location
    effect = 4 * statistic / (n * (n + 1)) - 1
    effect_low, effect_high = of_correlation(effect, math.sqrt(2 * (2 * n + 1) / (3 * n * (n + 1))), level)
    detail |= {"level": location.level, "with_zeros_low": everybody.ci_low, "with_zeros_high": everybody.ci_high}
    return Result(
        "signed_rank", len(change), statistic=statistic,
        p_value=float(wilcoxon(moved, zero_method="wilcox", correction=True, method=detail["method"]).pvalue),
        estimate=location.estimate, ci_low=location.ci_low, ci_high=location.ci_high,
        effect_size=effect, effect_low=effect_low, effect_high=effect_high, detail=detail,
    )  # fmt: skip


def pseudomedian(changes: Vector) -> float | None:
    """Median of the averages of all pairs of changes, each with itself too, zeros kept; None beyond 3,000 values."""
    values, counts = distinct(changes)
    weights = np.triu(np.outer(counts, counts), 1) + np.diag(counts * (counts + 1) / 2) if len(values) < 3000 else None
    return None if weights is None else median_sum(values / 2, values / 2, weights)


def _law(n: int) -> Vector:
    """How many of the 2^n sign patterns give each value of V, 0 to n(n+1)/2."""
    counts = np.ones(1)
    for rank in range(1, n + 1):
        counts = np.pad(counts, (0, rank)) + np.pad(counts, (rank, 0))
    return counts


def _location(changes: Vector, exact: bool, level: float) -> Location:
    """Exact, or where the normal statistic of the changes, all lowered by as much, crosses the two normal cuts.

    As R: when even the ends of the changes are inside the interval, the risk is doubled until they are not.
    """
    if exact:
        sums = np.add.outer(changes, changes)[np.triu_indices(len(changes))] / 2
        return exact_location(sums, _law(len(changes)), level)
    values, counts = distinct(changes)
    ends = float(values[0]), float(values[-1])
    at_low, at_high = (_lowered(values, counts, end) for end in ends)
    middle = pseudomedian(changes)
    if math.isnan(at_low) or math.isnan(at_high):
        return Location(middle)
    if middle is None:
        middle = crossing(lambda by: _lowered(values, counts, by), ends, values / 2, values / 2)
    risk = 1 - level
    while risk < 1 and (at_low < normal_cut(1 - risk) or at_high > -normal_cut(1 - risk)):
        risk *= 2
    if risk >= 1:
        return Location(middle)
    cut = normal_cut(1 - risk)
    low = crossing(lambda by: _lowered(values, counts, by) - cut, ends, values / 2, values / 2)
    high = crossing(lambda by: _lowered(values, counts, by) + cut, ends, values / 2, values / 2)
    return Location(middle, low, high, 1 - risk)


def _lowered(values: Vector, counts: Vector, by: float) -> float:
    """V of the lowered changes, in standard deviations from its mean, with continuity; NaN when it cannot vary."""
    rest = values - by
    counts, rest = counts[rest != 0], rest[rest != 0]
    ranks, ties = mid_ranks(np.abs(rest), counts)
    n = float(counts.sum())
    distance = float(np.sum((counts * ranks)[rest > 0])) - n * (n + 1) / 4
    spread = math.sqrt(n * (n + 1) * (2 * n + 1) / 24 - ties / 48)
    return (distance - math.copysign(0.5, distance) * (distance != 0)) / spread if spread else math.nan
