"""The maximum of a generalised linear model, by statsmodels, to its last digits."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from analysis.statistics.answers import Matrix, Vector
from analysis.statistics.models.likelihood import Maximum, with_intercept

# Newton's steps after the weighted least squares, which go slowly near the end where a link is not canonical
POLISH = 2


def glm_maximum(outcome: Vector, columns: Matrix, family: Any) -> Maximum | None:
    """R's ``glm(control = list(epsilon = 1e-14))``; None when the weighted least squares do not settle.

    The covariance is the inverse of the expected information, as R's ``vcov``.
    """
    from statsmodels.genmod.generalized_linear_model import GLM  # slow to load

    model = GLM(outcome, with_intercept(columns), family=family)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # what it warns of is what is looked at below
        try:
            fit = model.fit(maxiter=200, tol=1e-11, rtol=1e-13)
        except ValueError:  # weights beyond what a number can hold
            return None
        if not fit.converged or not np.isfinite(fit.params).all():
            return None
        params = fit.params
        for _ in range(POLISH):
            params = params - np.linalg.solve(model.hessian(params), model.score(params))
        information = -model.hessian(params, observed=False)
    if not np.isfinite(information).all() or np.linalg.matrix_rank(information, hermitian=True) < len(information):
        return None
    means = np.asarray(model.predict(params))
    return Maximum(params, np.linalg.inv(information), float(family.loglike(outcome, means)), means, {})
