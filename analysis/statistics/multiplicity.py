"""Several tests of one question: p-values adjusted so that the family keeps its alpha."""

from __future__ import annotations

from collections.abc import Sequence


def holm(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Holm's step-down adjustment, R's ``p.adjust``; a None stays None and does not count in the family.

    Source: Holm, Scandinavian Journal of Statistics, 1979.
    """
    ordered = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    adjusted: list[float | None] = [None] * len(p_values)
    reached = 0.0
    for step, (p, place) in enumerate(ordered):
        reached = max(reached, min(1.0, (len(ordered) - step) * p))
        adjusted[place] = reached
    return tuple(adjusted)
