"""The Kruskal-Wallis test, whether several groups answer alike."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import special

from analysis.statistics.answers import Answers, given
from analysis.statistics.ranks import mid_ranks
from analysis.statistics.result import Result


def kruskal_wallis(groups: Sequence[Answers]) -> Result:
    """R's ``kruskal.test``: H corrected for ties, chi-square on (groups - 1) degrees of freedom.

    One array a group, all in the same unit; missing answers and empty groups are left out and counted.
    ``effect_size`` is epsilon squared, H / (n - 1), 0 to 1. Source: Kruskal & Wallis, JASA, 1952.
    """
    kept = [given(group) for group in groups]
    answers = [values for values, _ in kept if len(values)]
    n = sum(map(len, answers))
    detail = {"groups": len(answers), "empty": len(kept) - len(answers), "missing": sum(lost for _, lost in kept),
              "method": "asymptotic", "effect": "epsilon_squared"}  # fmt: skip
    if len(answers) < 2:
        return Result("kruskal_wallis", n, detail=detail, undefined="moins de deux groupes ont répondu")
    everyone = np.concatenate(answers)
    ranks, ties = mid_ranks(everyone, np.ones(n))
    if everyone.min() == everyone.max():
        return Result("kruskal_wallis", n, detail=detail, undefined="toutes les réponses sont égales")
    parts = np.split(ranks, np.cumsum([len(values) for values in answers])[:-1])
    spread = sum(float(part.sum()) ** 2 / len(part) for part in parts)
    statistic = (12 * spread / (n * (n + 1)) - 3 * (n + 1)) / (1 - ties / (n**3 - n))
    dof = len(answers) - 1
    return Result("kruskal_wallis", n, statistic=statistic, dof=dof, p_value=float(special.chdtrc(dof, statistic)),
                  effect_size=statistic / (n - 1), detail=detail)  # fmt: skip
