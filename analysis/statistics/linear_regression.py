"""Linear regression by least squares, with the tests R's ``lm`` and a type II table give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.statistics.answers import Answers, Matrix, Vector, as_vector
from analysis.statistics.design_matrix import Design, Term, coded, design, independent_columns
from analysis.statistics.effect_interval import of_explained

__all__ = ["Coefficient", "LinearModel", "Term", "TermTest", "linear_regression"]


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
class LinearModel:
    """A fitted model: figures to print, and ``rows`` (places in the input) with what residual checks need."""

    n: int
    missing: int
    coefficients: tuple[Coefficient, ...] = ()
    terms: tuple[TermTest, ...] = ()
    r_squared: float | None = None
    adjusted_r_squared: float | None = None
    statistic: float | None = None
    dof: tuple[int, int] | None = None
    p_value: float | None = None
    sigma: float | None = None
    references: Mapping[str, str] = field(default_factory=dict)
    unused_levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aliased: tuple[tuple[str, str], ...] = ()
    rows: tuple[int, ...] = field(default=(), repr=False)
    columns: Matrix | None = field(default=None, repr=False)
    owners: tuple[int, ...] = field(default=(), repr=False)
    term_ids: tuple[str, ...] = ()
    residuals: Vector | None = field(default=None, repr=False)
    undefined: str = ""


def linear_regression(outcome: Answers, terms: Sequence[Term], *, level: float = 0.95) -> LinearModel:
    """R's ``lm(outcome ~ terms)``: one row a respondent, rows that miss anything left out and counted.

    Reference levels are the first declared ones in use, unused levels are dropped and named, aliased columns are
    dropped in R's order and named. Each term's F compares the model with and without it, R's ``drop1``.
    """
    from statsmodels.regression.linear_model import OLS  # slow to load

    y = as_vector(outcome)
    codes = [coded(term) for term in terms]
    complete = ~np.isnan(np.column_stack([y, *codes])).any(axis=1)
    n, missing = int(complete.sum()), int((~complete).sum())
    if not n or not terms:
        return LinearModel(
            n, missing, undefined="aucun répondant n'a toutes les réponses" if terms else "aucune variable"
        )
    y = y[complete]
    plan = design(terms, [values[complete] for values in codes])
    kept = independent_columns(_shortened(plan.matrix))
    columns = plan.matrix[:, kept]
    model = LinearModel(
        n, missing, references=plan.references, unused_levels=plan.unused_levels, term_ids=tuple(t.id for t in terms),
        aliased=tuple(label for label, keep in zip(plan.labels, kept, strict=True) if not keep),
        rows=tuple(map(int, np.flatnonzero(complete))), owners=tuple(map(int, plan.owner[kept])),
        undefined=_undefined(y, n - columns.shape[1], columns.shape[1] - 1),
    )  # fmt: skip
    if model.undefined:
        return model
    fit = OLS(y, columns).fit(method="qr")
    if fit.ssr <= 1e-20 * fit.centered_tss:
        return replace(model, undefined="le modèle suit exactement les réponses")
    return replace(
        model,
        coefficients=_coefficients(plan, kept, fit, level),
        terms=tuple(_term_test(term.id, plan, plan.owner == place, fit, level) for place, term in enumerate(terms)),
        r_squared=float(fit.rsquared),
        adjusted_r_squared=float(fit.rsquared_adj),
        statistic=float(fit.fvalue),
        dof=(int(fit.df_model), int(fit.df_resid)),
        p_value=float(fit.f_pvalue),
        sigma=float(fit.mse_resid**0.5),
        columns=columns,
        residuals=fit.resid,
    )


def _shortened(columns: Matrix) -> Matrix:
    """The triangular factor: the same inner products in a few rows, all that comparing columns needs."""
    return np.asarray(np.linalg.qr(columns, mode="r"))


def _undefined(y: Vector, spare: int, explained: int) -> str:
    if y.min() == y.max():
        return "toutes les réponses à expliquer sont égales"
    if not explained:
        return "aucune variable ne varie"
    return "" if spare > 0 else "autant de coefficients que de répondants"


def _coefficients(plan: Design, kept: npt.NDArray[np.bool_], fit: Any, level: float) -> tuple[Coefficient, ...]:
    figures = iter(zip(fit.params, fit.bse, fit.tvalues, fit.pvalues, *fit.conf_int(1 - level).T, strict=True))
    return tuple(
        Coefficient(*label, *(float(one) for one in next(figures)))  # type: ignore[arg-type]
        if keep
        else Coefficient(*label, aliased=True)
        for label, keep in zip(plan.labels, kept, strict=True)
    )


def _term_test(term: str, plan: Design, own: npt.NDArray[np.bool_], fit: Any, level: float) -> TermTest:
    """The fit against the one without the term's columns, an aliased one of the others then taking their place."""
    others = plan.matrix[:, ~own]
    others = others[:, independent_columns(_shortened(others))]
    dof = int(fit.df_model) + 1 - others.shape[1]
    if not dof:
        return TermTest(term, 0, 0.0)
    without = type(fit.model)(fit.model.endog, others).fit(method="qr")
    statistic, p_value, _ = fit.compare_f_test(without)
    added, left = float(without.ssr - fit.ssr), float(fit.ssr)
    low, high = of_explained(float(statistic), (dof, float(fit.df_resid)), level)
    return TermTest(term, dof, added, float(statistic), float(p_value), added / (added + left), low, high)
