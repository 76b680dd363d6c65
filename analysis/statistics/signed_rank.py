"""Wilcoxon's signed rank test."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import special

from analysis.statistics.answers import Answers, complete_pairs
from analysis.statistics.location import exact_location
from analysis.statistics.pseudomedian import (
    EXACT_BELOW,
    asymptotic_location,
    location_of_all,
    pair_averages,
    pseudomedian,
    standardised,
)
from analysis.statistics.ranks import distinct, exact_p_value, mid_ranks, signed_rank_counts
from analysis.statistics.result import Result


def signed_rank(before: Answers, after: Answers, *, level: float = 0.95) -> Result:
    """R's ``wilcox.test(after, before, paired = TRUE, conf.int = TRUE)``, two-sided.

    One row a person, both answers in the same unit; pairs that miss one are left out. Pairs that did not move
    are dropped; exact when none did, no two changes tie in size and n < 50, otherwise normal with continuity and
    tie corrections. ``estimate`` is the pseudomedian of the changes that are not zero, as R gives it;
    ``detail["pseudomedian_with_zeros"]`` is that of all changes, ``with_zeros_low`` and ``with_zeros_high`` its
    interval. ``effect_size`` is the matched-pairs rank-biserial correlation, -1 to 1.
    Sources: Hollander & Wolfe, Nonparametric Statistical Methods; Kerby, 2014.
    """
    x, y, missing = complete_pairs(before, after)
    change = y - x
    moved = change[change != 0]
    n, zeros = len(moved), int(np.sum(change == 0))
    detail: dict[str, Any] = {
        "zeros": zeros, "missing": missing, "moved": n, "level": level, "estimate": "pseudomedian",
        "effect": "matched_rank_biserial", "pseudomedian_with_zeros": pseudomedian(change),
    }  # fmt: skip
    if not n:
        reason = "personne n'a changé de réponse" if zeros else "aucune paire complète"
        return Result("signed_rank", len(change), detail=detail, undefined=reason)
    values, counts = distinct(moved)
    ranks, ties = mid_ranks(np.abs(values), counts)
    statistic = float(np.sum((counts * ranks)[values > 0]))
    exact = n < EXACT_BELOW and not zeros and not ties
    detail["method"] = "exact" if exact else "asymptotic"
    if exact:
        law = signed_rank_counts(n)
        p_value = exact_p_value(law, round(statistic))
        location = exact_location(pair_averages(moved), law, level)
    else:
        z = standardised(statistic, n, ties, corrected=True)
        p_value = min(1.0, float(2 * special.ndtr(-abs(z))))
        location = asymptotic_location(values, counts, level)
    everybody = location_of_all(change, level) if zeros else location
    detail |= {"level": location.level, "with_zeros_low": everybody.ci_low, "with_zeros_high": everybody.ci_high}
    return Result(
        "signed_rank", len(change), statistic=statistic, p_value=p_value, estimate=location.estimate,
        ci_low=location.ci_low, ci_high=location.ci_high, effect_size=4 * statistic / (n * (n + 1)) - 1, detail=detail,
    )  # fmt: skip
