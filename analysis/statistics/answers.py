"""Answers as arrays of numbers: what is missing is left out here, once, and counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float64]
Answers = npt.ArrayLike | Any


def as_vector(values: Answers) -> Vector:
    """Values as floats, one an answer; None, NaN and pandas' NA become NaN."""
    if isinstance(values, np.ndarray) and values.dtype.kind in "fiub":
        return values.astype(np.float64).ravel()
    if hasattr(values, "to_numpy"):
        return np.asarray(values.to_numpy(dtype=np.float64, na_value=np.nan)).ravel()
    return np.array([np.nan if value is None else value for value in np.asarray(values, dtype=object).ravel()], float)


def given(values: Answers) -> tuple[Vector, int]:
    """The answers given, and how many are missing."""
    vector = as_vector(values)
    kept = vector[~np.isnan(vector)]
    return kept, len(vector) - len(kept)


def complete_pairs(first: Answers, second: Answers) -> tuple[Vector, Vector, int]:
    """The pairs with both answers, and how many pairs miss one; raises ValueError when lengths differ."""
    x, y = as_vector(first), as_vector(second)
    if len(x) != len(y):
        raise ValueError("paired answers must have the same length")
    kept = ~(np.isnan(x) | np.isnan(y))
    return x[kept], y[kept], int(len(x) - kept.sum())


def filled_groups(groups: Sequence[Answers]) -> tuple[list[Vector], dict[str, Any]]:
    """The answers of each group that gave any; how many groups there are, how many empty, how many answers missing."""
    kept = [given(group) for group in groups]
    answers = [values for values, _ in kept if len(values)]
    missing = sum(lost for _, lost in kept)
    return answers, {"groups": len(answers), "empty": len(kept) - len(answers), "missing": missing}
