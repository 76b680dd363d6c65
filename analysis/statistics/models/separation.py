"""Does a variable foretell the outcome without fail? Then its coefficient has no estimate: it runs to infinity."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analysis.statistics.answers import Matrix, Vector

FELT = 1e-6


def runaway(demands: Matrix) -> npt.NDArray[np.bool_]:
    """Which parameters can grow without end while the likelihood grows: none when an estimate exists.

    ``demands`` has one row for each thing that an answer asks of a direction d of the parameters: row @ d >= 0 when
    going that way never makes the answer less likely. If a direction satisfies all of them, and one strictly, the
    maximum is at infinity. Sources: Albert & Anderson, Biometrika, 1984; Konis, thesis, Oxford, 2007 (the same linear
    program as R's ``detectseparation``).
    """
    distinct = np.unique(np.round(demands, 12), axis=0)
    free = np.ones(demands.shape[1], bool)
    direction = _direction(distinct, free)
    if direction is None:
        return ~free
    for place in reversed(np.flatnonzero(np.abs(direction) > FELT)):  # only those without which it would not happen
        free[place] = False
        without = _direction(distinct, free)
        free[place] = without is None
        direction = direction if without is None else without
    return np.asarray(np.abs(direction) > FELT)


def _direction(demands: Matrix, free: npt.NDArray[np.bool_]) -> Vector | None:
    """A direction of the ``free`` parameters that satisfies every demand and one strictly, or None."""
    from scipy.optimize import linprog  # slow to load

    bounds = [(-1, 1) if one else (0, 0) for one in free]
    found = linprog(-demands.sum(axis=0), A_ub=-demands, b_ub=np.zeros(len(demands)), bounds=bounds, method="highs")
    if found.x is None or found.fun is None or found.fun >= -FELT:
        return None
    return np.asarray(found.x, float)
