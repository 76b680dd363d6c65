"""The exact p-value of Fisher's test on any table, walked as a network instead of listed table by table.

A table is filled cell by cell, column after column; what matters for the rest is only how much each row still
holds and, between columns, not even which row holds it. States that look the same are one node, and a table is a
path from the full margins to the empty ones. Paths are walked from both ends and joined where they meet; a path
whose every end falls on the same side of the observed probability is settled at once.
Source: Mehta & Patel, « A network algorithm for performing Fisher's exact test in r x c contingency tables »,
JASA, 1983 (as R's FEXACT); walking by cells, from both ends and on arrays is ours.
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
class _Arcs:
    """The arcs of one stage as their origins see them: those of node i are ``order[start[i]:start[i + 1]]``."""

    start: Integers
    order: Integers
    reached: Integers
    length: Vector

    def out_of(self, node: Integers) -> Integers:
        return self.start[node + 1] - self.start[node]


@dataclass(frozen=True, eq=False)
class _Stage:
    forward: _Arcs
    backward: _Arcs


@dataclass(frozen=True, eq=False)
class _Ends:
    """For each node of a stage: log-probability (up to a constant) of its most and least likely end, and of all."""

    most: Vector
    least: Vector
    total: Vector


@dataclass(frozen=True, eq=False)
class _Paths:
    """Open paths: the node each stands on, its log-probability so far, how many paths it stands for."""

    node: Integers
    length: Vector
    ways: Vector

    def kept(self, which: npt.NDArray[np.bool_]) -> _Paths:
        return _Paths(self.node[which], self.length[which], self.ways[which])

    def along(self, arcs: _Arcs) -> _Paths:
        """Every path one arc further; those that meet with the same probability become one."""
        degree = arcs.out_of(self.node)
        path = np.repeat(np.arange(len(degree)), degree)
        arc = arcs.order[np.arange(len(path)) - np.repeat(np.cumsum(degree) - degree - arcs.start[self.node], degree)]
        node, length, ways = arcs.reached[arc], self.length[path] + arcs.length[arc], self.ways[path]
        rounded = np.rint(length / MERGED).astype(np.int64)
        order = np.lexsort((rounded, node))
        node, rounded = node[order], rounded[order]
        first = np.flatnonzero(np.concatenate([[True], (np.diff(node) != 0) | (np.diff(rounded) != 0)]))
        return _Paths(node[first], length[order][first], np.add.reduceat(ways[order], first))


def exact_p_value(table: npt.NDArray[np.float64], budget: int) -> float:
    """Probability of all tables with these margins that are no more likely than ``table``.

    ``table`` has no empty row or column. Raises BeyondBudget when the network needs more than ``budget`` arcs, or
    a stage more than ``budget`` open paths.
    """
    counts = table if len(table) <= table.shape[1] else table.T
    rows = np.sort(counts.sum(axis=1)).astype(np.int64)
    columns = np.sort(counts.sum(axis=0)).astype(np.int64)[::-1]
    stages = _network(rows, columns, budget)
    observed = -float(gammaln(counts + 1).sum()) + TOLERANCE
    margins = float(gammaln(rows + 1).sum() + gammaln(columns + 1).sum() - gammaln(rows.sum() + 1))
    return min(1.0, _walk(stages, _ends(stages), observed, margins, budget))


def _network(rows: Integers, columns: Integers, budget: int) -> list[_Stage]:
    if len(rows) * np.log2(float(rows.max()) + 1) > 62:
        raise BeyondBudget
    radix = (rows.max() + 1) ** np.arange(len(rows))
    nodes = rows[np.newaxis, :]
    stages, arcs = [], 0
    for place in range(len(columns)):
        later = int(columns[place + 1 :].sum())
        for row in range(len(rows)):
            due = nodes.sum(axis=1) - later
            largest = np.minimum(nodes[:, row], due)
            smallest = np.maximum(0, due - nodes[:, row + 1 :].sum(axis=1))
            degree = largest - smallest + 1
            arcs += int(degree.sum())
            if arcs > budget:
                raise BeyondBudget
            parent = np.repeat(np.arange(len(nodes)), degree)
            cell = np.arange(len(parent)) - np.repeat(np.cumsum(degree) - degree - smallest, degree)
            filled = nodes[parent]
            filled[:, row] -= cell
            if row == len(rows) - 1:
                filled.sort(axis=1)
            _, first, child = np.unique(filled @ radix, return_index=True, return_inverse=True)
            length = -gammaln(cell + 1.0)
            stages.append(_Stage(_arcs(parent, child, length), _arcs(child, parent, length)))
            nodes = filled[first]
    return stages


def _arcs(origin: Integers, reached: Integers, length: Vector) -> _Arcs:
    start = np.concatenate([[0], np.cumsum(np.bincount(origin))])
    return _Arcs(start, np.argsort(origin, kind="stable"), reached, length)


def _ends(stages: list[_Stage]) -> list[_Ends]:
    ends = [_Ends(np.zeros(1), np.zeros(1), np.zeros(1))]
    for stage in reversed(stages):
        arcs, after = stage.forward, ends[-1]
        groups = arcs.start[:-1]  # forward arcs were made node by node: their order is the identity
        ends.append(
            _Ends(
                np.maximum.reduceat(arcs.length + after.most[arcs.reached], groups),
                np.minimum.reduceat(arcs.length + after.least[arcs.reached], groups),
                np.logaddexp.reduceat(arcs.length + after.total[arcs.reached], groups),
            )
        )
    return ends[::-1]


def _walk(stages: list[_Stage], ends: list[_Ends], observed: float, margins: float, budget: int) -> float:
    here, there = 0, len(stages)
    paths = rests = _Paths(np.zeros(1, np.int64), np.zeros(1), np.ones(1))
    p_value = 0.0
    while True:
        settled = paths.length + ends[here].most[paths.node] <= observed
        done = paths.kept(settled)
        p_value += float(np.sum(done.ways * np.exp(done.length + ends[here].total[done.node] + margins)))
        paths = paths.kept(~settled & (paths.length + ends[here].least[paths.node] <= observed))
        if not len(paths.node):
            return p_value
        if here == there:
            return p_value + _joined(paths, rests, observed, margins)
        forth, back = stages[here].forward, stages[there - 1].backward
        cost, cost_back = int(forth.out_of(paths.node).sum()), int(back.out_of(rests.node).sum())
        if min(cost, cost_back) > budget:
            raise BeyondBudget
        if cost <= cost_back:
            paths, here = paths.along(forth), here + 1
        else:
            rests, there = rests.along(back), there - 1


def _joined(paths: _Paths, rests: _Paths, observed: float, margins: float) -> float:
    """The probability of the whole paths, start and rest meeting on a node, that are no longer than ``observed``."""
    p_value = 0.0
    nodes, first = np.unique(paths.node, return_index=True)
    starts = np.searchsorted(rests.node, nodes, side="left")
    stops = np.searchsorted(rests.node, nodes, side="right")
    for begin, end, start, stop in zip(first, [*first[1:], len(paths.node)], starts, stops, strict=True):
        rest = rests.length[start:stop]  # in order of length within a node: small terms are added first
        most = rest[-1]
        below = np.concatenate([[0.0], np.cumsum(rests.ways[start:stop] * np.exp(rest - most))])
        length = paths.length[begin:end]
        inside = below[np.searchsorted(rest, observed - length, side="right")]
        p_value += float(np.sum(paths.ways[begin:end] * np.exp(length + most + margins) * inside))
    return p_value
