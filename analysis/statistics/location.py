"""An estimate of location that inverts a rank test."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.statistics.answers import Vector
from analysis.statistics.ranks import exact_quantile

ROOT_TOLERANCE = 1e-4  # R's: the estimate is a place where a step function jumps, found this closely


@dataclass(frozen=True, slots=True)
class Location:
    """An estimate with its interval and the level that it reaches; without an interval the level is 0."""

    estimate: float | None
    ci_low: float | None = None
    ci_high: float | None = None
    level: float = 0.0


def exact_location(candidates: Vector, counts: tuple[int, ...], level: float) -> Location:
    """The median of the candidates (pairwise averages or differences) and those that the exact law leaves inside.

    ``counts`` is the law of the statistic. The level asked for is kept unless the few answers miss it by half the
    risk, as R does.
    """
    ordered = np.sort(candidates, axis=None)
    cut = max(1, exact_quantile(counts, (1 - level) / 2))
    missed = 2 * sum(counts[:cut]) / sum(counts)
    reached = level if missed <= 1.5 * (1 - level) else 1 - missed
    if reached <= 0:
        return Location(float(np.median(ordered)))
    return Location(float(np.median(ordered)), float(ordered[cut - 1]), float(ordered[-cut]), reached)
