"""The Hodges-Lehmann estimate and its interval: the shifts under which a rank test is at rest.

Both are pairwise sums of the answers (averages of two changes, differences of two people), found exactly: R looks for
them to 1e-4 and gives what it finds, as 1.00003 for 1. Source: Bauer, JASA, 1972; Hollander & Wolfe.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

from analysis.statistics.answers import Vector

MOST_PAIRS = 10_000_000


@dataclass(frozen=True, slots=True)
class Location:
    """An estimate with its interval and the level that it reaches; without an interval the level is 0."""

    estimate: float | None
    ci_low: float | None = None
    ci_high: float | None = None
    level: float = 0.0


def exact_location(sums: Vector, law: Vector, level: float) -> Location:
    """The median of the pairwise sums, and those that the exact law of the statistic, in counts, leaves inside.

    The level asked for is kept unless the few answers miss it by half the risk, as R does.
    """
    ordered, cumulated = np.sort(sums, axis=None), np.cumsum(law / law.sum())
    cut = max(1, int(np.searchsorted(cumulated, (1 - level) / 2 - 1e-12)))
    missed = 2 * float(cumulated[cut - 1])
    reached = level if missed <= 1.5 * (1 - level) else 1 - missed
    if reached <= 0:
        return Location(float(np.median(ordered)))
    return Location(float(np.median(ordered)), float(ordered[cut - 1]), float(ordered[-cut]), reached)


def median_sum(first: Vector, second: Vector, weights: Vector) -> float | None:
    """The median of ``first[i] + second[j]``, each counted ``weights[i, j]`` times; None beyond ten million sums."""
    if not 0 < weights.size <= MOST_PAIRS:
        return None
    sums = np.add.outer(first, second).ravel()
    order = np.argsort(sums, kind="stable")
    reached = np.cumsum(weights.ravel()[order])
    middle = np.array([(reached[-1] + 1) // 2, (reached[-1] + 2) // 2])
    return float(sums[order][np.searchsorted(reached, middle)].mean())


def crossing(z: Callable[[float], float], ends: tuple[float, float], first: Vector, second: Vector) -> float:
    """The sum ``first[i] + second[j]`` at which the step function ``z`` changes sign between ``ends``."""
    near = float(optimize.brentq(z, *ends, xtol=1e-13 * min(1.0, ends[1] - ends[0]), maxiter=1000))
    place = np.searchsorted(second, near - first)
    sums = np.concatenate([first + second[np.clip(place + side, 0, len(second) - 1)] for side in (-1, 0)])
    return float(sums[np.argmin(np.abs(sums - near))])


def normal_cut(level: float) -> float:
    """How many standard deviations a two-sided interval of this level reaches."""
    return float(special.ndtri((1 + level) / 2))
