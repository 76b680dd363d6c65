"""From the maximum of a likelihood to a fitted model: each kind says its likelihood, all the rest is here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from analysis.statistics.answers import Matrix, Vector
from analysis.statistics.models.fitted_model import FittedModel, TermTest, chi_square_of, inflation, unfitted, wald
from analysis.statistics.models.rows_kept import KeptRows

NOT_CONVERGED = "le calcul ne trouve pas de maximum de vraisemblance"
TOO_MANY = "autant de coefficients que de répondants"


@dataclass(frozen=True, eq=False)
class Maximum:
    """The parameters (intercepts first), their covariance, and the log-likelihood at its maximum."""

    params: Vector
    covariance: Matrix
    log_likelihood: float
    fitted: Vector
    extra: Mapping[str, float]


Maximise = Callable[[Matrix], Maximum | None]


def likelihood_model(
    kind: str,
    rows: KeptRows,
    maximise: Maximise,
    *,
    level: float,
    intercepts: tuple[tuple[str, str], ...] = (("", ""),),
    sign: float = -1.0,
) -> tuple[FittedModel, Maximum | None]:
    """The model, and its maximum for whoever checks it; terms are tested by likelihood ratio, levels by Wald's test.

    ``maximise`` takes independent columns, without the intercept; ``sign`` is that of the shift which centring the
    columns makes to an intercept.
    """
    if rows.n <= len(intercepts) + int(rows.kept.sum()):
        return unfitted(kind, rows, TOO_MANY), None
    best, null = maximise(rows.columns[:, rows.kept]), maximise(rows.columns[:, :0])
    if best is None or null is None or rows.plan is None:
        return unfitted(kind, rows, NOT_CONVERGED), None
    back = rows.plain(len(intercepts), sign)
    covariance = back @ best.covariance @ back.T
    slopes = covariance[len(intercepts) :, len(intercepts) :]
    gain = 2 * (best.log_likelihood - null.log_likelihood)
    model = FittedModel(
        kind, rows.n, rows.missing,
        wald((*intercepts, *rows.labels), [*(True for _ in intercepts), *rows.kept], back @ best.params, covariance,
             level),
        tuple(_term(rows, place, name, best, maximise) for place, name in enumerate(rows.terms)),
        chi_square_of(kind, rows.n, gain, int(rows.kept.sum()), {"part": "model", "method": "likelihood_ratio"}),
        {"log_likelihood": best.log_likelihood, "null_log_likelihood": null.log_likelihood,
         "pseudo_r_squared": 1 - best.log_likelihood / null.log_likelihood, **best.extra},
        inflation=inflation(slopes, rows.owners[rows.kept], rows.terms),
        per_coefficient=rows.n / int(rows.kept.sum()),
        references=rows.plan.references, unused_levels=rows.plan.unused_levels, aliased=rows.aliased,
    )  # fmt: skip
    return model, best


def _term(rows: KeptRows, place: int, name: str, best: Maximum, maximise: Maximise) -> TermTest:
    others = rows.others(place)
    dof = int(rows.kept.sum() - others.sum())
    without = maximise(rows.columns[:, others]) if dof else None
    if without is None:
        return TermTest(name, dof, 0.0)
    found = chi_square_of("", rows.n, 2 * (best.log_likelihood - without.log_likelihood), dof)
    return TermTest(name, dof, 0.0, found.statistic, found.p_value)


def with_intercept(columns: Matrix) -> Matrix:
    """The columns after one of ones."""
    return np.column_stack([np.ones(len(columns)), columns])
