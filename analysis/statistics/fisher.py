"""Fisher's exact test: exact within a budget, a seeded simulation that says so beyond it."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from analysis.statistics.answers import Matrix
from analysis.statistics.contingency import Table, chi_square, without_empty_margins
from analysis.statistics.fisher_network import TOLERANCE, BeyondBudget, exact_p_value
from analysis.statistics.proportions import clopper_pearson
from analysis.statistics.result import Result

BUDGET = 5_000_000
DRAWS = 100_000
SEED = 20230326


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
        p_value = exact_p_value(counts, budget)
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
        p_value = (found + 1) / (draws + 1)
    size = chi_square(counts, level=level)
    detail |= {"effect": "cramer_v"}
    return Result("fisher_exact", n, p_value=p_value, effect_size=size.effect_size, effect_low=size.effect_low,
                  effect_high=size.effect_high, detail=detail)  # fmt: skip


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
    """The conditional odds ratio, found to the last digit where R stops at the fourth."""
    from scipy import stats  # slow to load

    whole = counts.astype(int)
    found = stats.contingency.odds_ratio(whole, kind="conditional")
    low, high = map(float, found.confidence_interval(level))
    return Result("fisher_exact", n, p_value=float(stats.fisher_exact(whole).pvalue), estimate=float(found.statistic),
                  ci_low=low, ci_high=high, detail=detail)  # fmt: skip
