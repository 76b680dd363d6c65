"""Logistic regression: what makes an event more or less likely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analysis.statistics.answers import Answers
from analysis.statistics.design_matrix import Term
from analysis.statistics.models.fitted_model import FittedModel, unfitted
from analysis.statistics.models.generalised_linear import glm_maximum
from analysis.statistics.models.likelihood import likelihood_model, with_intercept
from analysis.statistics.models.rows_kept import rows_kept
from analysis.statistics.models.separation import runaway

KIND = "logistic_regression"
SEPARATED = "une variable, ou plusieurs ensemble, prédisent la réponse sans une exception"


def logistic_regression(outcome: Answers, terms: Sequence[Term], *, level: float = 0.95) -> FittedModel:
    """R's ``glm(outcome ~ terms, binomial)``: 1 for who has the event, 0 for who has not; a row a respondent.

    Intervals and p of levels are Wald's (``confint.default``), a variable's p that of ``car::Anova``. The pseudo R² is
    McFadden's. A model whose maximum is at infinity is not given.
    """
    from statsmodels.genmod.families import Binomial  # slow to load

    rows = rows_kept(outcome, terms)
    y = rows.outcome
    events = int(y.sum())
    if rows.n and events in (0, rows.n):
        return unfitted(KIND, rows, "personne n'a l'événement" if not events else "tout le monde a l'événement")
    if rows.undefined:
        return unfitted(KIND, rows, rows.undefined)
    away = runaway((2 * y - 1)[:, None] * with_intercept(rows.columns[:, rows.kept]))
    if away.any():
        found = [label for label, gone in zip(np.array(rows.labels)[rows.kept], away[1:], strict=True) if gone]
        return unfitted(KIND, rows, SEPARATED, [(str(term), str(one)) for term, one in found])
    model, _ = likelihood_model(KIND, rows, lambda columns: glm_maximum(y, columns, Binomial()), level=level)
    if model.undefined:
        return model
    rarer = min(events, rows.n - events)
    return replace(model, worth={**model.worth, "events": events}, per_coefficient=rarer / int(rows.kept.sum()))
