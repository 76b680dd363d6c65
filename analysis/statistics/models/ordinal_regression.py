"""Ordinal regression: what pushes an answer up or down an ordered scale, by proportional odds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.statistics.answers import Answers, Matrix, Vector
from analysis.statistics.design_matrix import Term
from analysis.statistics.models.fitted_model import FittedModel, unfitted
from analysis.statistics.models.likelihood import Maximum, likelihood_model
from analysis.statistics.models.logistic_regression import SEPARATED
from analysis.statistics.models.proportional_odds import brant
from analysis.statistics.models.rows_kept import rows_kept
from analysis.statistics.models.separation import runaway

KIND = "ordinal_regression"
STEPS = 100


def ordinal_regression(
    outcome: Answers, terms: Sequence[Term], *, levels: Sequence[str] = (), level: float = 0.95
) -> FittedModel:
    """R's ``MASS::polr(outcome ~ terms)``: ``outcome`` is the place of the level given, 0 for the lowest.

    ``levels`` names them; those that nobody gave are left out. The intercepts are thresholds, each named after the
    level below it; an odds ratio above 1 is towards the higher levels. The likelihood is concave: Newton's steps reach
    its maximum, where statsmodels' OrderedModel and ``polr`` stop near it and take the Hessian by differences.
    ``checks`` holds Brant's test of proportional odds.
    """
    rows = rows_kept(outcome, terms)
    used = np.unique(rows.outcome).astype(int)
    names = [levels[one] if levels else str(one) for one in used]
    if rows.n and len(used) < 2:
        return unfitted(KIND, rows, "toutes les réponses à expliquer sont égales")
    if rows.n and len(used) < 3:
        return unfitted(KIND, rows, "il ne reste que deux niveaux de réponse : une régression logistique convient")
    if rows.undefined:
        return unfitted(KIND, rows, rows.undefined)
    rows = replace(rows, outcome=np.searchsorted(used, rows.outcome).astype(float))
    asked = _Scale(rows.outcome.astype(int), len(used))
    away = runaway(asked.demands(rows.columns[:, rows.kept]))
    if away.any():
        slopes = away[len(used) - 1 :]
        found = [label for label, gone in zip(np.array(rows.labels)[rows.kept], slopes, strict=True) if gone]
        return unfitted(KIND, rows, SEPARATED, [(str(term), str(one)) for term, one in found])
    model, best = likelihood_model(KIND, rows, asked.maximum, level=level, sign=1.0,
                                   intercepts=tuple(("", name) for name in names[:-1]))  # fmt: skip
    return model if best is None else replace(model, checks=brant(rows, len(used)))


@dataclass(frozen=True, eq=False)
class _Scale:
    """Answers as places on a scale of ``levels`` degrees; parameters are the thresholds, then the slopes."""

    codes: np.ndarray
    levels: int

    def demands(self, columns: Matrix) -> Matrix:
        """What each answer asks of a direction: its upper threshold to rise, its lower one to fall."""
        upper, lower = self._sides(columns)
        return np.vstack([upper[self.codes < self.levels - 1], -lower[self.codes > 0]])

    def _sides(self, columns: Matrix) -> tuple[Matrix, Matrix]:
        """For each answer, what the linear predictors of its two thresholds are made of."""
        unit = np.eye(self.levels + 1)[:, 1 : self.levels]
        return (np.column_stack([unit[self.codes + 1], -columns]), np.column_stack([unit[self.codes], -columns]))

    def maximum(self, columns: Matrix) -> Maximum | None:
        """Newton's steps, each halved until the likelihood rises."""
        sides = self._sides(columns)
        shares = np.cumsum(np.bincount(self.codes, minlength=self.levels))[:-1] / len(self.codes)
        params = np.r_[np.log(shares / (1 - shares)), np.zeros(columns.shape[1])]
        value, slope, bend = self._at(params, sides)
        for _ in range(STEPS):
            step = np.linalg.solve(bend, slope)
            promised, size = float(slope @ step), 1.0
            while (moved := self._at(params + size * step, sides))[0] < value - 1e-12 * abs(value) and size > 1e-8:
                size /= 2
            params, (value, slope, bend) = params + size * step, moved
            if promised < 1e-20 * max(1.0, abs(value)):
                return Maximum(params, np.linalg.inv(bend).astype(np.float64), value, np.empty(0), {})
        return None

    def _at(self, params: Vector, sides: tuple[Matrix, Matrix]) -> tuple[float, Vector, Matrix]:
        """The log-likelihood, its slope, and the bend (the observed information) at these parameters."""
        from scipy.special import expit  # slow to load

        upper, lower = (side @ params for side in sides)
        high, low = self.codes < self.levels - 1, self.codes > 0
        up, down = np.where(high, expit(upper), 1.0), np.where(low, expit(lower), 0.0)
        share = np.where(high & low, _between(upper, lower), np.where(low, expit(-lower), up))
        if (share <= 0).any():
            return -np.inf, params, np.eye(len(params))
        first, second = up * (1 - up) / share, down * (1 - down) / share
        gradient = first[:, None] * sides[0] - second[:, None] * sides[1]
        curved = (first * (1 - 2 * up))[:, None] * sides[0]
        curved_low = (second * (1 - 2 * down))[:, None] * sides[1]
        bend = gradient.T @ gradient - curved.T @ sides[0] + curved_low.T @ sides[1]
        return float(np.log(share).sum()), gradient.sum(axis=0), bend


def _between(upper: Vector, lower: Vector) -> Vector:
    """expit(upper) - expit(lower), without losing the digits of a small difference."""
    from scipy.special import expit  # slow to load

    with np.errstate(over="ignore", invalid="ignore"):
        return np.asarray(-np.expm1(lower - upper) * expit(upper) * expit(-lower))
