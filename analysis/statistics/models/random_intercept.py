"""A linear model of answers that the same people gave several times: each person has a level of their own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from analysis.statistics.answers import Answers, Matrix, Vector
from analysis.statistics.design_matrix import Term
from analysis.statistics.models.fitted_model import FittedModel, TermTest, chi_square_of, inflation, unfitted, wald
from analysis.statistics.models.likelihood import TOO_MANY, with_intercept
from analysis.statistics.models.repeated import Reml, Repeated
from analysis.statistics.models.rows_kept import KeptRows, rows_kept

KIND = "mixed_model"
ONCE = "personne n'a deux réponses"
ALIKE = "les réponses d'une même personne ne varient pas une fois les variables connues"
TOO_FEW = "autant de coefficients que de personnes"


def random_intercept(
    outcome: Answers, terms: Sequence[Term], people: Sequence[str], *, level: float = 0.95
) -> FittedModel:
    """R's ``lmer(outcome ~ terms + (1 | person))``: REML, Wald's intervals, ``car::Anova``'s chi-squares.

    One row an answer, ``people`` says whose; an answer that misses something is left out, not the person. ``n`` counts
    people, ``worth["answers"]`` answers. R² are Nakagawa and Schielzeth's (Methods in Ecology and Evolution, 2013):
    what the variables explain alone, then with the people.
    """
    rows = rows_kept(outcome, terms)
    named, person = np.unique(np.asarray(people, dtype=object)[rows.place].astype(str), return_inverse=True)
    everybody = len(set(people))
    counted = replace(rows, n=len(named), missing=everybody - len(named))
    reason = _undefined(rows, np.bincount(person, minlength=1))
    if reason or rows.plan is None:
        return unfitted(KIND, counted, reason)
    centre = float(rows.outcome.mean())  # large scores keep their digits
    given = Repeated(rows.outcome - centre, with_intercept(rows.columns[:, rows.kept]), person.astype(np.int64))
    if not given.tells_people_apart():
        return unfitted(KIND, counted, TOO_FEW)
    found = given.fit()
    if found is None:
        return unfitted(KIND, counted, ALIKE)
    back = rows.plain(1, -1.0)
    plain, spread = back @ found.params, back @ found.covariance @ back.T
    plain[0] += centre
    slopes, owners = spread[1:, 1:], rows.owners[rows.kept]
    return FittedModel(
        KIND, counted.n, counted.missing,
        wald((("", ""), *rows.labels), [True, *rows.kept], plain, spread, level),
        tuple(_term(name, plain[1:][owners == place], slopes[np.ix_(owners == place, owners == place)])
              for place, name in enumerate(rows.terms)),
        chi_square_of(KIND, counted.n, _wald(plain[1:], slopes), len(owners), {"part": "model", "method": "wald"}),
        {"answers": rows.n, "answers_missing": rows.missing, **_worth(given, found)},
        inflation=inflation(slopes, owners, rows.terms), per_coefficient=counted.n / len(owners),
        references=rows.plan.references, unused_levels=rows.plan.unused_levels, aliased=rows.aliased,
    )  # fmt: skip


def _undefined(rows: KeptRows, times: npt.NDArray[np.int64]) -> str:
    y = rows.outcome
    if rows.n and y.min() == y.max():
        return "toutes les réponses à expliquer sont égales"
    if rows.undefined:
        return rows.undefined
    if times.max() < 2:
        return ONCE
    return "" if rows.n > int(rows.kept.sum()) + 1 else TOO_MANY


def _worth(given: Repeated, found: Reml) -> dict[str, float]:
    explained = float(np.var(given.columns @ found.params, ddof=1))
    whole = explained + found.between + found.within
    return {
        "between_sd": math.sqrt(found.between), "within_sd": math.sqrt(found.within),
        "icc": found.between / (found.between + found.within),
        "marginal_r_squared": explained / whole, "conditional_r_squared": (explained + found.between) / whole,
    }  # fmt: skip


def _wald(params: Vector, covariance: Matrix) -> float:
    return float(params @ np.linalg.solve(covariance, params))


def _term(name: str, params: Vector, covariance: Matrix) -> TermTest:
    if not len(params):
        return TermTest(name, 0, 0.0)
    found = chi_square_of("", 0, _wald(params, covariance), len(params))
    return TermTest(name, len(params), 0.0, found.statistic, found.p_value)
