"""Standard deviations, quartiles, intervals of a mean: told only where they leave open how many gave each value.

Beside the number of people and their mean, an SD is a sum of squares, a quartile a rank. Where nearly everybody gives
the same value, they say how many gave the others. A value that 1 to k - 1 people gave is open when some other people,
of whom all figures would be printed the same, number none who gave it, or at least k.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
import numpy.typing as npt

DIGITS, QUARTILES = 2, (0.25, 0.5, 0.75)
NODES = 2000  # of a search, whatever the machine: what is not found in so many is not told
Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int_]


@dataclass(frozen=True, eq=False)
class KnownSum:
    """A sum over the people by value, and the bounds that a reader has of it."""

    factors: Numbers
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Kinds:
    """People who would answer alike: the value that each kind has, and what else is told of the kinds.

    Of a number, each value is a kind. Of a score, each way of answering its questions is.
    """

    values: Numbers
    rules: Sequence[KnownSum] = ()


def spread_is_open(given: Numbers, kinds: Kinds, k: int) -> bool:
    """Whether the figures of the numbers ``given`` leave open how many gave each value."""
    domain, place = np.unique(kinds.values, return_inverse=True)
    counts = (given[:, None] == domain[None, :]).sum(axis=0)
    left = [value for value, n in enumerate(counts) if 0 < n < k]
    known = [*_figures(counts, domain)] if left else []
    rules = [*(KnownSum(one.factors[place], one.low, one.high) for one in known), *kinds.rules]
    while left:
        others = _others(rules, place, left, k)
        if others is None:
            return False
        left = [value for value in left if 0 < others[value] < k]
    return True


def _figures(counts: Places, domain: Numbers) -> Iterator[KnownSum]:
    """What is printed: how many, their mean and their SD as far as their digits say, who is up to each quartile."""
    n, each = int(counts.sum()), np.ones(len(domain))
    far = domain - domain[int(counts.argmax())]
    total, squares = float(far @ counts), float(far**2 @ counts)
    yield KnownSum(each, n, n)
    half = 0.5 * 10**-DIGITS
    mean = np.round(total / n, DIGITS)
    yield KnownSum(far, min(total, n * (mean - half)), max(total, n * (mean + half)))
    sd = np.sqrt(max(0.0, squares - total**2 / n) / max(1, n - 1))
    printed = np.round(sd, DIGITS)
    least, most = ((n - 1) * max(0.0, printed + side) ** 2 + total**2 / n for side in (-half, half))
    yield KnownSum(far**2, min(least, squares), max(most, squares))
    up_to = counts.cumsum()
    for part in QUARTILES:
        rank = max(1, ceil(n * part - 1e-9))
        quartile = int(np.searchsorted(up_to, rank))
        yield KnownSum(each * (np.arange(len(domain)) <= quartile), rank, n)
        yield KnownSum(each * (np.arange(len(domain)) < quartile), 0, rank - 1)


def _others(rules: Sequence[KnownSum], place: Places, left: Sequence[int], k: int) -> Places | None:
    """Some other people, of whom none or k gave the first value that is left, and few the next."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # slow to load

    first, wanted = (place == left[0]).astype(float), np.isin(place, left).astype(float)
    for low, high in ((0.0, 0.0), (float(k), np.inf)):
        own = [*rules, KnownSum(first, low, high)]
        lines = LinearConstraint(np.array([one.factors for one in own]), [one.low - 1e-6 for one in own],
                                 [one.high + 1e-6 for one in own])  # fmt: skip
        found = milp(wanted, integrality=np.ones(len(place), np.int_), bounds=Bounds(0, np.inf), constraints=lines,
                     options={"node_limit": NODES})  # fmt: skip
        if found.x is not None:
            return np.bincount(place, np.rint(found.x)).astype(np.int_)
    return None
