"""Linear regression by least squares, with the tests of R's ``lm`` and of a type II table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.statistics.answers import Answers, Matrix, Vector
from analysis.statistics.design_matrix import Term
from analysis.statistics.effect_interval import of_explained
from analysis.statistics.models.fitted_model import FittedModel, TermTest, inflation, unfitted, wald
from analysis.statistics.models.likelihood import TOO_MANY, with_intercept
from analysis.statistics.models.rows_kept import KeptRows, rows_kept
from analysis.statistics.residuals import residual_checks
from analysis.statistics.result import Result

KIND = "linear_regression"


def linear_regression(
    outcome: Answers, terms: Sequence[Term], *, level: float = 0.95, checked: bool = True
) -> FittedModel:
    """R's ``lm(outcome ~ terms)``: one row a respondent, rows that miss anything left out and counted.

    Reference levels are the first declared ones in use, unused levels are dropped and named, aliased columns are
    dropped in R's order and named. Each term's F compares the model with and without it, R's ``drop1``.
    ``checked``: with its checks of residuals, and what the respondent who weighs most weighs.
    """
    rows = rows_kept(outcome, terms)
    reason = _undefined(rows)
    if reason or rows.plan is None:
        return unfitted(KIND, rows, reason)
    centre = float(rows.outcome.mean())  # large scores keep their digits
    y, columns, used = rows.outcome - centre, with_intercept(rows.columns[:, rows.kept]), int(rows.kept.sum())
    orthogonal, triangle = np.linalg.qr(columns)
    params = np.linalg.solve(triangle, orthogonal.T @ y)
    residuals = y - columns @ params
    left, whole, spare = float(residuals @ residuals), float(y @ y), rows.n - used - 1
    if left <= 1e-20 * whole:
        return unfitted(KIND, rows, "le modèle suit exactement les réponses")
    back, inverse = rows.plain(1, -1.0), np.linalg.inv(triangle)
    plain, covariance = back @ params, back @ inverse @ inverse.T @ back.T * (left / spare)
    plain[0] += centre
    checks, weight = residual_checks(y, columns) if checked else ((), {})
    return FittedModel(
        KIND, rows.n, rows.missing,
        wald((("", ""), *rows.labels), [True, *rows.kept], plain, covariance, level, spare),
        _terms(rows, y, left, level),
        _f_test(rows.n, whole - left, left, (used, spare)),
        {"r_squared": 1 - left / whole, "adjusted_r_squared": 1 - left / spare / (whole / (rows.n - 1)),
         "sigma": (left / spare) ** 0.5, **weight},
        checks, inflation(covariance[1:, 1:], rows.owners[rows.kept], rows.terms), rows.n / used,
        rows.plan.references, rows.plan.unused_levels, rows.aliased,
    )  # fmt: skip


def _undefined(rows: KeptRows) -> str:
    y = rows.outcome
    if rows.plan is not None and y.min() == y.max():
        return "toutes les réponses à expliquer sont égales"
    return rows.undefined or ("" if rows.n > int(rows.kept.sum()) + 1 else TOO_MANY)


def _f_test(n: int, explained: float, left: float, dof: tuple[int, int]) -> Result:
    """What these degrees of freedom explain, beside what is left."""
    from scipy.stats import f  # slow to load

    statistic = explained / dof[0] / (left / dof[1])
    return Result(KIND, n, statistic, dof, float(f.sf(statistic, *dof)))


def _terms(rows: KeptRows, y: Vector, left: float, level: float) -> tuple[TermTest, ...]:
    """The model against the one without each term, on a triangular factor: the same sums of squares in a few rows."""
    factor = _triangle(np.column_stack([with_intercept(rows.columns), y]))
    return tuple(_term(rows, place, name, factor, left, level) for place, name in enumerate(rows.terms))


def _term(rows: KeptRows, place: int, name: str, factor: Matrix, left: float, level: float) -> TermTest:
    others, used = rows.others(place), int(rows.kept.sum())
    dof = used - int(others.sum()), rows.n - used - 1
    if not dof[0]:
        return TermTest(name, 0, 0.0)
    added = float(_triangle(factor[:, [True, *others, True]])[-1, -1] ** 2) - left
    found = _f_test(rows.n, added, left, dof)
    low, high = of_explained(found.statistic or 0.0, dof, level)
    return TermTest(name, dof[0], added, found.statistic, found.p_value, added / (added + left), low, high)


def _triangle(columns: Matrix) -> Matrix:
    return np.asarray(np.linalg.qr(columns, mode="r"))
