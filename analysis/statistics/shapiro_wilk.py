"""The Shapiro-Wilk test of normality.

Written out because scipy's normal quantiles are too coarse here: its p-values leave R's at the seventh digit.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from analysis.statistics.answers import Answers, Vector, given
from analysis.statistics.result import Result

LARGEST = 5000

# Royston's polynomials, lowest degree first: the two largest weights, then the mean and the log SD of log(1 - W).
_FIRST_WEIGHT = (0.0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056)
_SECOND_WEIGHT = (0.0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633)
_FLOOR = (-2.273, 0.459)
_SMALL_MEAN = (0.544, -0.39978, 0.025054, -6.714e-4)
_SMALL_LOG_SD = (1.3822, -0.77857, 0.062767, -0.0020322)
_MEAN = (-1.5861, -0.31082, -0.083751, 0.0038915)
_LOG_SD = (-0.4803, -0.082676, 0.0030302)


def shapiro_wilk(values: Answers) -> Result:
    """R's ``shapiro.test``: W and its p-value, for 3 to 5,000 answers (Royston's approximation stops there).

    Missing answers are left out. Source: Royston, algorithm AS R94, Applied Statistics, 1995.
    """
    kept, missing = given(values)
    n = len(kept)
    reason = (
        "moins de trois réponses" if n < 3
        else "plus de 5 000 réponses : la méthode ne va pas au-delà" if n > LARGEST
        else "toutes les réponses sont égales" if kept.min() == kept.max()
        else ""
    )  # fmt: skip
    if reason:
        return Result("shapiro_wilk", n, detail={"missing": missing}, undefined=reason)
    lack = _lack_of_fit(np.sort(kept))
    return Result("shapiro_wilk", n, statistic=1 - lack, p_value=_p_value(lack, n), detail={"missing": missing})


def _weights(n: int) -> Vector:
    """The weights of the ordered answers, antisymmetric, of length 1."""
    scores = special.ndtri((np.arange(1, n + 1) - 0.375) / (n + 0.25))
    if n == 3:
        return np.array([-math.sqrt(0.5), 0.0, math.sqrt(0.5)])
    total, root = float(scores @ scores), 1 / math.sqrt(n)
    tops = [_polynomial(_FIRST_WEIGHT, root) + scores[-1] / math.sqrt(total)]
    if n > 5:
        tops.append(_polynomial(_SECOND_WEIGHT, root) + scores[-2] / math.sqrt(total))
    outer = len(tops)
    left = (total - 2 * float(np.sum(scores[-outer:] ** 2))) / (1 - 2 * sum(top * top for top in tops))
    weights: Vector = scores / math.sqrt(left)
    weights[n - outer :] = tops[::-1]
    weights[:outer] = [-top for top in tops]
    return weights


def _lack_of_fit(ordered: Vector) -> float:
    """1 - W, computed without taking W from 1."""
    weights = _weights(len(ordered))
    spread = ordered / (ordered[-1] - ordered[0])
    spread = spread - spread.mean()
    both = math.sqrt(float(weights @ weights) * float(spread @ spread))
    common = float(weights @ spread)
    return (both - common) * (both + common) / both**2


def _p_value(lack: float, n: int) -> float:
    if n == 3:
        return max(0.0, 6 / math.pi * (math.asin(math.sqrt(1 - lack)) - math.asin(math.sqrt(0.75))))
    y = math.log(lack)
    if n > 11:
        mean, sd = _polynomial(_MEAN, math.log(n)), math.exp(_polynomial(_LOG_SD, math.log(n)))
    else:
        floor = _polynomial(_FLOOR, n)
        if y >= floor:
            return 1e-99
        y = -math.log(floor - y)
        mean, sd = _polynomial(_SMALL_MEAN, n), math.exp(_polynomial(_SMALL_LOG_SD, n))
    return float(special.ndtr((mean - y) / sd))


def _polynomial(coefficients: tuple[float, ...], x: float) -> float:
    return sum(coefficient * x**degree for degree, coefficient in enumerate(coefficients))
