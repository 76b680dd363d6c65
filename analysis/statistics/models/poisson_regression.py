"""Poisson regression: what makes a count larger or smaller, and whether counts vary no more than Poisson's law says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analysis.statistics.answers import Answers, Matrix, Vector
from analysis.statistics.design_matrix import Term
from analysis.statistics.models.fitted_model import FittedModel, chi_square_of, unfitted
from analysis.statistics.models.generalised_linear import glm_maximum
from analysis.statistics.models.likelihood import likelihood_model, with_intercept
from analysis.statistics.models.rows_kept import KeptRows, rows_kept
from analysis.statistics.models.separation import runaway

KIND = "poisson_regression"
EMPTY = "les réponses d'un niveau, ou d'un côté d'une variable, sont toutes nulles"


def poisson_regression(outcome: Answers, terms: Sequence[Term], *, level: float = 0.95) -> FittedModel:
    """R's ``glm(outcome ~ terms, poisson)``: whole numbers, 0 or more, a row a respondent.

    ``checks`` holds Pearson's chi-square over its degrees of freedom, well above 1 when counts are overdispersed.
    """
    from statsmodels.genmod.families import Poisson  # slow to load

    rows = rows_kept(outcome, terms)
    refused = not_counts(KIND, rows)
    if refused is not None:
        return refused
    y = rows.outcome
    model, best = likelihood_model(KIND, rows, lambda columns: glm_maximum(y, columns, Poisson()), level=level)
    if best is None:
        return model
    spare = rows.n - len(best.params)
    pearson = float(((y - best.fitted) ** 2 / best.fitted).sum())
    check = chi_square_of("overdispersion", rows.n, pearson, spare, {"ratio": pearson / spare})
    return replace(model, worth={**model.worth, "dispersion": pearson / spare}, checks=(check,))


def not_counts(kind: str, rows: KeptRows) -> FittedModel | None:
    """Why a model of counts cannot be made of these rows, or None."""
    y = rows.outcome
    if rows.n and (y < 0).any():
        return unfitted(kind, rows, "des réponses sont négatives")
    if rows.n and not y.any():
        return unfitted(kind, rows, "toutes les réponses sont nulles")
    if rows.n and y.min() == y.max():
        return unfitted(kind, rows, "toutes les réponses à expliquer sont égales")
    if rows.undefined:
        return unfitted(kind, rows, rows.undefined)
    away = runaway(_demands(y, with_intercept(rows.columns[:, rows.kept])))
    if away.any():
        found = [label for label, gone in zip(np.array(rows.labels)[rows.kept], away[1:], strict=True) if gone]
        return unfitted(kind, rows, EMPTY, [(str(term), str(one)) for term, one in found])
    return None


def _demands(y: Vector, columns: Matrix) -> Matrix:
    """A zero wants its rate to fall, any other count wants it to stay."""
    return np.vstack([-columns[y == 0], columns[y > 0], -columns[y > 0]])
