"""Linear regression by least squares, with the tests R's ``lm`` and a type II table give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
from scipy import special

from analysis.statistics.answers import Answers, Matrix, Vector, as_vector
from analysis.statistics.design_matrix import Design, Term, coded, design, independent_columns

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
    """What a whole term adds to all the others (type II: there are no interactions, so type III is the same)."""

    term: str
    dof: int
    sum_of_squares: float
    statistic: float | None = None
    p_value: float | None = None


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
    # the triangular factor has the same inner products in a few rows: all that fits and tests need
    reduced: Matrix = np.asarray(np.linalg.qr(np.column_stack([plan.matrix, y]), mode="r"))
    kept = independent_columns(reduced[:, :-1])
    spare, explained = n - int(kept.sum()), int(kept.sum()) - 1
    model = LinearModel(
        n, missing, references=plan.references, unused_levels=plan.unused_levels, term_ids=tuple(t.id for t in terms),
        aliased=tuple(label for label, keep in zip(plan.labels, kept, strict=True) if not keep),
        rows=tuple(map(int, np.flatnonzero(complete))), owners=tuple(map(int, plan.owner[kept])),
        undefined=_undefined(y, spare, explained),
    )  # fmt: skip
    if model.undefined:
        return model
    rss, triangle, effects = _fit(reduced[:, :-1][:, kept], reduced[:, -1])
    tss = float(np.sum((y - y.mean()) ** 2))
    if rss <= 1e-20 * tss:
        return replace(model, undefined="le modèle suit exactement les réponses")
    statistic = (tss - rss) / explained / (rss / spare)
    columns = plan.matrix[:, kept]
    return replace(
        model,
        coefficients=_coefficients(plan, kept, triangle, effects, rss / spare, spare, level),
        terms=tuple(_term_test(term.id, plan.owner == place, reduced, rss, spare) for place, term in enumerate(terms)),
        r_squared=1 - rss / tss,
        adjusted_r_squared=1 - rss / tss * (n - 1) / spare,
        statistic=statistic,
        dof=(explained, spare),
        p_value=float(special.fdtrc(explained, spare, statistic)),
        sigma=(rss / spare) ** 0.5,
        columns=columns,
        residuals=y - columns @ np.linalg.solve(triangle, effects),
    )


def _undefined(y: Vector, spare: int, explained: int) -> str:
    if y.min() == y.max():
        return "toutes les réponses à expliquer sont égales"
    if not explained:
        return "aucune variable ne varie"
    return "" if spare > 0 else "autant de coefficients que de répondants"


def _fit(columns: Matrix, y: Vector) -> tuple[float, Matrix, Vector]:
    """The residual sum of squares, and the triangular system of the coefficients."""
    orthogonal, triangle = np.linalg.qr(columns)
    effects = orthogonal.T @ y
    residuals = y - orthogonal @ effects
    return float(residuals @ residuals), triangle, effects


def _coefficients(
    plan: Design,
    kept: npt.NDArray[np.bool_],
    triangle: Matrix,
    effects: Vector,
    variance: float,
    spare: int,
    level: float,
) -> tuple[Coefficient, ...]:
    inverse = np.linalg.inv(triangle)
    estimates = iter(inverse @ effects)
    errors = iter(np.sqrt(variance * np.sum(inverse**2, axis=1)))
    reach = float(special.stdtrit(spare, (1 + level) / 2))
    found = []
    for (term, name), keep in zip(plan.labels, kept, strict=True):
        if not keep:
            found.append(Coefficient(term, name, aliased=True))
            continue
        estimate, error = float(next(estimates)), float(next(errors))
        t = estimate / error
        found.append(Coefficient(term, name, estimate, error, t, float(2 * special.stdtr(spare, -abs(t))),
                                 estimate - reach * error, estimate + reach * error))  # fmt: skip
    return tuple(found)


def _term_test(term: str, own: npt.NDArray[np.bool_], reduced: Matrix, rss: float, spare: int) -> TermTest:
    others = reduced[:, :-1][:, ~own]
    others = others[:, independent_columns(others)]
    dof = int(independent_columns(reduced[:, :-1]).sum()) - others.shape[1]
    if not dof:
        return TermTest(term, 0, 0.0)
    added = _fit(others, reduced[:, -1])[0] - rss
    statistic = added / dof / (rss / spare)
    return TermTest(term, dof, added, statistic, float(special.fdtrc(dof, spare, statistic)))
