"""How far coders agree on units that may bear several codes: on each code alone, and on all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.statistics.agreement import cohen_kappa
from analysis.statistics.krippendorff import krippendorff_alpha
from analysis.statistics.result import Result


@dataclass(frozen=True, slots=True)
class CoderAgreement:
    """``kappa`` when there are two coders, else None; ``alpha`` whatever their number; ``used``: units by coder."""

    kappa: Result | None
    alpha: Result
    used: tuple[int, ...]


def agreement_on(codes: Collection[str], given: Mapping[str, pd.Series], units: Collection[str]) -> CoderAgreement:
    """Agreement on whether a unit bears one of ``codes``, over the ``units`` coded by two coders at least.

    ``given``: by coder, the tuple of codes of each unit that they coded.
    """
    wanted = set(codes)
    labels = [[_borne(own, unit, wanted) for unit in units] for own in given.values()]
    return _agreement(labels, tuple(row.count("yes") for row in labels))


def agreement_overall(given: Mapping[str, pd.Series], units: Collection[str]) -> CoderAgreement:
    """Agreement on the codes of a unit, all together: two coders agree on a unit when they gave it the very same."""
    labels = [[";".join(sorted(own[unit])) if unit in own.index else "" for unit in units] for own in given.values()]
    return _agreement(labels, tuple(sum(map(bool, row)) for row in labels))


def _borne(own: pd.Series, unit: str, wanted: set[str]) -> str:
    if unit not in own.index:
        return ""
    return "yes" if wanted & set(own[unit]) else "no"


def _agreement(labels: list[list[str]], used: tuple[int, ...]) -> CoderAgreement:
    kappa = cohen_kappa(*labels) if len(labels) == 2 else None
    return CoderAgreement(kappa, krippendorff_alpha(labels), used)
