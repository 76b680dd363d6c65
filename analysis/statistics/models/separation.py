"""Does a variable foretell the outcome without fail? Then its coefficient has no estimate: it runs to infinity."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analysis.statistics.answers import Matrix

FELT = 1e-6


def runaway(demands: Matrix) -> npt.NDArray[np.bool_]:
    """Which parameters can grow without end while the likelihood grows: none when an estimate exists.

    ``demands`` has one row for each thing that an answer asks of a direction d of the parameters: row @ d >= 0 when
    going that way never makes the answer less likely. If a direction satisfies all of them, and one strictly, the
    maximum is at infinity. Sources: Albert & Anderson, Biometrika, 1984; Konis, thesis, Oxford, 2007 (the same linear
    program as R's ``detectseparation``).
    """
    from scipy.optimize import linprog  # slow to load

    distinct = np.unique(np.round(demands, 12), axis=0)
    found = linprog(-distinct.sum(axis=0), A_ub=-distinct, b_ub=np.zeros(len(distinct)), bounds=(-1, 1), method="highs")
    if found.x is None or found.fun is None or found.fun >= -FELT:
        return np.zeros(demands.shape[1], bool)
    return np.abs(np.asarray(found.x)) > FELT
