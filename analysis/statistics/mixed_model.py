"""A score over several waves: a level for each wave, and people as random effect."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import Answers
from analysis.statistics.result import Result

SAME = 1e8  # answers vary so little around their person that nothing is left but rounding
WIDEST = 30.0  # the ratio of the two variances is looked for from exp(-30) to exp(30)


@dataclass(frozen=True, slots=True)
class OverWaves:
    """``overall``: Wald's chi-square that no wave differs; ``changes``: each later wave less the first.

    ``overall.detail`` keeps the standard deviations between people and within one.
    """

    overall: Result
    changes: tuple[Result, ...]


def over_waves(waves: Sequence[Answers], *, level: float = 0.95) -> OverWaves:
    """R's ``lmer(score ~ wave + (1 | person))``, REML, Wald's intervals and ``car::Anova``'s chi-square.

    One array a wave, a place a person, the same in each; whoever answered one wave at least counts, and a missing score
    is left out, not the person. statsmodels' MixedLM gives the same estimates, but standard errors that are not R's
    when a score is missing, and goes through people one at a time.
    """
    scores = np.column_stack([np.asarray(one, float) for one in waves])
    given = ~np.isnan(scores)
    n, detail = int(given.any(axis=1).sum()), {"level": level, "estimate": "mean_change", "answers": int(given.sum())}
    reason = _undefined(scores, given)
    ratio = 0.0
    if not reason:
        scores = scores - scores[given].mean()  # large scores keep their digits
        ratio = _ratio(scores, given)
        reason = "tous les changements sont égaux" if ratio > SAME else ""
    if reason:
        nothing = Result("mixed_model", n, detail=detail, undefined=reason)
        return OverWaves(nothing, (nothing,) * (scores.shape[1] - 1))
    means, covariance, residual = _fit(scores, given, ratio)
    error = residual / (given.sum() - scores.shape[1])
    moves = np.column_stack([-np.ones(scores.shape[1] - 1), np.eye(scores.shape[1] - 1)])
    found, spread = moves @ means, error * moves @ covariance @ moves.T
    changes = tuple(_change(n, one, math.sqrt(square), detail)
                    for one, square in zip(found, np.diag(spread), strict=True))  # fmt: skip
    detail = {**detail, "between_sd": math.sqrt(ratio * error), "within_sd": math.sqrt(error)}
    return OverWaves(_overall(n, found, spread, detail), changes)


def _overall(n: int, found: Any, spread: Any, detail: dict[str, Any]) -> Result:
    from scipy.stats import chi2  # slow to load

    statistic = float(found @ np.linalg.solve(spread, found))
    return Result("mixed_model", n, statistic=statistic, dof=float(len(found)),
                  p_value=float(chi2.sf(statistic, len(found))), detail=detail)  # fmt: skip


def _undefined(scores: Any, given: Any) -> str:
    if scores.shape[1] < 2 or (given.sum(axis=0) < 2).any():
        return "une vague a moins de deux scores"
    if (given.sum(axis=1) < 2).all():
        return "personne n'a de score à deux vagues"
    filled = np.where(given, scores, 0)
    centred = np.where(given, scores - filled.sum(axis=0) / given.sum(axis=0), 0)
    return "les scores d'une vague sont tous égaux" if not np.abs(centred).max() > 1e-12 * np.abs(filled).max() else ""


def _fit(scores: Any, given: Any, ratio: float) -> tuple[Any, Any, float]:
    """Means of the waves, their covariance, the weighted squares left, for this ratio of the two variances."""
    shrunk = ratio / (1 + ratio * given.sum(axis=1))
    weights = given.astype(float)
    values = np.where(given, scores, 0)
    information = np.diag(weights.sum(axis=0)) - (weights * shrunk[:, None]).T @ weights
    covariance = np.linalg.inv(information)
    means = covariance @ (values.sum(axis=0) - weights.T @ (shrunk * values.sum(axis=1)))
    left = np.where(given, scores - means, 0)
    return means, covariance, float((left**2).sum() - (shrunk * left.sum(axis=1) ** 2).sum())


def _ratio(scores: Any, given: Any) -> float:
    """The ratio of variances that maximises the restricted likelihood; 0 when people vary no more than chance."""
    from scipy.optimize import minimize_scalar  # slow to load

    answers, waves = given.sum(), scores.shape[1]

    def criterion(ratio: float) -> float:
        _, covariance, residual = _fit(scores, given, ratio)
        volume = float(np.log1p(ratio * given.sum(axis=1)).sum()) - float(np.linalg.slogdet(covariance)[1])
        return volume + float(answers - waves) * math.log(residual)

    found = minimize_scalar(lambda log: criterion(math.exp(log)), bounds=(-WIDEST, WIDEST), method="bounded",
                            options={"xatol": 1e-10})  # fmt: skip
    return 0.0 if criterion(0.0) <= found.fun else math.exp(found.x)


def _change(n: int, estimate: float, error: float, detail: dict[str, Any]) -> Result:
    from scipy.stats import norm  # slow to load

    reach = float(norm.ppf((1 + detail["level"]) / 2)) * error
    ratio = float(estimate / error)
    return Result("mixed_model", n, statistic=ratio, p_value=float(2 * norm.sf(abs(ratio))), estimate=float(estimate),
                  ci_low=float(estimate - reach), ci_high=float(estimate + reach), detail=detail)  # fmt: skip
