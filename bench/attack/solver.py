"""A puzzle solved in whole numbers (HiGHS): what its lines leave possible, each question asked within a time."""

from __future__ import annotations

from math import inf
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, vstack

from bench.attack.puzzle import Puzzle, Terms

Floats, Places = npt.NDArray[np.float64], npt.NDArray[np.int64]
SECONDS, NODES, ROUNDING, PASSES = 4.0, 60, 1e-7, 12
EVERYWHERE = (-inf, inf)


class Contradiction(Exception):
    """What is printed has no solution: the attacker supposed something that is not so."""


class Solver:
    """The puzzle with its bounds tightened; ``witnesses`` are whole solutions found so far."""

    def __init__(self, puzzle: Puzzle) -> None:
        self.puzzle, self.late = puzzle, 0
        count = len(puzzle.names)
        self.low, self.high = np.zeros(count), np.full(count, float(puzzle.size))
        self.matrix, self.least, self.most = _matrix(puzzle)
        self._tighten()
        self.part = self._parts()
        self.witnesses: dict[int, list[dict[int, float]]] = {}

    def small(self, terms: Terms, k: int) -> tuple[int, int] | None:
        """The bounds of a sum when it is proved to be from 1 to ``k`` - 1; None when it may be something else."""
        constant, free = self._apart(terms)
        least = constant + sum(f * (self.low[p] if f > 0 else self.high[p]) for p, f in free.items())
        most = constant + sum(f * (self.high[p] if f > 0 else self.low[p]) for p, f in free.items())
        if most < 1 or least >= k:
            return None
        if self._seen_outside(free, constant, k):
            return None
        if least < 1 and self._reaches(free, -inf, -constant + 0.5):
            return None
        if most >= k and self._reaches(free, k - 0.5 - constant, inf):
            return None
        if least >= 1 and most < k:
            return int(least), int(most)
        return (1, k - 1) if free else None

    def may_be(self, place: int) -> bool:
        """Whether the unknown may be more than nobody."""
        if self._fixed(place):
            return bool(self.low[place] > 0.5)
        return self._reaches({place: 1.0}, 0.5, inf)

    def agrees(self, terms: Terms) -> bool:
        """Whether the part of these unknowns has a solution at all."""
        _, free = self._apart(terms)
        return not free or self._reaches(free, 0.0, inf)

    def exactly(self, terms: Terms, k: int) -> tuple[int, int]:
        """The bounds of a sum that is proved to be small, as close as they are found in time."""
        low, high = self.range(terms)
        return int(max(low, 1)), int(min(high, k - 1))

    def _apart(self, terms: Terms) -> tuple[float, dict[int, float]]:
        constant = float(sum(factor * self.low[place] for place, factor in terms.items() if self._fixed(place)))
        return constant, {place: factor for place, factor in terms.items() if not self._fixed(place)}

    def _seen_outside(self, free: Terms, constant: float, k: int) -> bool:
        """Whether a solution found for another question already answers this one."""
        parts = {int(self.part[place]) for place in free}
        if len(parts) != 1:
            return False
        values = (
            constant + sum(factor * seen[place] for place, factor in free.items())
            for seen in self.witnesses.get(parts.pop(), [])
        )
        return any(not 1 <= round(value) < k for value in values)

    def _reaches(self, free: Terms, low: float, high: float) -> bool:
        """Whether some solution puts the sum between these; not settled in time counts as yes, and as late."""
        return self._solve(free, 0.0, (low, high)) is not None

    def range(self, terms: Terms, *, whole: bool = True) -> tuple[float, float]:
        """The least and the most of a sum; ``whole`` False: of fractions too, which is wider, and quick."""
        constant, free = self._apart(terms)
        if not free:
            return constant, constant
        least, most = self._solve(free, 1.0, whole=whole), self._solve(free, -1.0, whole=whole)
        return (-inf if least is None else constant + least), (inf if most is None else constant + most)

    def _fixed(self, place: int) -> bool:
        return bool(self.high[place] - self.low[place] < 0.5)

    def _solve(
        self, free: Terms, sign: float, within: tuple[float, float] = EVERYWHERE, *, whole: bool = True
    ) -> float | None:
        """The sum in a solution: the least (``sign`` 1), the most (-1), or any ``within``; None when there is none."""
        parts = {int(self.part[place]) for place in free}
        members = np.flatnonzero(np.isin(self.part, [*parts]))
        place = {int(one): n for n, one in enumerate(members)}
        rows = np.flatnonzero(np.asarray(abs(self.matrix[:, members]).sum(axis=1)).ravel())
        moved = self.matrix[rows] @ np.where(self.high - self.low < 0.5, self.low, 0.0)
        own = np.zeros(len(members))
        for one, factor in free.items():
            own[place[one]] = factor
        matrix = vstack([self.matrix[rows][:, members], csr_matrix(own)])
        system = LinearConstraint(
            matrix, np.append(self.least[rows] - moved, within[0]), np.append(self.most[rows] - moved, within[1])
        )
        found = milp(
            sign * own,
            constraints=system,
            integrality=np.full(len(members), int(whole)),
            bounds=Bounds(self.low[members], self.high[members]),
            options={"time_limit": SECONDS, "node_limit": NODES},
        )
        return (
            self._read(found, own, members, parts, sign, within)
            if whole
            else found.fun
            if found.x is None
            else float(own @ found.x)
        )

    def _read(
        self, found: Any, own: Floats, members: Places, parts: set[int], sign: float, within: tuple[float, float]
    ) -> float | None:
        if found.x is None and found.status == 2:
            if within == EVERYWHERE:
                raise Contradiction
            return None
        if found.x is not None and len(parts) == 1:
            self.witnesses.setdefault(min(parts), []).append(
                dict(zip(map(int, members), np.round(found.x).tolist(), strict=True))
            )
        if found.x is None or (found.status != 0 and sign):
            self.late += 1
            return None if sign else 0.0
        return float(own @ np.round(found.x))

    def _tighten(self) -> None:
        """Bounds that each line alone imposes, until nothing moves."""
        lines = [
            (np.fromiter(terms, np.int64), np.fromiter(terms.values(), np.float64), low, high)
            for terms, low, high in self.puzzle.lines
            if terms
        ]
        for _ in range(PASSES):
            before = float(self.low.sum() - self.high.sum())
            for places, factors, low, high in lines:
                self._tighten_by(places, factors, low, high)
            if float(self.low.sum() - self.high.sum()) == before:
                break

    def _tighten_by(self, places: Places, factors: Floats, low: float, high: float) -> None:
        up = factors > 0
        least = factors * np.where(up, self.low[places], self.high[places])
        most = factors * np.where(up, self.high[places], self.low[places])
        spare, room = high - least.sum(), most.sum() - low
        if spare < -ROUNDING * 10 or room < -ROUNDING * 10:
            raise Contradiction
        reach = np.where(up, self.low[places], self.high[places])
        far = np.where(up, self.high[places], self.low[places])
        first = reach + spare / factors
        second = far - room / factors
        top, bottom = np.where(up, first, second), np.where(up, second, first)
        self.high[places] = np.minimum(self.high[places], np.floor(top + 1e-6))
        self.low[places] = np.maximum(self.low[places], np.ceil(bottom - 1e-6))
        if (self.low[places] > self.high[places]).any():
            raise Contradiction

    def _parts(self) -> Places:
        """Unknowns that share a line are of one part."""
        parent = [*range(len(self.puzzle.names))]

        def root(one: int) -> int:
            while parent[one] != one:
                parent[one] = parent[parent[one]]
                one = parent[one]
            return one

        for terms, _, _ in self.puzzle.lines:
            free = [place for place in terms if not self._fixed(place)]
            for place in free[1:]:
                parent[root(place)] = root(free[0])
        return np.array([root(one) for one in range(len(parent))], np.int64)


def _matrix(puzzle: Puzzle) -> tuple[csr_matrix, Floats, Floats]:
    rows: list[int] = []
    columns: list[int] = []
    factors: list[float] = []
    for row, (terms, _, _) in enumerate(puzzle.lines):
        rows += [row] * len(terms)
        columns += terms.keys()
        factors += terms.values()
    shape = (len(puzzle.lines), len(puzzle.names))
    least, most = (np.array([line[n] for line in puzzle.lines], float) for n in (1, 2))
    slack = np.where(least == most, 0.0, ROUNDING)
    return csr_matrix((factors, (rows, columns)), shape=shape), least - slack, most + slack
