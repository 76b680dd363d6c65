"""Does the regression hold? Checks on what it leaves unexplained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from analysis.statistics.answers import Matrix, Vector
from analysis.statistics.linear_regression import LinearModel
from analysis.statistics.models.fitted_model import inflation
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
    from statsmodels.regression.linear_model import OLS  # slow to load
    from statsmodels.stats.outliers_influence import OLSInfluence

    if model.undefined or model.columns is None or model.residuals is None:
        nothing = Result("", model.n, undefined=model.undefined)
        return ResidualChecks(nothing, nothing)
    influence = OLSInfluence(OLS(model.residuals, model.columns).fit(method="qr"))
    with np.errstate(divide="ignore", invalid="ignore"):  # someone alone on a level has no distance
        cook = np.where(influence.hat_matrix_diag < 1 - 1e-10, influence.cooks_distance[0], np.nan)
    largest = int(np.nanargmax(cook)) if not np.isnan(cook).all() else None
    return ResidualChecks(
        shapiro_wilk(model.residuals),
        _breusch_pagan(model.residuals, model.columns),
        None if largest is None else float(cook[largest]),
        None if largest is None else model.rows[largest],
        inflation(np.atleast_2d(np.cov(model.columns[:, 1:].T)), np.array(model.owners[1:]), model.term_ids),
        model.n / (model.columns.shape[1] - 1),
    )


def _breusch_pagan(residuals: Vector, columns: Matrix) -> Result:
    from statsmodels.stats.diagnostic import het_breuschpagan  # slow to load

    squares, dof = residuals**2, columns.shape[1] - 1
    if float(np.sum((squares - squares.mean()) ** 2)) <= 1e-20 * float(squares @ squares):
        return Result("breusch_pagan", len(squares), dof=dof, undefined="tous les résidus ont la même taille")
    statistic, p_value, _, _ = het_breuschpagan(residuals, columns, robust=True)
    return Result("breusch_pagan", len(squares), statistic=float(statistic), dof=dof, p_value=float(p_value))
