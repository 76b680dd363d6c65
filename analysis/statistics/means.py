"""Tests on means: Student's for pairs, Welch's for two groups, analysis of variance for several."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import special

from analysis.statistics.answers import Answers, Vector, complete_pairs, given
from analysis.statistics.result import Result

EPSILON = float(np.finfo(float).eps)


def paired_t(before: Answers, after: Answers, *, level: float = 0.95) -> Result:
    """R's ``t.test(after, before, paired = TRUE)``: mean change, its interval, t on n - 1 degrees of freedom.

    One row a person; pairs that miss an answer are left out. ``effect_size`` is Cohen's d_z, the mean change in
    standard deviations of the change.
    """
    x, y, missing = complete_pairs(before, after)
    change, n = y - x, len(x)
    detail = {"missing": missing, "level": level, "estimate": "mean_change", "effect": "cohen_dz"}
    if n < 2:
        return Result("paired_t", n, detail=detail, undefined="moins de deux paires complètes")
    mean, sd = float(change.mean()), float(change.std(ddof=1))
    error = sd / math.sqrt(n)
    if error < 10 * EPSILON * abs(mean) or not error:
        return Result("paired_t", n, estimate=mean, detail=detail, undefined="tous les changements sont égaux")
    return _student("paired_t", n, mean, error, n - 1, level, mean / sd, detail)


def welch_t(first: Answers, second: Answers, *, level: float = 0.95) -> Result:
    """R's ``t.test(first, second)``: difference of means, unequal variances, Welch's degrees of freedom.

    One answer a person; missing answers are left out. ``effect_size`` is Cohen's d on the pooled SD.
    Source: Welch, Biometrika, 1947.
    """
    x, x_missing = given(first)
    y, y_missing = given(second)
    m, n = len(x), len(y)
    detail = {"n_first": m, "n_second": n, "missing": x_missing + y_missing, "level": level,
              "estimate": "mean_difference", "effect": "cohen_d"}  # fmt: skip
    if min(m, n) < 2:
        return Result("welch_t", m + n, detail=detail, undefined="un des groupes a moins de deux réponses")
    difference = float(x.mean() - y.mean())
    x_part, y_part = float(x.var(ddof=1)) / m, float(y.var(ddof=1)) / n
    error = math.sqrt(x_part + y_part)
    if error < 10 * EPSILON * max(abs(x.mean()), abs(y.mean())) or not error:
        return Result("welch_t", m + n, estimate=difference, detail=detail,
                      undefined="les réponses sont égales dans chaque groupe")  # fmt: skip
    dof = error**4 / (x_part**2 / (m - 1) + y_part**2 / (n - 1))
    pooled = math.sqrt(((m - 1) * m * x_part + (n - 1) * n * y_part) / (m + n - 2))
    return _student("welch_t", m + n, difference, error, dof, level, difference / pooled, detail)


def _student(
    test: str, n: int, estimate: float, error: float, dof: float, level: float, effect: float, detail: dict[str, Any]
) -> Result:
    statistic = estimate / error
    reach = float(special.stdtrit(dof, (1 + level) / 2)) * error
    return Result(
        test, n, statistic=statistic, dof=dof, p_value=float(2 * special.stdtr(dof, -abs(statistic))),
        estimate=estimate, ci_low=estimate - reach, ci_high=estimate + reach, effect_size=effect, detail=detail,
    )  # fmt: skip


def one_way_anova(groups: Sequence[Answers], *, equal_variances: bool = True) -> Result:
    """R's ``oneway.test``: Fisher's F, or Welch's when variances may differ.

    One array a group; missing answers and empty groups are left out and counted. ``effect_size`` is eta squared.
    """
    kept = [given(group) for group in groups]
    answers = [values for values, _ in kept if len(values)]
    sizes = np.array([len(values) for values in answers], float)
    n = int(sizes.sum())
    detail = {"groups": len(answers), "empty": len(kept) - len(answers), "missing": sum(lost for _, lost in kept),
              "method": "fisher" if equal_variances else "welch", "effect": "eta_squared"}  # fmt: skip
    reason = _anova_undefined(answers, n, equal_variances)
    if reason:
        return Result("one_way_anova", n, detail=detail, undefined=reason)
    means = np.array([values.mean() for values in answers], float)
    within = np.array([np.sum((values - values.mean()) ** 2) for values in answers], float)
    between = float(np.sum(sizes * (means - np.concatenate(answers).mean()) ** 2))
    statistic, dof = _welch_f(sizes, means, within / (sizes - 1)) if not equal_variances else (
        between / (len(answers) - 1) / (float(within.sum()) / (n - len(answers))),
        (len(answers) - 1.0, float(n - len(answers))),
    )  # fmt: skip
    return Result(
        "one_way_anova", n, statistic=statistic, dof=dof, p_value=float(special.fdtrc(dof[0], dof[1], statistic)),
        effect_size=between / (between + float(within.sum())), detail=detail,
    )  # fmt: skip


def _anova_undefined(answers: list[Vector], n: int, equal_variances: bool) -> str:
    if len(answers) < 2:
        return "moins de deux groupes ont répondu"
    constant = [bool(values.min() == values.max()) for values in answers]
    if n == len(answers) or (all(constant) if equal_variances else any(constant)):
        return "les réponses sont égales dans chaque groupe" if equal_variances else "un groupe ne varie pas"
    return ""


def _welch_f(sizes: Vector, means: Vector, variances: Vector) -> tuple[float, tuple[float, float]]:
    k = len(sizes)
    weights = sizes / variances
    total = weights.sum()
    lack = float(np.sum((1 - weights / total) ** 2 / (sizes - 1))) / (k * k - 1)
    centre = np.sum(weights * means) / total
    f = float(np.sum(weights * (means - centre) ** 2)) / ((k - 1) * (1 + 2 * (k - 2) * lack))
    return f, (k - 1.0, 1 / (3 * lack))
