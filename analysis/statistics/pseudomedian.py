"""The Hodges-Lehmann estimate of a change, and its interval: the changes under which the signed rank test is at rest.

Source: Hollander & Wolfe, Nonparametric Statistical Methods; Bauer, JASA, 1972.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from analysis.statistics.answers import Vector
from analysis.statistics.location import ROOT_TOLERANCE, Location, exact_location
from analysis.statistics.ranks import distinct, mid_ranks, signed_rank_counts
from analysis.statistics.root import find_root

EXACT_BELOW = 50
MOST_DISTINCT = 3000


def pseudomedian(changes: Vector) -> float | None:
    """Median of the averages of all pairs of changes, each with itself too, zeros kept.

    None without changes, or beyond 3,000 distinct ones.
    """
    values, counts = distinct(changes)
    if not 0 < len(values) <= MOST_DISTINCT:
        return None
    first, second = np.triu_indices(len(values))
    averages = (values[first] + values[second]) / 2
    weights = np.where(first == second, counts[first] * (counts[first] + 1) / 2, counts[first] * counts[second])
    order = np.argsort(averages, kind="stable")
    reached = np.cumsum(weights[order])
    middle = np.array([(reached[-1] + 1) // 2, (reached[-1] + 2) // 2])
    return float(averages[order][np.searchsorted(reached, middle)].mean())


def location_of_all(changes: Vector, level: float) -> Location:
    """The interval of all changes, zeros kept: R's for the same changes moved away from zero, then moved back."""
    values, counts = distinct(changes)
    if len(values) == len(changes) < EXACT_BELOW:
        return exact_location(pair_averages(changes), signed_rank_counts(len(changes)), level)
    return asymptotic_location(values, counts, level)


def pair_averages(changes: Vector) -> Vector:
    """The averages of all pairs of changes, each with itself too."""
    averages: Vector = np.add.outer(changes, changes)[np.triu_indices(len(changes))] / 2
    return averages


def standardised(statistic: float, n: float, ties: float, *, corrected: bool) -> float:
    """V in standard deviations from its mean, with or without continuity; NaN when it cannot vary."""
    distance = statistic - n * (n + 1) / 4
    spread = math.sqrt(n * (n + 1) * (2 * n + 1) / 24 - ties / 48)
    if not spread:
        return math.nan
    return (distance - corrected * math.copysign(0.5, distance) * (distance != 0)) / spread


def asymptotic_location(values: Vector, counts: Vector, level: float) -> Location:
    """Where the normal statistic of the changes, all lowered by as much, crosses 0 and the two normal cuts.

    As R: when even the ends of the changes are inside the interval, the risk is doubled until they are not.
    """
    low, high = float(values[0]), float(values[-1])
    at_low, at_high = (_lowered(values, counts, end, corrected=True) for end in (low, high))
    if math.isnan(at_low) or math.isnan(at_high):
        return Location((low + high) / 2)

    def crossing(z: float, corrected: bool) -> float:
        return find_root(lambda d: _lowered(values, counts, d, corrected=corrected) - z, low, high,
                         tolerance=ROOT_TOLERANCE)  # fmt: skip

    estimate = crossing(0.0, False)
    risk = 1 - level
    while risk < 1 and (at_low < _normal_cut(risk) or at_high > -_normal_cut(risk)):
        risk *= 2
    if risk >= 1:
        return Location(estimate)
    return Location(estimate, crossing(_normal_cut(risk), True), crossing(-_normal_cut(risk), True), 1 - risk)


def _lowered(values: Vector, counts: Vector, by: float, *, corrected: bool) -> float:
    rest = values - by
    kept = rest != 0
    rest, counts = rest[kept], counts[kept]
    ranks, ties = mid_ranks(np.abs(rest), counts)
    return standardised(float(np.sum((counts * ranks)[rest > 0])), float(counts.sum()), ties, corrected=corrected)


def _normal_cut(risk: float) -> float:
    return float(-special.ndtri(risk / 2))
