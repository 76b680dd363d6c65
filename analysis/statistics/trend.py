"""Tests for answers that go up or down along ordered bands."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
from scipy import special

from analysis.statistics.answers import Answers, complete_pairs
from analysis.statistics.effect_interval import of_correlation
from analysis.statistics.location import normal_cut
from analysis.statistics.result import Result

EXACT_UP_TO = 9
SERIES_UP_TO = 1290


def spearman(first: Answers, second: Answers, *, level: float = 0.95) -> Result:
    """R's ``cor.test(method = "spearman")``: rank correlation of two answers of each person, two-sided p.

    Pairs that miss an answer are left out. Without ties: all orders for n <= 9, an Edgeworth series up to 1290;
    otherwise Student's approximation. ``estimate`` and ``effect_size`` are rho, ``statistic`` is R's S.
    Source: Best & Roberts, algorithm AS 89, Applied Statistics, 1975.
    """
    from scipy.stats import spearmanr  # slow to load

    x, y, missing = complete_pairs(first, second)
    n = len(x)
    detail = {"missing": missing, "estimate": "rho", "effect": "rho"}
    if n < 2:
        return Result("spearman", n, detail=detail, undefined="moins de deux paires complètes")
    if x.min() == x.max() or y.min() == y.max():
        return Result("spearman", n, detail=detail, undefined="toutes les réponses sont égales")
    rho, p_value = map(float, spearmanr(x, y))
    statistic = (n**3 - n) * (1 - rho) / 6
    tied = len(np.unique(x)) < n or len(np.unique(y)) < n
    detail["method"] = "asymptotic" if tied or n > SERIES_UP_TO else "exact" if n <= EXACT_UP_TO else "edgeworth"
    if detail["method"] != "asymptotic":
        p_value = min(1.0, 2 * (_enumerated_tail(statistic, n) if n <= EXACT_UP_TO else _series_tail(rho, n)))
    bounds = of_correlation(rho, math.sqrt((1 + rho**2 / 2) / (n - 3)), level) if n > 3 else (None, None)
    return Result("spearman", n, statistic=statistic, p_value=p_value, estimate=rho, effect_size=rho,
                  effect_low=bounds[0], effect_high=bounds[1], detail=detail)  # fmt: skip


def _enumerated_tail(statistic: float, n: int) -> float:
    orders = np.array(list(itertools.permutations(range(n))))
    distances = np.sum((orders - np.arange(n)) ** 2, axis=1)
    observed = round(statistic)
    beyond = distances >= observed if observed > (n**3 - n) / 6 else distances <= observed
    return float(np.mean(beyond))


def _series_tail(rho: float, n: int) -> float:
    """The tail beyond |rho|, by the Edgeworth series of AS 89 on S moved one step (S takes even values)."""
    total = n * (n * n - 1) / 3
    distance = round(min((n**3 - n) * (1 - rho) / 6, total - (n**3 - n) * (1 - rho) / 6))
    b = 1 / n
    x = (6 * (total - distance - 1) * b / (n * n - 1) - 1) * math.sqrt(1 / b - 1)
    y = x * x
    u = x * b * (0.2274 + b * (0.2531 + 0.1745 * b)
                 + y * (-0.0758 + b * (0.1033 + 0.3932 * b) - y * b * (0.0879 + 0.0151 * b
                        - y * (0.0072 - 0.0831 * b + y * b * (0.0131 - 0.00046 * y)))))  # fmt: skip
    return min(1.0, max(0.0, u / math.exp(y / 2) + float(special.ndtr(-x))))


def proportion_trend(
    counts: Sequence[float], totals: Sequence[float], scores: Sequence[float] | None = None, *, level: float = 0.95
) -> Result:
    """The chi-square for trend in proportions (Cochran-Armitage), R's ``prop.trend.test``.

    ``counts[i]`` people out of ``totals[i]`` in band i, whose score is i + 1 unless given; empty bands are
    dropped. ``estimate`` and ``effect_size`` are the slope: change of the proportion for one more unit of score, with
    the interval that the test inverts.
    Source: Armitage, Biometrics, 1955.
    """
    yes, all_of, score = (
        np.asarray(part, float)
        for part in (counts, totals, scores if scores is not None else range(1, len(counts) + 1))
    )
    filled = all_of > 0
    yes, all_of, score = yes[filled], all_of[filled], score[filled]
    n = int(all_of.sum())
    detail = {"bands": len(yes), "empty": int((~filled).sum()), "estimate": "slope", "effect": "slope"}
    if len(yes) < 2:
        return Result("proportion_trend", n, detail=detail, undefined="moins de deux classes ont répondu")
    share = yes.sum() / n
    if share in (0.0, 1.0):
        return Result("proportion_trend", n, detail=detail, undefined="toutes les réponses sont égales")
    centred = score - np.sum(all_of * score) / n
    slope = float(np.sum(centred * yes) / np.sum(all_of * centred**2))
    error = math.sqrt(share * (1 - share) / float(np.sum(all_of * centred**2)))
    statistic, reach = (slope / error) ** 2, normal_cut(level) * error
    return Result("proportion_trend", n, statistic=float(statistic), dof=1, p_value=float(special.chdtrc(1, statistic)),
                  estimate=slope, effect_size=slope, effect_low=slope - reach, effect_high=slope + reach,
                  detail=detail)  # fmt: skip
