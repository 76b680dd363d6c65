"""The interval of an effect size, from the statistic that it stands beside."""

from __future__ import annotations

import math
from collections.abc import Callable

from scipy import optimize, special

from analysis.statistics.location import normal_cut

Bounds = tuple[float | None, float | None]
FARTHEST = 1e6


def of_correlation(effect: float, error: float, level: float) -> Bounds:
    """A correlation, on Fisher's scale with this standard error there; none for a perfect one.

    Rank-biserial: sqrt((m + n + 1) / 3mn), for pairs sqrt(2 (2n + 1) / 3n(n + 1)) (Kerby, 2014; R's ``effectsize``).
    Spearman: sqrt((1 + rho² / 2) / (n - 3)) (Bonett & Wright, Psychometrika, 2000).
    """
    if abs(effect) >= 1 - 1e-12:
        return None, None
    reach = normal_cut(level) * error
    return math.tanh(math.atanh(effect) - reach), math.tanh(math.atanh(effect) + reach)


def of_mean(statistic: float, dof: float, scale: float, level: float) -> Bounds:
    """Cohen's d: the t statistics under which the observed one is at each tail, times ``scale`` (Steiger, 2004)."""
    ends = statistic - 10 - 2 * abs(statistic), statistic + 10 + 2 * abs(statistic)
    low, high = (_where(lambda nc: float(special.nctdtr(dof, nc, statistic)), tail, *ends)
                 for tail in _tails(level))  # fmt: skip
    return None if low is None else low * scale, None if high is None else high * scale


def of_explained(statistic: float, dof: tuple[float, float], level: float) -> Bounds:
    """Eta squared: the noncentralities of F at each tail, over themselves plus n (Steiger, 2004)."""
    low, high = (_where(lambda nc: float(special.ncfdtr(*dof, nc, statistic)), tail, 0.0, 40 + 3 * statistic * dof[0])
                 for tail in _tails(level))  # fmt: skip
    n = sum(dof) + 1
    return None if low is None else low / (low + n), None if high is None else high / (high + n)


def of_chi_square(statistic: float, dof: float, people: float, level: float) -> Bounds:
    """The noncentralities of chi-square at each tail, over ``people``, at most 1.

    Over n (k - 1), Cramér's V squared; over n - 1, epsilon squared of Kruskal-Wallis.
    """
    low, high = (_where(lambda nc: float(special.chndtr(statistic, dof, nc)), tail, 0.0, 40 + 3 * statistic)
                 for tail in _tails(level))  # fmt: skip
    return None if low is None else min(1.0, low / people), None if high is None else min(1.0, high / people)


def _tails(level: float) -> tuple[float, float]:
    return (1 + level) / 2, (1 - level) / 2


def _where(law: Callable[[float], float], tail: float, low: float, high: float) -> float | None:
    """The noncentrality at which ``law``, which falls, is ``tail``; ``low`` when it starts below.

    None where the law is beyond what can be computed.
    """
    while high < FARTHEST:
        ends = law(low), law(high)
        if math.isnan(ends[0]) or math.isnan(ends[1]):
            return None
        if low == 0 and ends[0] <= tail:
            return 0.0
        if ends[0] >= tail >= ends[1]:
            try:
                return float(optimize.brentq(lambda nc: law(nc) - tail, low, high, xtol=1e-13, maxiter=500))
            except ValueError:  # the law is not a number on the way
                return None
        low, high = 2 * low, 2 * high
    return None
