"""Mean, standard deviation, quartiles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.statistics.answers import Answers, Vector, given

QUANTILES = {1: "inverted_cdf", 2: "averaged_inverted_cdf", 6: "weibull", 7: "linear"}  # R's types, in numpy's words


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
    sd = float(kept.std(ddof=1)) if len(kept) > 1 else None
    five = _quantiles(kept, np.array([0, 0.25, 0.5, 0.75, 1]), quantile_type)
    return Descriptives(len(kept), missing, float(kept.mean()), sd, *map(float, five))


def quantile(values: Answers, probability: float, quantile_type: int = 7) -> float | None:
    """The sample quantile of type 1, 2, 6 or 7 (R's numbering); None when nobody answered.

    Source: Hyndman & Fan, « Sample quantiles in statistical packages », The American Statistician, 1996.
    """
    kept, _ = given(values)
    return float(_quantiles(kept, np.array([probability]), quantile_type)[0]) if len(kept) else None


def _quantiles(kept: Vector, probabilities: Vector, quantile_type: int) -> Vector:
    found: Vector = np.quantile(kept, probabilities, method=QUANTILES[quantile_type])  # type: ignore[call-overload]
    return found
