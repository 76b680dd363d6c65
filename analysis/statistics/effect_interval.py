"""The interval of an effect size, from the statistic that it stands beside."""

from __future__ import annotations

import math
from collections.abc import Callable

from scipy import optimize, special

from analysis.statistics.location import normal_cut

Bounds = tuple[float | None, float | None]


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
    width = 10 + 2 * abs(statistic)

    def beyond(tail: float) -> float:
        return _where(lambda nc: float(special.nctdtr(dof, nc, statistic)) - tail, statistic - width, statistic + width)

    high_tail, low_tail = _tails(level)
    return beyond(high_tail) * scale, beyond(low_tail) * scale


def of_explained(statistic: float, dof: tuple[float, float], level: float) -> tuple[float, float]:
    """Eta squared: the noncentralities of F at each tail, over themselves plus n (Steiger, 2004)."""

    def beyond(tail: float) -> float:
        nc = _from_zero(lambda nc: float(special.ncfdtr(*dof, nc, statistic)) - tail, statistic * dof[0])
        return nc / (nc + sum(dof) + 1)

    high_tail, low_tail = _tails(level)
    return beyond(high_tail), beyond(low_tail)


def of_chi_square(statistic: float, dof: float, level: float) -> tuple[float, float]:
    """The noncentralities of chi-square at each tail.

    Over n (k - 1), Cramér's V squared; over n - 1, epsilon squared of Kruskal-Wallis.
    """

    def beyond(tail: float) -> float:
        return _from_zero(lambda nc: float(special.chndtr(statistic, dof, nc)) - tail, statistic)

    high_tail, low_tail = _tails(level)
    return beyond(high_tail), beyond(low_tail)


def _tails(level: float) -> tuple[float, float]:
    return (1 + level) / 2, (1 - level) / 2


def _from_zero(distance: Callable[[float], float], statistic: float) -> float:
    return 0.0 if distance(0.0) <= 0 else _where(distance, 0.0, 40 + 3 * statistic)


def _where(distance: Callable[[float], float], low: float, high: float) -> float:
    return float(optimize.brentq(distance, low, high, xtol=1e-13, maxiter=500))
