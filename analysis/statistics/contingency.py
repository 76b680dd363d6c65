"""Tests on tables of counts: independence, and change between two times."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import special

from analysis.statistics.answers import Matrix
from analysis.statistics.effect_interval import of_chi_square
from analysis.statistics.result import Result

Table = npt.ArrayLike


def without_empty_margins(table: Table) -> tuple[Matrix, dict[str, Any]]:
    """The table without its empty rows and columns, and how many of each were dropped."""
    counts = np.asarray(table, float)
    rows, columns = counts.sum(axis=1) > 0, counts.sum(axis=0) > 0
    dropped = {"dropped_rows": int((~rows).sum()), "dropped_columns": int((~columns).sum())}
    return counts[rows][:, columns], dropped


def chi_square(table: Table, *, level: float = 0.95) -> Result:
    """Pearson's chi-square on a table of counts, R's ``chisq.test``: Yates' correction when it is 2 x 2.

    Empty rows and columns are dropped first. ``detail["smallest_expected"]`` tells whether to trust it (5 is
    usual); ``effect_size`` is Cramér's V, from the uncorrected statistic.
    """
    from scipy.stats import chi2_contingency  # slow to load

    counts, detail = without_empty_margins(table)
    n = int(counts.sum())
    if min(counts.shape, default=0) < 2:
        return Result("chi_square", n, detail=detail, undefined="le tableau n'a qu'une ligne ou une colonne remplie")
    two_by_two = counts.shape == (2, 2)
    found = chi2_contingency(counts, correction=two_by_two)
    plain = chi2_contingency(counts, correction=False).statistic if two_by_two else found.statistic
    detail |= {"method": "yates" if two_by_two else "pearson", "effect": "cramer_v",
               "smallest_expected": float(found.expected_freq.min()),
               "expected_below_5": int((found.expected_freq < 5).sum())}  # fmt: skip
    people = n * (min(counts.shape) - 1)
    squared = of_chi_square(float(plain), float(found.dof), people, level)
    low, high = (None if one is None else math.sqrt(one) for one in squared)
    return Result(
        "chi_square", n, statistic=float(found.statistic), dof=int(found.dof), p_value=float(found.pvalue),
        effect_size=math.sqrt(plain / people), effect_low=low, effect_high=high, detail=detail,
    )  # fmt: skip


def mcnemar(table: Table) -> Result:
    """Symmetry of a square table (rows before, columns after), R's ``mcnemar.test``; Bowker's test beyond 2 x 2.

    Continuity correction for 2 x 2 only. Where R gives NaN because two levels never changed into one another,
    that pair of levels is left out and one degree of freedom with it. Source: McNemar, 1947; Bowker, JASA, 1948.
    """
    counts = np.asarray(table, float)
    n = int(counts.sum())
    upper, lower = counts[np.triu_indices(len(counts), 1)], counts.T[np.triu_indices(len(counts), 1)]
    both = upper + lower
    moved = both > 0
    detail = {"method": "mcnemar" if len(counts) == 2 else "bowker", "moved": int(both.sum()),
              "pairs_left_out": int((~moved).sum())}  # fmt: skip
    if not moved.any():
        return Result("mcnemar", n, detail=detail, undefined="personne n'a changé de réponse" if n else "aucune paire")
    distance = np.abs(upper - lower)[moved]
    if len(counts) == 2 and distance.any():
        distance = distance - 1
    statistic, dof = float(np.sum(distance**2 / both[moved])), int(moved.sum())
    return Result("mcnemar", n, statistic=statistic, dof=dof, p_value=float(special.chdtrc(dof, statistic)),
                  detail=detail)  # fmt: skip


def marginal_homogeneity(table: Table, *, level: float = 0.95) -> Result:
    """Stuart and Maxwell's test that a square table (rows before, columns after) has the same margins both ways.

    Levels from and to which nobody moved say nothing and are left out. ``effect_size`` is Cohen's w, sqrt(statistic /
    n): 0 when the margins are the same. Source: Stuart, Biometrika, 1955; Maxwell, British Journal of Psychiatry, 1970.
    """
    from scipy.sparse.csgraph import connected_components  # slow to load
    from statsmodels.stats.contingency_tables import SquareTable

    counts = np.asarray(table, float)
    n = int(counts.sum())
    moves = counts - np.diag(np.diag(counts))
    active = (moves.sum(axis=0) + moves.sum(axis=1)) > 0
    detail = {"moved": int(moves.sum()), "levels_left_out": int((~active).sum())}
    if not active.any():
        return Result("marginal_homogeneity", n, detail=detail,
                      undefined="personne n'a changé de réponse" if n else "aucune paire")  # fmt: skip
    moves = moves[active][:, active]
    if connected_components(moves, directed=False)[0] > 1:
        return Result("marginal_homogeneity", n, detail=detail, undefined="les changements ne relient pas les niveaux")
    found = SquareTable(moves, shift_zeros=False).homogeneity(method="stuart_maxwell")
    bounds = of_chi_square(float(found.statistic), int(found.df), n, level)
    low, high = (None if one is None else math.sqrt(one) for one in bounds)
    return Result("marginal_homogeneity", n, statistic=float(found.statistic), dof=int(found.df),
                  p_value=float(found.pvalue), effect_size=math.sqrt(found.statistic / n), effect_low=low,
                  effect_high=high, detail=detail | {"effect": "cohen_w"})  # fmt: skip
