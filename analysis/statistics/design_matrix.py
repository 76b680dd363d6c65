"""The columns of a regression: declared levels, unused ones dropped, aliased columns found in R's order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.statistics.answers import Answers, Matrix, Vector, as_vector

ALIAS_TOLERANCE = 1e-7


@dataclass(frozen=True, eq=False)
class Term:
    """A variable of the model, one value a respondent; None, "" and NaN are missing.

    With ``levels`` (declared order) it is a factor whose reference is the first level that someone gave;
    without, a number.
    """

    id: str
    values: Sequence[object] | Answers
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Design:
    """The design matrix, column 0 the intercept; ``owner[j]`` is the term of column j, -1 for the intercept."""

    matrix: Matrix
    owner: npt.NDArray[np.int64]
    labels: tuple[tuple[str, str], ...]
    references: dict[str, str]
    unused_levels: dict[str, tuple[str, ...]]


def coded(term: Term) -> Vector:
    """The term's values as numbers: the place of the level, or the number; NaN when missing.

    Raises ValueError for a value that is not a declared level.
    """
    if not term.levels:
        return as_vector(term.values)
    values = pd.Series(np.asarray(term.values, dtype=object)).replace("", None)
    places = pd.Index(term.levels).get_indexer(pd.Index(values))
    if (values.notna() & (places < 0)).any():
        raise ValueError(f"{term.id}: a value is not a declared level")
    return np.where(places < 0, np.nan, places)


def design(terms: Sequence[Term], codes: Sequence[Vector]) -> Design:
    """Treatment contrasts, in the order of the terms and of their declared levels; ``codes`` have no NaN."""
    columns, owner, labels = [np.ones(len(codes[0]))], [-1], [("", "")]
    references: dict[str, str] = {}
    unused: dict[str, tuple[str, ...]] = {}
    for place, (term, values) in enumerate(zip(terms, codes, strict=True)):
        if not term.levels:
            columns.append(values)
            owner.append(place)
            labels.append((term.id, ""))
            continue
        used = sorted({int(code) for code in np.unique(values)})
        references[term.id] = term.levels[used[0]] if used else ""
        left = tuple(level for rank, level in enumerate(term.levels) if rank not in used)
        if left:
            unused[term.id] = left
        for rank in used[1:]:
            columns.append((values == rank).astype(float))
            owner.append(place)
            labels.append((term.id, term.levels[rank]))
    return Design(np.column_stack(columns), np.array(owner), tuple(labels), references, unused)


def independent_columns(matrix: Matrix) -> npt.NDArray[np.bool_]:
    """Which columns say something the earlier ones did not: R's limited pivoting, at its tolerance of 1e-7.

    Gram-Schmidt, orthogonalised twice; a column is aliased when less than 1e-7 of its length is left.
    """
    basis = np.empty((len(matrix), 0))
    kept = np.zeros(matrix.shape[1], dtype=bool)
    for place, column in enumerate(matrix.T):
        rest = column - basis @ (basis.T @ column)
        rest = rest - basis @ (basis.T @ rest)
        left = float(np.linalg.norm(rest))
        if left > ALIAS_TOLERANCE * float(np.linalg.norm(column)) and basis.shape[1] < len(matrix):
            kept[place] = True
            basis = np.column_stack([basis, rest / left])
    return kept
