"""Intervals for a proportion."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import special


@dataclass(frozen=True, slots=True)
class Proportion:
    """``count`` out of ``n``, between 0 and 1, with its interval; all None when n is 0."""

    count: int
    n: int
    method: str
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None


def wilson(count: int, n: int, *, continuity: bool = True, level: float = 0.95) -> Proportion:
    """Wilson's score interval; with continuity, exactly R's ``prop.test(count, n)``.

    R moves the estimate by 1/2n, but never beyond the half it tests against: at count = n/2 nothing moves.
    Source: Wilson, JASA, 1927; Newcombe, Statistics in Medicine, 1998.
    """
    method = "wilson_continuity" if continuity else "wilson"
    if not n:
        return Proportion(count, n, method)
    moved = min(0.5, abs(count - n / 2)) / n if continuity else 0.0
    share = count / n
    low, high = (_score_bound(share + side * moved, n, side, level) for side in (-1, 1))
    return Proportion(count, n, method, share, low, high)


def _score_bound(share: float, n: int, side: int, level: float) -> float:
    if (share <= 0 and side < 0) or (share >= 1 and side > 0):
        return float(share > 0)
    z = float(special.ndtri((1 + level) / 2))
    slack = z * z / (2 * n)
    return (share + slack + side * z * math.sqrt(share * (1 - share) / n + slack / (2 * n))) / (1 + 2 * slack)


def clopper_pearson(count: int, n: int, *, level: float = 0.95) -> Proportion:
    """The exact interval, as R's ``binom.test``. Source: Clopper & Pearson, Biometrika, 1934."""
    if not n:
        return Proportion(count, n, "clopper_pearson")
    tail = (1 - level) / 2
    low = float(special.betaincinv(count, n - count + 1, tail)) if count else 0.0
    high = float(special.betaincinv(count + 1, n - count, 1 - tail)) if count < n else 1.0
    return Proportion(count, n, "clopper_pearson", count / n, low, high)
