"""Do items, or coders, agree? Cronbach's alpha and Cohen's kappa."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from scipy import special

from analysis.statistics.answers import Answers, Matrix
from analysis.statistics.result import Result


def cronbach_alpha(items: Answers, *, level: float = 0.95) -> Result:
    """Internal consistency of the items that a composite sums, with Feldt's interval.

    One row a respondent, one column an item; rows that miss an item are left out. ``detail["without_item"]`` gives
    alpha when each item in turn is left out. Sources: Cronbach, Psychometrika, 1951; Feldt, Psychometrika, 1965.
    """
    answers = np.asarray(items, float)
    complete = answers[~np.isnan(answers).any(axis=1)]
    n, k = complete.shape
    detail = {"items": k, "missing": len(answers) - n, "level": level, "estimate": "alpha"}
    if n < 2 or k < 2:
        return Result("cronbach_alpha", n, detail=detail, undefined="il faut deux répondants et deux items au moins")
    alpha = _alpha(complete)
    if alpha is None:
        return Result("cronbach_alpha", n, detail=detail, undefined="toutes les sommes sont égales")
    without = [_alpha(np.delete(complete, item, axis=1)) if k > 2 else None for item in range(k)]
    dof = (n - 1, (n - 1) * (k - 1))
    high_f, low_f = (float(special.fdtri(*dof, p)) for p in ((1 + level) / 2, (1 - level) / 2))
    return Result(
        "cronbach_alpha", n, dof=dof, estimate=alpha, ci_low=1 - (1 - alpha) * high_f,
        ci_high=1 - (1 - alpha) * low_f, detail=detail | {"without_item": without},
    )  # fmt: skip


def _alpha(complete: Matrix) -> float | None:
    k = complete.shape[1]
    total = float(complete.sum(axis=1).var(ddof=1))
    return k / (k - 1) * (1 - float(complete.var(axis=0, ddof=1).sum()) / total) if total else None


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable], *, level: float = 0.95) -> Result:
    """Agreement of two coders on the same units beyond chance, with its large-sample interval, kept within [-1, 1].

    One label a unit and a coder; units that miss one (None or "") are left out. ``statistic`` is z under no
    agreement but chance. Sources: Cohen, 1960; Fleiss, Cohen & Everitt, Psychological Bulletin, 1969.
    """
    from statsmodels.stats.inter_rater import cohens_kappa  # slow to load

    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a not in (None, "") and b not in (None, "")]
    n = len(pairs)
    labels = {label: place for place, label in enumerate(sorted({label for pair in pairs for label in pair}, key=str))}
    detail = {"missing": len(first) - n, "labels": list(labels), "level": level, "estimate": "kappa"}
    if not n:
        return Result("cohen_kappa", 0, detail=detail, undefined="aucune unité codée par les deux")
    counts = np.zeros((len(labels), len(labels)))
    np.add.at(counts, tuple(np.array([[labels[a], labels[b]] for a, b in pairs]).T), 1)
    observed, chance = float(np.trace(counts)) / n, float(counts.sum(axis=1) @ counts.sum(axis=0)) / n**2
    detail |= {"observed_agreement": observed, "chance_agreement": chance}
    if len(labels) < 2:
        return Result("cohen_kappa", n, detail=detail, undefined="une seule étiquette a servi")
    with np.errstate(invalid="ignore"):  # in full agreement the variance is a zero, give or take its rounding
        found = cohens_kappa(counts)
    kappa, reach = float(found.kappa), float(special.ndtri((1 + level) / 2)) * max(0.0, float(found.var_kappa)) ** 0.5
    return Result("cohen_kappa", n, statistic=float(found.z_value), p_value=float(found.pvalue_two_sided),
                  estimate=kappa, ci_low=max(-1.0, kappa - reach), ci_high=min(1.0, kappa + reach), effect_size=kappa,
                  detail=detail)  # fmt: skip
