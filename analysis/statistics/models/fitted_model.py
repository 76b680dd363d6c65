"""A fitted model, whatever its kind: coefficients, what each variable adds, what the whole is worth, its checks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.statistics.answers import Matrix, Vector
from analysis.statistics.models.rows_kept import KeptRows
from analysis.statistics.result import Result


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One column's coefficient (``term`` "" is the intercept); an aliased one has no figure."""

    term: str
    level: str
    estimate: float | None = None
    std_error: float | None = None
    statistic: float | None = None
    p_value: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    aliased: bool = False


@dataclass(frozen=True, slots=True)
class TermTest:
    """What a whole term adds to all the others (type II: there are no interactions, so type III is the same).

    ``effect_size`` is partial eta squared: its share of the variance that the others leave.
    """

    term: str
    dof: int
    sum_of_squares: float
    statistic: float | None = None
    p_value: float | None = None
    effect_size: float | None = None
    effect_low: float | None = None
    effect_high: float | None = None


@dataclass(frozen=True, eq=False)
class FittedModel:
    """What a model gives; estimates are on the scale of the model (a logarithm of odds or of a rate).

    ``n`` people are kept and ``missing`` left out for want of an answer. ``overall``: all variables together against
    none. ``worth``: log_likelihood, r_squared and what is the kind's own. ``checks``: tests of what the model
    supposes. ``separated``: the (term, level) that foretell the outcome without fail. ``per_coefficient``: events, or
    people, a coefficient. When there is no figure to give, ``undefined`` says why.
    """

    kind: str
    n: int
    missing: int
    coefficients: tuple[Coefficient, ...] = ()
    terms: tuple[TermTest, ...] = ()
    overall: Result | None = None
    worth: Mapping[str, float] = field(default_factory=dict)
    checks: tuple[Result, ...] = ()
    inflation: Mapping[str, float | None] = field(default_factory=dict)
    per_coefficient: float | None = None
    references: Mapping[str, str] = field(default_factory=dict)
    unused_levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aliased: tuple[tuple[str, str], ...] = ()
    separated: tuple[tuple[str, str], ...] = ()
    undefined: str = ""

    @property
    def singular(self) -> bool:
        """True when a random effect is left with no variance at all."""
        return self.worth.get("between_sd") == 0


def unfitted(kind: str, rows: KeptRows, reason: str, separated: Sequence[tuple[str, str]] = ()) -> FittedModel:
    """A model without figures, and the reason."""
    return FittedModel(kind, rows.n, rows.missing, references=rows.plan.references if rows.plan else {},
                       separated=tuple(separated), undefined=reason)  # fmt: skip


def wald(
    labels: Sequence[tuple[str, str]],
    kept: Sequence[bool],
    params: Vector,
    covariance: Matrix,
    level: float,
    dof: float = math.inf,
) -> tuple[Coefficient, ...]:
    """Coefficients with intervals and p-values, normal or Student's; a label that is not ``kept`` is aliased."""
    from scipy.stats import norm, t  # slow to load

    law = norm if math.isinf(dof) else t(dof)
    errors = np.sqrt(np.diag(covariance))
    reach = float(law.ppf((1 + level) / 2))
    found = iter(zip(params, errors, strict=True))
    made = []
    for label, keep in zip(labels, kept, strict=True):
        if not keep:
            made.append(Coefficient(*label, aliased=True))
            continue
        estimate, error = (float(one) for one in next(found))
        ratio = estimate / error
        made.append(Coefficient(*label, estimate, error, ratio, float(2 * law.sf(abs(ratio))),
                                estimate - reach * error, estimate + reach * error))  # fmt: skip
    return tuple(made)


def chi_square_of(
    test: str, n: int, statistic: float, dof: int, detail: Mapping[str, Any] | None = None, undefined: str = ""
) -> Result:
    """A statistic that follows a chi-square of ``dof`` degrees of freedom."""
    from scipy.stats import chi2  # slow to load

    statistic = max(0.0, statistic)
    p_value = None if undefined else float(chi2.sf(statistic, dof))
    return Result(test, n, statistic, float(dof), p_value, detail=detail or {}, undefined=undefined)


def inflation(covariance: Matrix, owners: npt.NDArray[np.int64], terms: Sequence[str]) -> dict[str, float | None]:
    """GVIF^(1 / 2 df) of each term, from the covariance of the coefficients, or of the columns, without the intercept.

    Source: Fox & Monette, JASA, 1992 (R's ``car::vif``).
    """
    found: dict[str, float | None] = {}
    if not len(owners):
        return dict.fromkeys(terms)
    scale = np.sqrt(np.diag(covariance))
    correlations = covariance / np.outer(scale, scale)
    whole = np.linalg.det(correlations)
    for place, term in enumerate(terms):
        own = owners == place
        if not own.any() or own.all():
            found[term] = 1.0 if own.any() else None
            continue
        shared = np.linalg.det(correlations[np.ix_(own, own)]) * np.linalg.det(correlations[np.ix_(~own, ~own)])
        found[term] = float((shared / whole) ** (1 / (2 * int(own.sum()))))
    return found
