"""A score over several waves: a level for each wave, and people as random effect."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import Answers
from analysis.statistics.models.fitted_model import chi_square_of, wald
from analysis.statistics.models.repeated import Repeated
from analysis.statistics.result import Result


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
    model = None if reason else _repeated(scores, given).fit()
    if model is None:
        nothing = Result("mixed_model", n, detail=detail, undefined=reason or "tous les changements sont égaux")
        return OverWaves(nothing, (nothing,) * (scores.shape[1] - 1))
    labels = [("wave", str(place)) for place in range(scores.shape[1])]
    _, *later = wald(labels, [True] * len(labels), model.params, model.covariance, level)
    changes = tuple(Result("mixed_model", n, one.statistic, None, one.p_value, one.estimate, one.ci_low, one.ci_high,
                           detail=detail) for one in later)  # fmt: skip
    moved = model.params[1:]
    statistic = float(moved @ np.linalg.solve(model.covariance[1:, 1:], moved))
    detail = {**detail, "between_sd": math.sqrt(model.between), "within_sd": math.sqrt(model.within)}
    return OverWaves(chi_square_of("mixed_model", n, statistic, len(moved), detail), changes)


def _repeated(scores: Any, given: Any) -> Repeated:
    """The first wave as intercept, a column for each later one; large scores keep their digits once centred."""
    person, wave = np.nonzero(given)
    columns = np.column_stack([np.ones(len(wave)), *((wave == one).astype(float) for one in range(1, scores.shape[1]))])
    return Repeated(scores[given] - scores[given].mean(), columns, person)


def _undefined(scores: Any, given: Any) -> str:
    if scores.shape[1] < 2 or (given.sum(axis=0) < 2).any():
        return "une vague a moins de deux scores"
    if (given.sum(axis=1) < 2).all():
        return "personne n'a de score à deux vagues"
    filled = np.where(given, scores, 0)
    centred = np.where(given, scores - filled.sum(axis=0) / given.sum(axis=0), 0)
    return "les scores d'une vague sont tous égaux" if not np.abs(centred).max() > 1e-12 * np.abs(filled).max() else ""
