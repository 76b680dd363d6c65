"""Does the regression hold? Checks on what it leaves unexplained."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.statistics.answers import Matrix, Vector
from analysis.statistics.result import Result
from analysis.statistics.shapiro_wilk import shapiro_wilk


def residual_checks(outcome: Vector, columns: Matrix) -> tuple[tuple[Result, Result], dict[str, float]]:
    """Of what the columns leave: Shapiro-Wilk, studentised Breusch-Pagan, and the largest of Cook's distances.

    Sources: Koenker, Journal of Econometrics, 1981 (R's ``lmtest::bptest``); Cook, Technometrics, 1977.
    """
    from statsmodels.regression.linear_model import OLS  # slow to load
    from statsmodels.stats.outliers_influence import OLSInfluence

    fit = OLS(outcome, columns).fit(method="qr")
    influence = OLSInfluence(fit)
    with np.errstate(divide="ignore", invalid="ignore"):  # someone alone on a level has no distance
        cook = np.where(influence.hat_matrix_diag < 1 - 1e-10, influence.cooks_distance[0], np.nan)
    weight = {} if np.isnan(cook).all() else {"largest_cook": float(np.nanmax(cook))}
    return (shapiro_wilk(fit.resid), _breusch_pagan(fit)), weight


def _breusch_pagan(fit: Any) -> Result:
    from statsmodels.stats.diagnostic import het_breuschpagan  # slow to load

    squares, dof = fit.resid**2, int(fit.df_model)
    if float(np.sum((squares - squares.mean()) ** 2)) <= 1e-20 * float(squares @ squares):
        return Result("breusch_pagan", len(squares), dof=dof, undefined="tous les résidus ont la même taille")
    statistic, p_value, _, _ = het_breuschpagan(fit.resid, fit.model.exog, robust=True)
    return Result("breusch_pagan", len(squares), statistic=float(statistic), dof=dof, p_value=float(p_value))
