"""Several tests of one question: p-values adjusted so that the family keeps its alpha."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def holm(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Holm's step-down adjustment, R's ``p.adjust``; a None stays None and does not count in the family.

    Source: Holm, Scandinavian Journal of Statistics, 1979.
    """
    known = np.array([p for p in p_values if p is not None])
    order = np.argsort(known, kind="stable")
    adjusted = np.empty(len(known))
    adjusted[order] = np.minimum(1, np.maximum.accumulate(known[order] * np.arange(len(known), 0, -1)))
    found = iter(adjusted.tolist())
    return tuple(None if p is None else next(found) for p in p_values)
