"""Means and shares of weighted answers, with the interval of a sample brought to margins."""

from __future__ import annotations

import math

import numpy as np

from analysis.statistics.answers import Answers, Vector, given
from analysis.statistics.raking import Weighting
from analysis.statistics.result import Result


def weighted_mean(answers: Answers, weighting: Weighting, *, level: float = 0.95) -> Result:
    """R's ``svymean`` and ``confint(df = degf)`` on a sample calibrated by raking; missing answers are left out."""
    from scipy.stats import t  # slow to load

    found = _mean(answers, weighting, level)
    if found.undefined or found.estimate is None:
        return found
    reach = float(t.ppf((1 + level) / 2, found.n - 1)) * found.detail["standard_error"]
    return _bounded(found, found.estimate - reach, found.estimate + reach)


def weighted_share(hits: Answers, weighting: Weighting, *, level: float = 0.95) -> Result:
    """R's ``svyciprop(method = "logit")``: the share of 1 among 0 and 1, its interval on the scale of the logit."""
    from scipy.special import expit, logit  # slow to load
    from scipy.stats import t

    found = _mean(hits, weighting, level)
    if found.undefined or found.estimate is None:
        return found
    share = found.estimate
    reach = float(t.ppf((1 + level) / 2, found.n - 1)) * found.detail["standard_error"] / (share * (1 - share))
    return _bounded(found, float(expit(logit(share) - reach)), float(expit(logit(share) + reach)))


def _mean(answers: Answers, weighting: Weighting, level: float) -> Result:
    values, weights = np.asarray(answers, float), weighting.weights
    kept, missing = given(values)
    detail = {"missing": missing, "level": level, "estimate": "weighted_mean"}
    if len(kept) < 2 or kept.min() == kept.max():
        mean = float(kept[0]) if len(kept) else None
        return Result("weighted_mean", len(kept), estimate=mean, detail=detail, undefined="les réponses ne varient pas")
    here = ~np.isnan(values)
    total = weights[here].sum()
    mean = float((weights[here] * values[here]).sum() / total)
    influence = np.where(here, (np.where(here, values, 0.0) - mean) / total, 0.0)
    return Result(
        "weighted_mean", len(kept), estimate=mean, detail={**detail, "standard_error": _error(influence, weighting)}
    )


def _error(influence: Vector, weighting: Weighting) -> float:
    """The standard error of a total once the margins are known: of what they leave unexplained.

    Source: Deville & Särndal, JASA, 1992, 87:376-382, as the package survey computes it.
    """
    n = len(influence)
    columns = [np.ones(n)]
    for margin in weighting.margins:
        columns += [(margin.places == place).astype(float) for place in range(-1, len(margin.shares))]
    left = influence - _fitted(np.column_stack(columns), influence)
    parts = weighting.weights * left
    return math.sqrt(n / (n - 1) * float(((parts - parts.mean()) ** 2).sum()))


def _fitted(columns: Vector, values: Vector) -> Vector:
    solution = np.linalg.lstsq(columns, values, rcond=None)[0]
    return np.asarray(columns @ solution, float)


def _bounded(found: Result, low: float, high: float) -> Result:
    return Result(found.test, found.n, estimate=found.estimate, ci_low=low, ci_high=high, detail=found.detail)
