"""Mean, standard deviation, quartiles."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from analysis.statistics.answers import Answers, Vector, given


@dataclass(frozen=True, slots=True)
class Descriptives:
    """A set of answers in nine numbers, in their own unit; what needs more answers than there are is None."""

    n: int
    missing: int
    mean: float | None = None
    sd: float | None = None
    minimum: float | None = None
    q1: float | None = None
    median: float | None = None
    q3: float | None = None
    maximum: float | None = None


def describe(values: Answers, quantile_type: int = 7) -> Descriptives:
    """Describe one answer a respondent; the SD divides by n - 1 and wants two answers."""
    kept, missing = given(values)
    if not len(kept):
        return Descriptives(0, missing)
    ordered = np.sort(kept)
    return Descriptives(
        n=len(ordered),
        missing=missing,
        mean=float(ordered.mean()),
        sd=float(ordered.std(ddof=1)) if len(ordered) > 1 else None,
        minimum=float(ordered[0]),
        q1=_at(ordered, 0.25, quantile_type),
        median=_at(ordered, 0.5, quantile_type),
        q3=_at(ordered, 0.75, quantile_type),
        maximum=float(ordered[-1]),
    )


def quantile(values: Answers, probability: float, quantile_type: int = 7) -> float | None:
    """The sample quantile of type 2, 6 or 7 (R's numbering); None when nobody answered.

    Source: Hyndman & Fan, « Sample quantiles in statistical packages », The American Statistician, 1996.
    """
    kept, _ = given(values)
    return _at(np.sort(kept), probability, quantile_type) if len(kept) else None


def _at(ordered: Vector, probability: float, quantile_type: int) -> float:
    n = len(ordered)
    position = {2: n * probability, 6: (n + 1) * probability, 7: 1 + (n - 1) * probability}[quantile_type]
    # 4 ulp of slack, as R has: 0.1 * 30 must fall on the third value, not beside it
    whole = math.floor(position + 4 * np.finfo(float).eps)
    beyond = position - whole
    if abs(beyond) < 4 * np.finfo(float).eps:
        beyond = 0.0
    if quantile_type == 2:
        beyond = 1.0 if beyond else 0.5
    low, high = (ordered[min(max(index, 1), n) - 1] for index in (whole, whole + 1))
    return float(low) if low == high else float((1 - beyond) * low + beyond * high)
