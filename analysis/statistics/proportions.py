"""Intervals for a proportion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


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
    method = "wilsoncc" if continuity and 2 * count != n else "wilson"
    return _interval(count, n, "wilson_continuity" if continuity else "wilson", method, level)


def clopper_pearson(count: int, n: int, *, level: float = 0.95) -> Proportion:
    """The exact interval, as R's ``binom.test``. Source: Clopper & Pearson, Biometrika, 1934."""
    return _interval(count, n, "clopper_pearson", "exact", level)


def _interval(count: int, n: int, name: str, method: Any, level: float) -> Proportion:
    from scipy.stats import binomtest  # slow to load

    if not n:
        return Proportion(count, n, name)
    bounds = binomtest(count, n).proportion_ci(level, method)
    return Proportion(count, n, name, count / n, float(bounds.low), float(bounds.high))
