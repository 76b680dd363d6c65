"""The rows that a model can use, and their columns: whoever misses an answer is left out, redundancy is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from analysis.statistics.answers import Answers, Matrix, Vector, as_vector
from analysis.statistics.design_matrix import Design, Term, coded, design, independent_columns

NOBODY = "aucun répondant n'a toutes les réponses"
NO_VARIABLE = "aucune variable"
NOTHING_VARIES = "aucune variable ne varie"


@dataclass(frozen=True, eq=False)
class KeptRows:
    """``outcome``: of the rows kept; ``columns``: those of the plan without the intercept, centred and scaled.

    ``kept``: which of these say something that the earlier ones did not. ``place``: the rows kept, in the input.
    ``factor``: the triangular factor of the intercept and the columns, all that comparing columns needs.
    """

    n: int
    missing: int
    place: npt.NDArray[np.int64]
    outcome: Vector
    terms: tuple[str, ...] = ()
    plan: Design | None = None
    columns: Matrix = field(default_factory=lambda: np.empty((0, 0)))
    centres: Vector = field(default_factory=lambda: np.empty(0))
    scales: Vector = field(default_factory=lambda: np.empty(0))
    kept: npt.NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, bool))
    factor: Matrix = field(default_factory=lambda: np.empty((0, 0)), repr=False)
    undefined: str = ""

    @property
    def owners(self) -> npt.NDArray[np.int64]:
        """The term of each column."""
        return self.plan.owner[1:] if self.plan else np.empty(0, np.int64)

    @property
    def labels(self) -> tuple[tuple[str, str], ...]:
        """The (term, level) of each column."""
        return self.plan.labels[1:] if self.plan else ()

    @property
    def aliased(self) -> tuple[tuple[str, str], ...]:
        """The columns that follow from the others."""
        return tuple(label for label, keep in zip(self.labels, self.kept, strict=True) if not keep)

    def others(self, term: int) -> npt.NDArray[np.bool_]:
        """The independent columns of the other terms: one that was aliased may take the place of one taken away."""
        kept: npt.NDArray[np.bool_] = np.array(self.owners != term)
        kept[kept] = independent_columns(self.factor[:, [True, *kept]])[1:]
        return kept

    def plain(self, intercepts: int, sign: float) -> Matrix:
        """What turns the parameters of the scaled columns (intercepts first) into those of the columns as they are."""
        back = np.diag(np.r_[np.ones(intercepts), 1 / self.scales[self.kept]])
        back[:intercepts, intercepts:] = sign * (self.centres / self.scales)[self.kept]
        return back


def rows_kept(outcome: Answers, terms: Sequence[Term]) -> KeptRows:
    """The rows of a model, as R's ``model.frame`` keeps them; large numbers keep their digits once centred."""
    y = as_vector(outcome)
    codes = [coded(term) for term in terms]
    complete = ~np.isnan(np.column_stack([y, *codes])).any(axis=1)
    n, names = int(complete.sum()), tuple(term.id for term in terms)
    place = np.flatnonzero(complete)
    if not n or not terms:
        return KeptRows(n, len(y) - n, place, y[complete], names, undefined=NO_VARIABLE if n or not terms else NOBODY)
    plan = design(terms, [values[complete] for values in codes])
    plain = plan.matrix[:, 1:]
    factor = np.array([bool(level) for _, level in plan.labels[1:]], bool)
    centres = np.where(factor, 0.0, plain.mean(axis=0))
    spread = np.sqrt(((plain - centres) ** 2).mean(axis=0))
    flat = spread <= 1e-12 * np.abs(plain).max(axis=0, initial=0.0)
    scales = np.where(factor | flat, 1.0, spread)
    columns = np.where(flat, 0.0, (plain - centres) / scales)
    factor = np.asarray(np.linalg.qr(np.column_stack([np.ones(n), columns]), mode="r"))
    kept = independent_columns(factor)[1:]
    return KeptRows(n, len(y) - n, place, y[complete], names, plan, columns, centres, scales, kept, factor,
                    "" if kept.any() else NOTHING_VARIES)  # fmt: skip
