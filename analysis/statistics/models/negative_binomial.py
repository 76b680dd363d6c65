"""Negative binomial regression: counts that vary more than Poisson's law says."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from analysis.statistics.answers import Answers, Matrix, Vector
from analysis.statistics.design_matrix import Term
from analysis.statistics.models.fitted_model import FittedModel, unfitted
from analysis.statistics.models.generalised_linear import glm_maximum
from analysis.statistics.models.likelihood import Maximum, likelihood_model
from analysis.statistics.models.poisson_regression import not_counts
from analysis.statistics.models.rows_kept import rows_kept
from analysis.statistics.result import Result

KIND = "negative_binomial"
NOT_DISPERSED = "les réponses ne varient pas plus que ne le veut la loi de Poisson"
ROUNDS = 200
STILL = 1e-9  # each round divides by hundreds what is left to go


def negative_binomial_regression(outcome: Answers, terms: Sequence[Term], *, level: float = 0.95) -> FittedModel:
    """R's ``MASS::glm.nb(outcome ~ terms)``: the variance is mu + mu² / theta; a row a respondent.

    Standard errors hold theta known, as ``summary(glm.nb)``; likelihood ratios find theta again in the smaller model,
    as ``anova(smaller, larger)``. ``checks``: against Poisson, the p halved since theta is at the edge.
    """
    rows = rows_kept(outcome, terms)
    refused = not_counts(KIND, rows)
    if refused is not None:
        return refused
    y = rows.outcome
    model, best = likelihood_model(KIND, rows, lambda columns: _maximum(y, columns), level=level)
    if best is None:
        return model
    poisson = _poisson(y, rows.columns[:, rows.kept])
    if poisson is None or math.isinf(best.extra["theta"]):
        return unfitted(KIND, rows, NOT_DISPERSED)
    return replace(model, checks=(_against_poisson(rows.n, best, poisson),))


def _maximum(y: Vector, columns: Matrix) -> Maximum | None:
    """Coefficients given theta, theta given the means, until neither moves; theta is infinite at Poisson's law."""
    from statsmodels.genmod.families import NegativeBinomial  # slow to load

    best, theta = _poisson(y, columns), 0.0
    for _ in range(ROUNDS):
        if best is None:
            return None
        if not _is_dispersed(y, best.fitted):
            flat = _poisson(y, columns)
            return None if flat is None else replace(flat, extra={"theta": math.inf})
        before, theta = theta, _theta(y, best.fitted)
        best = glm_maximum(y, columns, NegativeBinomial(alpha=1 / theta))
        if best is not None and abs(theta - before) <= STILL * theta:
            return replace(best, extra={"theta": theta})
    return None


def _poisson(y: Vector, columns: Matrix) -> Maximum | None:
    from statsmodels.genmod.families import Poisson  # slow to load

    return glm_maximum(y, columns, Poisson())


def _is_dispersed(y: Vector, means: Vector) -> bool:
    """True when the likelihood grows as theta leaves infinity: else no theta maximises it."""
    return bool((((y - means) ** 2) - y).sum() > 0)


def _theta(y: Vector, means: Vector) -> float:
    from scipy.optimize import brentq  # slow to load
    from scipy.special import digamma

    def slope(log_theta: float) -> float:
        theta = math.exp(log_theta)
        inside: Any = digamma(y + theta) - digamma(theta) + log_theta + 1 - np.log(theta + means)
        return float((inside - (y + theta) / (means + theta)).sum())

    high = 0.0
    while slope(high) > 0 and high < 30:
        high += 1
    low = high - 1
    while slope(low) < 0 and low > -30:
        low -= 1
    crossed = slope(high) < 0 < slope(low)
    return math.exp(brentq(slope, low, high, xtol=1e-14, rtol=1e-14) if crossed else high)


def _against_poisson(n: int, best: Maximum, poisson: Maximum) -> Result:
    from scipy.stats import chi2  # slow to load

    gain = max(0.0, 2 * (best.log_likelihood - poisson.log_likelihood))
    return Result("against_poisson", n, gain, 1.0, float(chi2.sf(gain, 1)) / 2)
