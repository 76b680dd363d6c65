"""Does the regression hold? Checks on what it leaves unexplained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy import special

from analysis.statistics.answers import Matrix
from analysis.statistics.linear_regression import LinearModel
from analysis.statistics.result import Result
from analysis.statistics.shapiro_wilk import shapiro_wilk


@dataclass(frozen=True, slots=True)
class ResidualChecks:
    """Normality, constant spread, the most influential respondent, collinearity, respondents per coefficient.

    ``inflation`` is, for each term, GVIF^(1 / 2 df): how much its intervals widen because terms overlap (1: not
    at all). ``largest_cook_row`` is a place in the input and is for the moderator alone.
    """

    normality: Result
    equal_spread: Result
    largest_cook: float | None = None
    largest_cook_row: int | None = None
    inflation: Mapping[str, float | None] = field(default_factory=dict)
    rows_per_coefficient: float | None = None


def residual_checks(model: LinearModel) -> ResidualChecks:
    """Shapiro-Wilk and studentised Breusch-Pagan on the residuals, Cook's distance, generalised VIF.

    Sources: Koenker, Journal of Econometrics, 1981 (R's ``lmtest::bptest``); Cook, Technometrics, 1977; Fox &
    Monette, JASA, 1992 (R's ``car::vif``).
    """
    if model.undefined or model.columns is None or model.residuals is None:
        nothing = Result("", model.n, undefined=model.undefined)
        return ResidualChecks(nothing, nothing)
    orthogonal, _ = np.linalg.qr(model.columns)
    cook = _cook_distances(orthogonal, model.residuals)
    largest = int(np.nanargmax(cook)) if not np.isnan(cook).all() else None
    return ResidualChecks(
        shapiro_wilk(model.residuals),
        _breusch_pagan(orthogonal, model.residuals),
        None if largest is None else float(cook[largest]),
        None if largest is None else model.rows[largest],
        _inflation(model),
        model.n / (model.columns.shape[1] - 1),
    )


def _breusch_pagan(orthogonal: Matrix, residuals: np.ndarray) -> Result:
    squares = residuals**2
    fitted = orthogonal @ (orthogonal.T @ squares)
    spread = float(np.sum((squares - squares.mean()) ** 2))
    dof = orthogonal.shape[1] - 1
    if spread <= 1e-20 * float(squares @ squares):
        return Result("breusch_pagan", len(squares), dof=dof, undefined="tous les résidus ont la même taille")
    statistic = len(squares) * float(np.sum((fitted - squares.mean()) ** 2)) / spread
    return Result("breusch_pagan", len(squares), statistic=statistic, dof=dof,
                  p_value=float(special.chdtrc(dof, statistic)))  # fmt: skip


def _cook_distances(orthogonal: Matrix, residuals: np.ndarray) -> np.ndarray:
    n, width = orthogonal.shape
    leverage = np.sum(orthogonal**2, axis=1)
    free = 1 - leverage > 1e-10
    variance = float(residuals @ residuals) / (n - width)
    distances = np.full(n, np.nan)
    distances[free] = (residuals[free] / (1 - leverage[free])) ** 2 * leverage[free] / (variance * width)
    return distances


def _inflation(model: LinearModel) -> dict[str, float | None]:
    owners = np.array(model.owners[1:])
    assert model.columns is not None  # noqa: S101 - checked by the caller
    correlations = np.atleast_2d(np.corrcoef(model.columns[:, 1:], rowvar=False))
    whole = np.linalg.det(correlations)
    found: dict[str, float | None] = {}
    for place, term in enumerate(model.term_ids):
        own = owners == place
        if not own.any() or own.all():
            found[term] = 1.0 if own.any() else None
            continue
        shared = np.linalg.det(correlations[np.ix_(own, own)]) * np.linalg.det(correlations[np.ix_(~own, ~own)])
        found[term] = float((shared / whole) ** (1 / (2 * int(own.sum()))))
    return found
