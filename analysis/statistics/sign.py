"""The sign test, whether more people went up than down."""

from __future__ import annotations

import numpy as np

from analysis.statistics.answers import Answers, complete_pairs
from analysis.statistics.result import Result


def sign_test(before: Answers, after: Answers, *, level: float = 0.95) -> Result:
    """Two-sided binomial test of the ups among those who moved, R's ``binom.test(up, up + down)``.

    One row a person, both answers in the same unit; pairs that miss one are left out, those that did not move
    are counted apart (``detail["equal"]``). ``estimate`` is the share of ups among those who moved, with its
    exact interval; ``effect_size`` is (up - down) / (up + down). Source: Conover, Practical Nonparametric Statistics.
    """
    from scipy.stats import binomtest  # slow to load

    x, y, missing = complete_pairs(before, after)
    up, down = int(np.sum(y > x)), int(np.sum(y < x))
    moved = up + down
    detail = {"up": up, "equal": len(x) - moved, "down": down, "missing": missing, "level": level,
              "method": "exact", "estimate": "share_up", "effect": "net_share_up"}  # fmt: skip
    if not moved:
        reason = "personne n'a changé de réponse" if len(x) else "aucune paire complète"
        return Result("sign", len(x), statistic=0.0, detail=detail, undefined=reason)
    found = binomtest(up, moved)
    low, high = map(float, found.proportion_ci(level, "exact"))
    return Result("sign", len(x), statistic=float(up), p_value=float(found.pvalue), estimate=up / moved, ci_low=low,
                  ci_high=high, effect_size=(up - down) / moved, effect_low=2 * low - 1, effect_high=2 * high - 1,
                  detail=detail)  # fmt: skip
