"""Several plausible tables where one has holes, by chained equations, and what they say together.

Sources: van Buuren, Flexible Imputation of Missing Data, 2018, algorithms 3.3 and 4.3; Rubin, 1987; Barnard & Rubin,
Biometrika, 1999, 86:948-955.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.statistics.answers import Vector

DONORS, ROUNDS, RIDGE = 5, 10, 1e-5
DIGITS = 8  # of a prediction: two people who answered alike stay alike on any processor


@dataclass(frozen=True, slots=True)
class Pooled:
    """One estimate out of several: ``missing_information`` is the share of it that the holes took away."""

    estimate: float
    standard_error: float
    dof: float
    ci_low: float
    ci_high: float
    p_value: float
    missing_information: float


def impute(answers: pd.DataFrame, *, draws: int, seed: int) -> Iterator[pd.DataFrame]:
    """``draws`` copies of ``answers`` (a row a person, numbers, NaN for a hole) without a hole, always the same ones.

    Each hole is given the answer of one of five people whose predicted answer is nearest (R's ``mice``, ``pmm``), ten
    rounds from answers drawn at random. A column that nobody answered, or that does not vary, predicts nothing.
    """
    numbers = np.random.default_rng(seed)
    names = [str(name) for name in answers]
    known = answers.to_numpy(float)
    holes = np.isnan(known)
    for _ in range(draws):
        filled = known.copy()
        for column in range(len(names)):
            given = known[~holes[:, column], column]
            if len(given) and holes[:, column].any():
                filled[holes[:, column], column] = numbers.choice(given, int(holes[:, column].sum()))
        for _ in range(ROUNDS):
            for column in np.flatnonzero(holes.any(axis=0)).tolist():
                _refill(filled, holes[:, column], column, numbers)
        yield pd.DataFrame(filled, answers.index, names)


def _refill(filled: Vector, hole: npt.NDArray[np.bool_], column: int, numbers: np.random.Generator) -> None:
    """Draw the holes of one column anew, from all the others as they stand."""
    given = ~hole
    others = np.delete(filled, column, axis=1)
    others = others[:, ~np.isnan(others).any(axis=0)]
    others = others[:, others.std(axis=0) > 0]
    if given.sum() < 2:
        return
    design = np.column_stack([np.ones(len(filled)), (others - others.mean(axis=0)) / others.std(axis=0)])
    best, drawn = _coefficients(design[given], filled[given, column], numbers)
    wanted = np.round(design[hole] @ drawn, DIGITS)
    offered = np.round(design[given] @ best, DIGITS)
    filled[hole, column] = filled[given, column][_donors(offered, wanted, numbers)]


def _donors(offered: Vector, wanted: Vector, numbers: np.random.Generator) -> npt.NDArray[np.intp]:
    """For each value wanted, one of the five nearest offered, by chance; so are those as near put in order."""
    order = numbers.permutation(len(offered))
    order = order[np.argsort(offered[order], kind="stable")]
    around = np.searchsorted(offered[order], wanted)[:, None] + np.arange(-DONORS, DONORS)
    there = (around >= 0) & (around < len(order))
    around = np.clip(around, 0, len(order) - 1)
    far = np.where(there, np.abs(offered[order][around] - wanted[:, None]), np.inf)
    chosen = numbers.integers(0, min(DONORS, len(order)), len(wanted))
    nearest = np.argsort(far, axis=1, kind="stable")[np.arange(len(wanted)), chosen]
    return np.asarray(order[around[np.arange(len(wanted)), nearest]])


def _coefficients(design: Vector, answers: Vector, numbers: np.random.Generator) -> tuple[Vector, Vector]:
    """The least squares, and one draw from what they could as well have been; a little ridge keeps them apart."""
    crossed = design.T @ design
    inverse = np.linalg.inv(crossed + np.diag(np.diag(crossed)) * RIDGE)
    best = inverse @ design.T @ answers
    left = answers - design @ best
    spare = max(len(answers) - design.shape[1], 1)
    sigma = math.sqrt(float(left @ left) / float(numbers.chisquare(spare)))
    root = np.linalg.cholesky((inverse + inverse.T) / 2)
    return best, best + sigma * root @ numbers.standard_normal(len(best))


def pool(estimates: Sequence[float], variances: Sequence[float], complete_dof: float, *, level: float = 0.95) -> Pooled:
    """Rubin's rules with the degrees of freedom of Barnard and Rubin: R's ``mice::pool.scalar``.

    ``complete_dof`` is what the analysis would have if nothing were missing.
    """
    from scipy.stats import t  # slow to load

    m, estimate = len(estimates), float(np.mean(estimates))
    within, between = float(np.mean(variances)), float(np.var(estimates, ddof=1))
    total = within + (1 + 1 / m) * between
    share = (1 + 1 / m) * between / total if total else 0.0
    observed = (complete_dof + 1) / (complete_dof + 3) * complete_dof * (1 - share)
    dof = 1 / (1 / ((m - 1) / share**2) + 1 / observed) if share else observed
    error = math.sqrt(total)
    reach = float(t.ppf((1 + level) / 2, dof)) * error
    rise = (share / (1 - share)) if share < 1 else math.inf
    information = (rise + 2 / (dof + 3)) / (rise + 1) if share else 0.0
    p = 2 * float(t.sf(abs(estimate) / error, dof)) if error else math.nan
    return Pooled(estimate, error, dof, estimate - reach, estimate + reach, p, information)
