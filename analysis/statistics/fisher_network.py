"""The exact p-value of Fisher's test on any table, walked as a network instead of listed table by table.

A table is filled cell by cell, column after column; what matters for the rest is only how much each row still
holds, and, between columns, not even which row holds it. States that look the same are one node. Each node knows
the largest, the smallest and the summed probability of all its ends, so that a path is settled as soon as all of
its ends fall on the same side. Source: Mehta & Patel, « A network algorithm for performing Fisher's exact test in
r x c contingency tables », JASA, 1983 (as R's FEXACT); this one walks by cells, on arrays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from analysis.statistics.answers import Vector

TOLERANCE = 3.45254e-7  # FEXACT's, on the logarithm of the probability
MERGED = 1e-10  # two paths whose log-probabilities differ by less have had the same probability

Integers = npt.NDArray[np.int64]


class BeyondBudget(Exception):
    """The table needs more steps than allowed."""


@dataclass(frozen=True, eq=False)
class _Stage:
    """The arcs out of one stage's nodes, grouped by node: ``start[i]`` to ``start[i + 1]`` leave node i."""

    start: Integers
    child: Integers
    length: Vector


@dataclass(frozen=True, eq=False)
class _Ends:
    """For each node of a stage: log-probability (up to a constant) of its most and least likely end, and of all."""

    most: Vector
    least: Vector
    total: Vector


def exact_p_value(table: npt.NDArray[np.float64], budget: int) -> float:
    """Probability of all tables with these margins that are no more likely than ``table``.

    ``table`` has no empty row or column. Raises BeyondBudget when the network needs more than ``budget`` arcs, or
    a stage more than ``budget`` open paths.
    """
    counts = table if len(table) <= table.shape[1] else table.T
    rows = np.sort(counts.sum(axis=1)).astype(np.int64)
    columns = np.sort(counts.sum(axis=0)).astype(np.int64)[::-1]
    stages = _network(rows, columns, budget)
    ends = _ends(stages)
    observed = -float(gammaln(counts + 1).sum()) + TOLERANCE
    margins = float(gammaln(rows + 1).sum() + gammaln(columns + 1).sum() - gammaln(rows.sum() + 1))
    return min(1.0, _walk(stages, ends, observed, margins, budget))


def _network(rows: Integers, columns: Integers, budget: int) -> list[_Stage]:
    if len(rows) * np.log2(float(rows.max()) + 1) > 62:
        raise BeyondBudget
    radix = (rows.max() + 1) ** np.arange(len(rows))
    nodes = rows[np.newaxis, :]
    stages, arcs = [], 0
    for place, column in enumerate(columns):
        later = int(columns[place + 1 :].sum())
        for row in range(len(rows)):
            due = nodes.sum(axis=1) - later
            largest = np.minimum(nodes[:, row], due)
            smallest = np.maximum(0, due - nodes[:, row + 1 :].sum(axis=1))
            degree = largest - smallest + 1
            arcs += int(degree.sum())
            if arcs > budget:
                raise BeyondBudget
            start = np.concatenate([[0], np.cumsum(degree)])
            parent = np.repeat(np.arange(len(nodes)), degree)
            cell = np.arange(start[-1]) - start[parent] + smallest[parent]
            reached = nodes[parent]
            reached[:, row] -= cell
            if row == len(rows) - 1:
                reached.sort(axis=1)
            _, first, child = np.unique(reached @ radix, return_index=True, return_inverse=True)
            stages.append(_Stage(start, child, -gammaln(cell + 1.0)))
            nodes = reached[first]
    return stages


def _ends(stages: list[_Stage]) -> list[_Ends]:
    last = np.zeros(1)
    ends = [_Ends(last, last, last)]
    for stage in reversed(stages):
        after, groups = ends[-1], stage.start[:-1]
        ends.append(
            _Ends(
                np.maximum.reduceat(stage.length + after.most[stage.child], groups),
                np.minimum.reduceat(stage.length + after.least[stage.child], groups),
                np.logaddexp.reduceat(stage.length + after.total[stage.child], groups),
            )
        )
    return ends[::-1]


def _walk(stages: list[_Stage], ends: list[_Ends], observed: float, margins: float, budget: int) -> float:
    node, past, paths = np.zeros(1, np.int64), np.zeros(1), np.ones(1)
    p_value = 0.0
    for stage, end in zip([*stages, None], ends, strict=True):
        all_in = past + end.most[node] <= observed
        p_value += float(np.sum(paths[all_in] * np.exp(past[all_in] + end.total[node[all_in]] + margins)))
        open_ = ~all_in & (past + end.least[node] <= observed)
        node, past, paths = node[open_], past[open_], paths[open_]
        if stage is None or not len(node):
            break
        degree = stage.start[node + 1] - stage.start[node]
        if degree.sum() > budget:
            raise BeyondBudget
        path = np.repeat(np.arange(len(node)), degree)
        arc = np.arange(len(path)) - np.repeat(np.cumsum(degree) - degree, degree) + stage.start[node][path]
        node, past, paths = _merged(stage.child[arc], past[path] + stage.length[arc], paths[path])
    return p_value


def _merged(node: Integers, past: Vector, paths: Vector) -> tuple[Integers, Vector, Vector]:
    """Paths that met at a node with the same probability are one path, walked several times."""
    rounded = np.rint(past / MERGED).astype(np.int64)
    order = np.lexsort((rounded, node))
    node, past, paths, rounded = node[order], past[order], paths[order], rounded[order]
    first = np.flatnonzero(np.concatenate([[True], (np.diff(node) != 0) | (np.diff(rounded) != 0)]))
    return node[first], past[first], np.add.reduceat(paths, first)
