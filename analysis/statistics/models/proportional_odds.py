"""Does one odds ratio do for every threshold of a scale? Brant's test of proportional odds."""

from __future__ import annotations

import numpy as np

from analysis.statistics.answers import Matrix, Vector
from analysis.statistics.models.fitted_model import chi_square_of
from analysis.statistics.models.generalised_linear import glm_maximum
from analysis.statistics.models.likelihood import Maximum, with_intercept
from analysis.statistics.models.rows_kept import KeptRows
from analysis.statistics.models.separation import runaway
from analysis.statistics.result import Result

KIND = "brant"
TOO_RARE = "trop peu de réponses pour une régression de chaque seuil"


def brant(rows: KeptRows, levels: int) -> tuple[Result, ...]:
    """Wald's test that the slopes of the logistic regressions of each threshold are the same: whole, then by term.

    A threshold that a variable foretells has no regression of its own, and is left out; two must be left.
    ``rows.outcome`` holds the places 0 to ``levels`` - 1. Source: Brant, Biometrics, 1990 (R's package ``brant``).
    """
    columns, terms = rows.columns[:, rows.kept], rows.owners[rows.kept]
    splits = [_split(rows.outcome > cut, columns) for cut in range(levels - 1)]
    fits = [one for one in splits if one is not None]
    if len(fits) < 2:
        return (Result(KIND, rows.n, detail={"part": "model"}, undefined=TOO_RARE),)
    width, later = columns.shape[1], len(fits) - 1
    slopes = np.concatenate([one.params[1:] for one in fits])
    spread = _covariance([one.fitted for one in fits], columns)
    # each later threshold against the first
    against = np.hstack([np.tile(-np.eye(width), (later, 1)), np.eye(width * later)])
    apart, noise = against @ slopes, against @ spread @ against.T
    owner = np.tile(terms, later)
    whole: dict[str, str | int] = {"part": "model", "thresholds": len(fits), "of": levels - 1}
    parts = [(np.ones(len(apart), bool), whole)]
    parts += [(owner == place, {"part": "term", "term": name}) for place, name in enumerate(rows.terms)]
    return tuple(_wald(rows.n, apart[own], noise[np.ix_(own, own)], detail) for own, detail in parts if own.any())


def _split(above: np.ndarray, columns: Matrix) -> Maximum | None:
    from statsmodels.genmod.families import Binomial  # slow to load

    if runaway(np.where(above, 1.0, -1.0)[:, None] * with_intercept(columns)).any():
        return None
    return glm_maximum(above.astype(float), columns, Binomial())


def _covariance(chances: list[Vector], columns: Matrix) -> Matrix:
    """Of the slopes of all thresholds together: the answers above a threshold are also above the earlier ones."""
    design = with_intercept(columns)
    breads = [np.linalg.inv((design * (one * (1 - one))[:, None]).T @ design) for one in chances]
    blocks = []
    for place, first in enumerate(chances):
        line = []
        for other, second in enumerate(chances):
            both = np.minimum(first, second) if place == other else (second if other > place else first)
            middle = (design * (both - first * second)[:, None]).T @ design
            line.append((breads[place] @ middle @ breads[other])[1:, 1:])
        blocks.append(line)
    return np.block(blocks)


def _wald(n: int, apart: Vector, noise: Matrix, detail: dict[str, str | int]) -> Result:
    # regressions made apart may cross, and what joins them is then no covariance
    if float(np.linalg.eigvalsh(noise).min()) <= 1e-10 * float(np.abs(noise).max()):
        return Result(KIND, n, detail=detail, undefined=TOO_RARE)
    return chi_square_of(KIND, n, float(apart @ np.linalg.solve(noise, apart)), len(apart), detail)
