"""What a reader can work out: solve the sums of the page, in whole numbers, for every count that it hides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from analysis.disclosure.ledger import KnownSum, Ledger
from analysis.people.counted import Key

SECONDS = 5.0


def determined(ledger: Ledger, masked: frozenset[Key]) -> set[Key]:
    """The masked counts that have only one possible value; one that cannot be settled in time is counted in."""
    hidden = masked | (frozenset(ledger.cells) - ledger.told)
    # he knows that a zero is hidden only when nothing else could be
    floor = 0 if any(ledger.cells[who] == 0 for who in masked) else 1
    found: set[Key] = set()
    for lines in _components(ledger.lines, hidden):
        found |= _fixed(ledger, masked, hidden, lines, floor)
    return found


def _fixed(
    ledger: Ledger, masked: frozenset[Key], hidden: frozenset[Key], lines: list[KnownSum], floor: int
) -> set[Key]:
    unknowns = sorted({who for line in lines for who, _ in line.terms if who in hidden}, key=sorted)
    place = {who: n for n, who in enumerate(unknowns)}
    matrix, totals = _system(ledger, lines, place)
    low = np.array([floor if who in masked else 0 for who in unknowns], float)
    system = LinearConstraint(matrix, totals, totals)
    truth = np.array([ledger.cells[who] for who in unknowns], float)
    seen_low, seen_high = truth.copy(), truth.copy()
    fixed = set()
    for who in unknowns:
        if who not in masked:
            continue
        n = place[who]
        for sign in (1.0, -1.0):
            if seen_low[n] < seen_high[n]:
                break
            solution = _extreme(n, sign, system, low, len(unknowns))
            if solution is None:
                continue
            seen_low, seen_high = np.minimum(seen_low, solution), np.maximum(seen_high, solution)
        if seen_low[n] == seen_high[n]:
            fixed.add(who)
    return fixed


def _extreme(
    n: int, sign: float, system: LinearConstraint, low: npt.NDArray[np.float64], size: int
) -> npt.NDArray[np.float64] | None:
    """The solution with the smallest (or largest) n-th count; None when none was found in time."""
    aim = np.zeros(size)
    aim[n] = sign
    bounds = Bounds(low, np.full(size, np.inf))
    found = milp(aim, constraints=system, integrality=np.ones(size, np.int64), bounds=bounds,
                 options={"time_limit": SECONDS})  # fmt: skip
    return None if found.x is None else np.round(found.x)


def _system(ledger: Ledger, lines: list[KnownSum], place: dict[Key, int]) -> tuple[csr_matrix, npt.NDArray[np.float64]]:
    """The sums, what is printed moved to their right-hand side."""
    rows, columns, factors, totals = [], [], [], []
    for row, line in enumerate(lines):
        totals.append(line.total - sum(f * ledger.cells[who] for who, f in line.terms if who not in place))
        for who, factor in line.terms:
            if who in place:
                rows.append(row)
                columns.append(place[who])
                factors.append(float(factor))
    return csr_matrix((factors, (rows, columns)), shape=(len(lines), len(place))), np.array(totals, float)


def _components(lines: Iterable[KnownSum], hidden: frozenset[Key]) -> Iterator[list[KnownSum]]:
    """Lines that share a hidden count belong together."""
    parent: dict[Key, Key] = {}

    def root(who: Key) -> Key:
        while parent.setdefault(who, who) != who:
            parent[who] = parent[parent[who]]
            who = parent[who]
        return who

    kept = [(line, [who for who, _ in line.terms if who in hidden]) for line in lines]
    for _, cells in kept:
        for who in cells[1:]:
            parent[root(who)] = root(cells[0])
    together: dict[Key, list[KnownSum]] = {}
    for line, cells in kept:
        if cells:
            together.setdefault(root(cells[0]), []).append(line)
    return iter(together.values())
