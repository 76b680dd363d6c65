"""The Kruskal-Wallis test, whether several groups answer alike."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.statistics.answers import Answers, filled_groups
from analysis.statistics.effect_interval import of_chi_square
from analysis.statistics.result import Result


def kruskal_wallis(groups: Sequence[Answers], *, level: float = 0.95) -> Result:
    """R's ``kruskal.test``: H corrected for ties, chi-square on (groups - 1) degrees of freedom.

    One array a group, all in the same unit; missing answers and empty groups are left out and counted.
    ``effect_size`` is epsilon squared, H / (n - 1), 0 to 1. Source: Kruskal & Wallis, JASA, 1952.
    """
    from scipy.stats import kruskal  # slow to load

    answers, detail = filled_groups(groups)
    n = sum(map(len, answers))
    detail |= {"method": "asymptotic", "effect": "epsilon_squared"}
    if len(answers) < 2:
        return Result("kruskal_wallis", n, detail=detail, undefined="moins de deux groupes ont répondu")
    if min(values.min() for values in answers) == max(values.max() for values in answers):
        return Result("kruskal_wallis", n, detail=detail, undefined="toutes les réponses sont égales")
    statistic, p_value = map(float, kruskal(*answers))
    low, high = of_chi_square(statistic, len(answers) - 1, n - 1, level)
    return Result("kruskal_wallis", n, statistic=statistic, dof=len(answers) - 1, p_value=p_value,
                  effect_size=statistic / (n - 1), effect_low=low, effect_high=high, detail=detail)  # fmt: skip
