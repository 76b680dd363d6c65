"""The maximum of a generalised linear model, by statsmodels, to its last digits."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from analysis.statistics.answers import Matrix, Vector
from analysis.statistics.models.likelihood import Maximum, with_intercept

# Newton's steps after the weighted least squares, which go slowly near the end where a link is not canonical
STEPS, DONE, NEAR = 25, 1e-20, 1e-10


def glm_maximum(outcome: Vector, columns: Matrix, family: Any) -> Maximum | None:
    """R's ``glm(control = list(epsilon = 1e-14))``; None when nothing settles.

    The covariance is the inverse of the expected information, as R's ``vcov``.
    """
    from statsmodels.genmod.generalized_linear_model import GLM  # slow to load

    model = GLM(outcome, with_intercept(columns), family=family)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # what it warns of is looked at below
        try:
            params = model.fit(maxiter=200, tol=1e-8, rtol=1e-10).params
        except ValueError:  # weights that overflow: the least squares ran away
            return None
        for _ in range(STEPS):
            slope, bend = model.score(params), model.hessian(params)
            if not (np.isfinite(slope).all() and np.isfinite(bend).all()):
                return None
            step = -np.linalg.lstsq(bend, slope, rcond=None)[0]
            params, left = params + step, float(slope @ step)
            if left < DONE:
                break
        if not left < NEAR:
            return None
        information = -model.hessian(params, observed=False)
    if not np.isfinite(information).all() or np.linalg.matrix_rank(information, hermitian=True) < len(information):
        return None
    means = np.asarray(model.predict(params))
    return Maximum(params, np.linalg.inv(information), float(family.loglike(outcome, means)), means, {})
