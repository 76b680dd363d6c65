"""Answers that the same people gave several times: least squares, and a level of each person's own."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.statistics.answers import Matrix, Vector

SAME = 1e8  # answers vary so little around their person that nothing is left but rounding
ROUNDING = 1e-20
WIDEST = 30.0  # the ratio of the two variances is looked for from exp(-30) to exp(30)


@dataclass(frozen=True, eq=False)
class Reml:
    """Coefficients and their covariance, by restricted maximum likelihood, with the two variances."""

    params: Vector
    covariance: Matrix
    between: float
    within: float


@dataclass(frozen=True, eq=False)
class Repeated:
    """Answers, their columns, and whose they are (a number from 0)."""

    outcome: Vector
    columns: Matrix
    person: npt.NDArray[np.int64]

    @property
    def times(self) -> Vector:
        """How many answers each person gave."""
        return np.bincount(self.person).astype(float)

    def by_person(self, values: Matrix) -> Matrix:
        """The sums over the answers of each person."""
        return np.column_stack([np.bincount(self.person, one) for one in values.T])

    def spare(self) -> int:
        """Answers less coefficients."""
        return len(self.outcome) - int(self.columns.shape[1])

    def given(self, ratio: float) -> tuple[Vector, Matrix, float]:
        """Coefficients, their covariance but for the variance, the weighted squares left, for a ratio of variances."""
        shrunk = ratio / (1 + ratio * self.times)
        sums = self.by_person(self.columns)
        information = self.columns.T @ self.columns - (sums * shrunk[:, None]).T @ sums
        covariance: Matrix = np.linalg.inv(information).astype(np.float64)
        total = np.bincount(self.person, self.outcome)
        params = covariance @ (self.columns.T @ self.outcome - sums.T @ (shrunk * total))
        left = self.outcome - self.columns @ params
        return params, covariance, float(left @ left - (shrunk * np.bincount(self.person, left) ** 2).sum())

    def ratio(self) -> float:
        """The variance between people over that within, at the top of the restricted likelihood; 0 if none."""
        from scipy.optimize import brentq, minimize_scalar  # slow to load

        found = minimize_scalar(lambda log: self._criterion(math.exp(log)), bounds=(-WIDEST, WIDEST), method="bounded")
        if self._criterion(0.0) <= found.fun:
            return 0.0
        low, high = math.exp(found.x - 1), math.exp(found.x + 1)
        if not self._slope(low) < 0 < self._slope(high):
            return math.exp(found.x)
        return float(brentq(self._slope, low, high, xtol=1e-300, rtol=1e-14))

    def _criterion(self, ratio: float) -> float:
        """Less twice the restricted log-likelihood, but for a constant."""
        _, covariance, left = self.given(ratio)
        volume = float(np.log1p(ratio * self.times).sum()) - float(np.linalg.slogdet(covariance)[1])
        return volume + self.spare() * math.log(left) if left > 0 else -math.inf

    def _slope(self, ratio: float) -> float:
        """Its derivative."""
        params, covariance, left = self.given(ratio)
        sums, squeezed = self.by_person(self.columns), 1 / (1 + ratio * self.times)
        own = np.bincount(self.person, self.outcome - self.columns @ params)
        turned = float(((sums * squeezed[:, None]) @ covariance * (sums * squeezed[:, None])).sum())
        fit = self.spare() * float(((own * squeezed) ** 2).sum()) / left if left > 0 else math.inf
        return float((self.times * squeezed).sum()) - turned - fit

    def tells_people_apart(self) -> bool:
        """True when there are more people than columns that differ between them, so that something is left to tell."""
        means = self.by_person(self.columns) / np.maximum(self.times, 1)[:, None]
        return bool(len(means) > int(np.linalg.matrix_rank(means)))

    def fit(self) -> Reml | None:
        """The restricted maximum likelihood; None when nothing is left within people."""
        ratio = self.ratio()
        params, covariance, left = self.given(ratio)
        if ratio > SAME or not left > ROUNDING * float(self.outcome @ self.outcome):
            return None
        within = left / self.spare()
        return Reml(params, within * covariance, ratio * within, within)
