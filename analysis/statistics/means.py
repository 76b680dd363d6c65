"""Tests on means: Student's for pairs, Welch's for two groups, analysis of variance for several."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from analysis.statistics.answers import Answers, Vector, complete_pairs, filled_groups, given
from analysis.statistics.effect_interval import of_explained, of_mean
from analysis.statistics.result import Result

EPSILON = float(np.finfo(float).eps)


def mean_interval(answers: Answers, *, level: float = 0.95) -> Result:
    """R's ``t.test(answers)``: the mean and Student's interval; missing answers are left out."""
    from scipy.stats import ttest_1samp  # slow to load

    values, missing = given(answers)
    n, detail = len(values), {"missing": missing, "level": level, "estimate": "mean"}
    if n < 2 or values.min() == values.max():
        mean = float(values.mean()) if n else None
        return Result("mean_interval", n, estimate=mean, detail=detail, undefined="les réponses ne varient pas")
    low, high = map(float, _unwarned(ttest_1samp, values, 0.0).confidence_interval(level))
    return Result("mean_interval", n, estimate=float(values.mean()), ci_low=low, ci_high=high, detail=detail)


def paired_t(before: Answers, after: Answers, *, level: float = 0.95) -> Result:
    """R's ``t.test(after, before, paired = TRUE)``: mean change, its interval, t on n - 1 degrees of freedom.

    One row a person; pairs that miss an answer are left out. ``effect_size`` is Cohen's d_z, the mean change in
    standard deviations of the change.
    """
    from scipy.stats import ttest_1samp  # slow to load

    x, y, missing = complete_pairs(before, after)
    change, n = y - x, len(x)
    detail = {"missing": missing, "level": level, "estimate": "mean_change", "effect": "cohen_dz"}
    if n < 2:
        return Result("paired_t", n, detail=detail, undefined="moins de deux paires complètes")
    mean, sd = float(change.mean()), float(change.std(ddof=1))
    if not sd or sd / math.sqrt(n) < 10 * EPSILON * abs(mean):
        return Result("paired_t", n, estimate=mean, detail=detail, undefined="tous les changements sont égaux")
    return _student(
        "paired_t", n, mean, _unwarned(ttest_1samp, change, 0.0), (mean / sd, mean / sd * math.sqrt(n), n - 1), detail
    )


def welch_t(first: Answers, second: Answers, *, level: float = 0.95) -> Result:
    """R's ``t.test(first, second)``: difference of means, unequal variances, Welch's degrees of freedom.

    One answer a person; missing answers are left out. ``effect_size`` is Cohen's d on the pooled SD.
    Source: Welch, Biometrika, 1947.
    """
    from scipy.stats import ttest_ind  # slow to load

    x, x_missing = given(first)
    y, y_missing = given(second)
    m, n = len(x), len(y)
    detail = {"n_first": m, "n_second": n, "missing": x_missing + y_missing, "level": level,
              "estimate": "mean_difference", "effect": "cohen_d"}  # fmt: skip
    if min(m, n) < 2:
        return Result("welch_t", m + n, detail=detail, undefined="un des groupes a moins de deux réponses")
    difference = float(x.mean() - y.mean())
    spread = float(x.var(ddof=1)), float(y.var(ddof=1))
    error = math.sqrt(spread[0] / m + spread[1] / n)
    if not error or error < 10 * EPSILON * max(abs(x.mean()), abs(y.mean())):
        return Result("welch_t", m + n, estimate=difference, detail=detail,
                      undefined="les réponses sont égales dans chaque groupe")  # fmt: skip
    pooled = math.sqrt(((m - 1) * spread[0] + (n - 1) * spread[1]) / (m + n - 2))
    found = _unwarned(ttest_ind, x, y, equal_var=False)
    return _student(
        "welch_t",
        m + n,
        difference,
        found,
        (difference / pooled, difference / pooled / math.sqrt(1 / m + 1 / n), m + n - 2),
        detail,
    )


def _unwarned(test: Any, *arguments: Any, **options: Any) -> Any:
    """The test, without scipy's warning that nearly equal answers lose digits: those too near are left out above."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return test(*arguments, **options)


def _student(
    test: str, n: int, estimate: float, found: Any, effect: tuple[float, float, int], detail: dict[str, Any]
) -> Result:
    """``effect`` is Cohen's d, then the t statistic and the degrees of freedom that give its interval."""
    low, high = map(float, found.confidence_interval(detail["level"]))
    dof = n - 1 if test == "paired_t" else float(found.df)
    size, t, spare = effect
    bounds = of_mean(t, spare, size / t, detail["level"]) if t else (None, None)
    return Result(test, n, statistic=float(found.statistic), dof=dof, p_value=float(found.pvalue), estimate=estimate,
                  ci_low=low, ci_high=high, effect_size=size, effect_low=bounds[0], effect_high=bounds[1],
                  detail=detail)  # fmt: skip


def one_way_anova(groups: Sequence[Answers], *, equal_variances: bool = True, level: float = 0.95) -> Result:
    """R's ``oneway.test``: Fisher's F, or Welch's when variances may differ.

    One array a group; missing answers and empty groups are left out and counted. ``effect_size`` is eta squared.
    """
    from scipy.stats import f_oneway  # slow to load
    from statsmodels.stats.oneway import anova_oneway

    answers, detail = filled_groups(groups)
    n = sum(map(len, answers))
    detail |= {"method": "fisher" if equal_variances else "welch", "effect": "eta_squared"}
    reason = _anova_undefined(answers, n, equal_variances)
    if reason:
        return Result("one_way_anova", n, detail=detail, undefined=reason)
    dof = (len(answers) - 1.0, float(n - len(answers)))
    statistic, p_value = f_oneway(*answers)
    if statistic < 0:  # equal means, give or take the rounding of their difference
        statistic, p_value = 0.0, 1.0
    low, high = of_explained(float(statistic), dof, level)
    explained = 1 - dof[1] / (float(statistic) * dof[0] + dof[1])
    if not equal_variances:
        found = anova_oneway(answers, use_var="unequal")
        statistic, p_value, dof = found.statistic, found.pvalue, (float(found.df_num), float(found.df_denom))
    return Result("one_way_anova", n, statistic=float(statistic), dof=dof, p_value=float(p_value),
                  effect_size=explained, effect_low=low, effect_high=high, detail=detail)  # fmt: skip


def _anova_undefined(answers: list[Vector], n: int, equal_variances: bool) -> str:
    if len(answers) < 2:
        return "moins de deux groupes ont répondu"
    constant = [bool(values.min() == values.max()) for values in answers]
    if n == len(answers) or (all(constant) if equal_variances else any(constant)):
        return "les réponses sont égales dans chaque groupe" if equal_variances else "un groupe ne varie pas"
    return ""
