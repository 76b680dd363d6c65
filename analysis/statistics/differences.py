"""How far two groups are apart: the difference of two proportions, and differences in standard deviations."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from analysis.statistics.answers import Answers, given
from analysis.statistics.result import Result


def proportion_difference(first: int, of_first: int, second: int, of_second: int, *, level: float = 0.95) -> Result:
    """The difference of two proportions, with Newcombe's interval of the two Wilson intervals.

    Source: Newcombe, Statistics in Medicine, 1998, method 10.
    """
    from statsmodels.stats.proportion import confint_proportions_2indep  # slow to load

    n, detail = of_first + of_second, {"level": level, "estimate": "proportion_difference", "method": "newcombe"}
    if not of_first or not of_second:
        return Result("proportion_difference", n, detail=detail, undefined="un des groupes n'a pas répondu")
    low, high = confint_proportions_2indep(first, of_first, second, of_second, method="newcomb", alpha=1 - level)
    return Result("proportion_difference", n, estimate=first / of_first - second / of_second, ci_low=float(low),
                  ci_high=float(high), detail=detail)  # fmt: skip


def standardised_difference(first: Answers, second: Answers) -> float | None:
    """The difference of two means in standard deviations (the mean of both variances), without its sign."""
    x, y = given(first)[0], given(second)[0]
    if min(len(x), len(y)) < 2:
        return None
    spread = (float(x.var(ddof=1)) + float(y.var(ddof=1))) / 2
    return abs(float(x.mean() - y.mean())) / math.sqrt(spread) if spread else None


def levels_difference(first: Sequence[int], second: Sequence[int]) -> float | None:
    """The same for a question of several levels, from the counts of each; levels that nobody gave are left out.

    Source: Yang & Dalton, SAS Global Forum, 2012, paper 335.
    """
    counts = np.array([pair for pair in zip(first, second, strict=True) if any(pair)], float).reshape(-1, 2).T
    sizes = counts.sum(axis=1, keepdims=True)
    if not sizes.all() or counts.shape[1] < 2:
        return None
    shares = (counts / sizes)[:, 1:]
    spread = np.mean([np.diag(one) - np.outer(one, one) for one in shares], axis=0)
    apart = shares[0] - shares[1]
    if not spread.any() or np.linalg.matrix_rank(spread) < len(apart):
        return None  # no level is shared: the two groups could not be further apart
    return math.sqrt(max(float(apart @ np.linalg.solve(spread, apart)), 0.0))
