"""Fisher's exact test: exact within a budget, a seeded simulation that says so beyond it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from analysis.statistics.answers import Matrix, Vector
from analysis.statistics.contingency import Table, without_empty_margins
from analysis.statistics.fisher_network import TOLERANCE, BeyondBudget, exact_p_value
from analysis.statistics.proportions import clopper_pearson
from analysis.statistics.result import Result
from analysis.statistics.root import EPSILON, find_root

BUDGET = 5_000_000
DRAWS = 100_000
SEED = 20230326
TIE = 1 + 1e-7


def fisher_exact(
    table: Table, *, budget: int = BUDGET, draws: int = DRAWS, seed: int = SEED, level: float = 0.95
) -> Result:
    """R's ``fisher.test`` on a table of counts of any size, two-sided; empty rows and columns are dropped.

    2 x 2: ``estimate`` is the conditional odds ratio with its exact interval, 0 and ``math.inf`` included. Larger:
    exact while the network has at most ``budget`` arcs and open paths (3 s, 600 MB at most), otherwise ``draws`` tables
    drawn at random with the same margins: ``detail["method"]`` is then ``monte_carlo``, with the seed, the
    draws and the 95 % interval of the p-value (``p_low``, ``p_high``). Source: Fisher, 1935; Mehta & Patel, 1983.
    """
    counts, dropped = without_empty_margins(table)
    n = int(counts.sum())
    detail = dropped | {"shape": list(counts.shape), "method": "exact"}
    if min(counts.shape, default=0) < 2:
        return Result("fisher_exact", n, detail=detail, undefined="le tableau n'a qu'une ligne ou une colonne remplie")
    if counts.shape == (2, 2):
        return _two_by_two(counts, n, level, detail | {"estimate": "odds_ratio", "level": level})
    try:
        return Result("fisher_exact", n, p_value=exact_p_value(counts, budget), detail=detail)
    except BeyondBudget:
        found = _as_unlikely(counts, draws, seed)
        share = clopper_pearson(found, draws)
        detail |= {
            "method": "monte_carlo",
            "draws": draws,
            "seed": seed,
            "p_low": share.ci_low,
            "p_high": share.ci_high,
        }
        return Result("fisher_exact", n, p_value=(found + 1) / (draws + 1), detail=detail)


def _as_unlikely(counts: Matrix, draws: int, seed: int) -> int:
    """How many of ``draws`` random tables with the same margins are no more likely than this one (p: Hope, 1968)."""
    from scipy.stats import random_table  # slow to load, and rarely needed

    law = random_table(counts.sum(axis=1).astype(int), counts.sum(axis=0).astype(int))
    source = np.random.default_rng(seed)
    observed = float(gammaln(counts + 1).sum()) - TOLERANCE
    found, block = 0, 10_000
    for done in range(0, draws, block):
        drawn = law.rvs(size=min(block, draws - done), random_state=source)
        found += int(np.sum(gammaln(drawn + 1).sum(axis=(1, 2)) >= observed))
    return found


def _two_by_two(counts: Matrix, n: int, level: float, detail: dict[str, object]) -> Result:
    law = _Noncentral.of(counts)
    at_one = law.probabilities(1.0)
    p_value = float(at_one[at_one <= at_one[law.place] * TIE].sum())
    low, high = law.interval((1 - level) / 2)
    return Result("fisher_exact", n, p_value=min(1.0, p_value), estimate=law.odds_ratio(), ci_low=low, ci_high=high,
                  detail=detail)  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Noncentral:
    """Fisher's noncentral hypergeometric law of the first cell, given the margins and an odds ratio."""

    support: Vector
    log_weights: Vector
    place: int

    @classmethod
    def of(cls, counts: Matrix) -> _Noncentral:
        (a, b), (c, _) = counts
        first_row, first_column, second_column = a + b, a + c, counts[:, 1].sum()
        support = np.arange(max(0, first_row - second_column), min(first_row, first_column) + 1)
        log_weights = -(gammaln(support + 1) + gammaln(first_column - support + 1) + gammaln(first_row - support + 1)
                        + gammaln(second_column - first_row + support + 1))  # fmt: skip
        return cls(support, log_weights, int(a - support[0]))

    def probabilities(self, odds_ratio: float) -> Vector:
        """The law for an odds ratio; at 0, all on the smallest value."""
        if odds_ratio == 0:
            return np.eye(1, len(self.support)).ravel()
        log_weights: Vector = self.log_weights + math.log(odds_ratio) * self.support
        weights: Vector = np.exp(log_weights - log_weights.max())
        return weights / float(weights.sum())

    def odds_ratio(self) -> float:
        """The odds ratio under which the observed cell is the expected one."""
        if self.place in (0, len(self.support) - 1):
            return math.inf if self.place else 0.0
        observed = float(self.support[self.place])
        return _ratio_where(lambda ratio: float(self.support @ self.probabilities(ratio)) - observed)

    def interval(self, tail: float) -> tuple[float, float]:
        """The odds ratios under which the observed cell or beyond keeps probability ``tail``, on each side."""
        here, last = self.place, len(self.support) - 1
        low = _ratio_where(lambda ratio: float(self.probabilities(ratio)[here:].sum()) - tail) if here else 0.0
        if here == last:
            return low, math.inf
        return low, _ratio_where(lambda ratio: float(self.probabilities(ratio)[: here + 1].sum()) - tail)


def _ratio_where(distance: Callable[[float], float]) -> float:
    """The odds ratio at which ``distance`` changes sign: found below 1 or, above it, on its inverse, as R does."""
    at_zero, at_one = distance(0.0), distance(1.0)
    if at_one == 0:
        return 1.0
    if at_zero * at_one < 0:
        return find_root(distance, 0.0, 1.0, at_low=at_zero, at_high=at_one)
    return 1 / find_root(lambda inverse: distance(1 / inverse), EPSILON, 1.0, at_high=at_one)
