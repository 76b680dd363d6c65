"""Several tests of one question: p-values adjusted so that the family keeps its alpha."""

from __future__ import annotations

from collections.abc import Sequence


def holm(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Holm's step-down adjustment, R's ``p.adjust``; a None stays None and does not count in the family.

    Source: Holm, Scandinavian Journal of Statistics, 1979.
    """
    from statsmodels.stats.multitest import multipletests  # slow to load

    known = [p for p in p_values if p is not None]
    adjusted = iter(multipletests(known, method="holm")[1] if known else ())
    return tuple(None if p is None else float(next(adjusted)) for p in p_values)
