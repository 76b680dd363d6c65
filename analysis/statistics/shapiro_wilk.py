"""The Shapiro-Wilk test of normality."""

from __future__ import annotations

from scipy import stats

from analysis.statistics.answers import Answers, given
from analysis.statistics.result import Result

LARGEST = 5000


def shapiro_wilk(values: Answers) -> Result:
    """R's ``shapiro.test``: W and its p-value, for 3 to 5,000 answers (Royston's approximation stops there).

    Missing answers are left out. Source: Royston, algorithm AS R94, Applied Statistics, 1995.
    """
    kept, missing = given(values)
    n = len(kept)
    reason = (
        "moins de trois réponses" if n < 3
        else "plus de 5 000 réponses : la méthode ne va pas au-delà" if n > LARGEST
        else "toutes les réponses sont égales" if kept.min() == kept.max()
        else ""
    )  # fmt: skip
    if reason:
        return Result("shapiro_wilk", n, detail={"missing": missing}, undefined=reason)
    spread = float(kept.max() - kept.min())
    found = stats.shapiro(kept / spread if spread < 1e-10 else kept)
    return Result("shapiro_wilk", n, statistic=float(found.statistic), p_value=float(found.pvalue),
                  detail={"missing": missing})  # fmt: skip
