"""Do any number of coders agree, when not all coded every unit? Krippendorff's alpha for nominal codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np

from analysis.statistics.result import Result

Labels = Sequence[Hashable | None]
DRAWS, SEED = 2_000, 1


def krippendorff_alpha(coders: Sequence[Labels], *, level: float = 0.95) -> Result:
    """Agreement of coders beyond chance, nominal codes, with the percentile interval of a seeded bootstrap of units.

    One list a coder, one label a unit; None or "" is a unit that the coder did not code, and units with fewer than two
    labels are left out. Values: 1 is full agreement, 0 what chance gives. Source: Krippendorff, Content Analysis, 2004,
    chap. 11 (coincidence matrix); the bootstrap draws units whole, as in Zapf et al., BMC Med Res Methodol, 2016.
    """
    labels = [[one for one in unit if one not in (None, "")] for unit in zip(*coders, strict=True)]
    units = [Counter(unit) for unit in labels if len(unit) > 1]
    detail = {"coders": len(coders), "missing": len(labels) - len(units), "level": level, "estimate": "alpha"}
    if not units:
        return Result("krippendorff_alpha", 0, detail=detail, undefined="aucune unité codée par deux personnes")
    names = {label: n for n, label in enumerate(sorted({one for unit in units for one in unit}, key=str))}
    if len(names) < 2:
        message = "une seule étiquette a servi"
        return Result("krippendorff_alpha", len(units), detail=detail, undefined=message)
    counts = np.zeros((len(units), len(names)))
    for row, unit in enumerate(units):
        for label, n in unit.items():
            counts[row, names[label]] = n
    alpha = float(_alphas(counts, np.ones((1, len(units))))[0])
    picked = np.random.default_rng(SEED).multinomial(len(units), np.full(len(units), 1 / len(units)), DRAWS)
    drawn = _alphas(counts, picked)
    drawn = drawn[~np.isnan(drawn)]
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2]) if len(drawn) else (None, None)
    return Result(
        "krippendorff_alpha", len(units), estimate=alpha, ci_low=None if low is None else float(low),
        ci_high=None if high is None else float(high), effect_size=alpha,
        detail=detail | {"labels": [*names], "values": int(counts.sum()), "draws": DRAWS, "seed": SEED},
    )  # fmt: skip


def _alphas(counts: np.ndarray, picked: np.ndarray) -> np.ndarray:
    """Alpha of draws of units, of which ``picked`` says how many times each came: 1 - observed / expected."""
    of_unit = counts.sum(axis=1)
    apart = picked @ ((of_unit**2 - (counts**2).sum(axis=1)) / (of_unit - 1))
    totals = picked @ counts
    n = totals.sum(axis=1)
    expected = (n**2 - (totals**2).sum(axis=1)) / (n - 1)
    ratio: np.ndarray = np.divide(apart, expected, out=np.full(len(n), np.nan), where=expected > 0)
    return 1 - ratio
