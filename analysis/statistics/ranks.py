"""Ranks of values that repeat: worked out on the distinct values, so that 100,000 answers cost what 30 do."""

from __future__ import annotations

from functools import cache

import numpy as np

from analysis.statistics.answers import Vector


def distinct(values: Vector) -> tuple[Vector, Vector]:
    """The distinct values in order, and how often each occurs."""
    found, counts = np.unique(values, return_counts=True)
    return found, counts.astype(float)


def mid_ranks(values: Vector, counts: Vector) -> tuple[Vector, float]:
    """Mid-rank of each value when value i stands for ``counts[i]`` answers, and the sum of t³ - t over the ties."""
    _, place = np.unique(values, return_inverse=True)
    size = np.bincount(place, weights=counts)
    return (np.cumsum(size) - (size - 1) / 2)[place], float(np.sum(size**3 - size))


@cache
def signed_rank_counts(n: int) -> tuple[int, ...]:
    """How many of the 2^n sign patterns give each value of V, 0 to n(n+1)/2; exact integers."""
    counts = [1] + [0] * (n * (n + 1) // 2)
    for rank in range(1, n + 1):
        for total in range(rank * (rank + 1) // 2, rank - 1, -1):
            counts[total] += counts[total - rank]
    return tuple(counts)


@cache
def rank_sum_counts(m: int, n: int) -> tuple[int, ...]:
    """How many of the (m+n choose m) orders give each value of W, 0 to mn; exact integers.

    They are the coefficients of the Gaussian binomial: the product of (1 - q^(n+i)) / (1 - q^i), i = 1..m.
    """
    top = m * n
    counts = [1] + [0] * top
    for i in range(1, m + 1):
        for total in range(top, n + i - 1, -1):
            counts[total] -= counts[total - n - i]
        for total in range(i, top + 1):
            counts[total] += counts[total - i]
    return tuple(counts)


def exact_p_value(counts: tuple[int, ...], statistic: int) -> float:
    """Twice the smaller tail, at most 1; the counts are those of all equally likely outcomes."""
    tail = min(sum(counts[: statistic + 1]), sum(counts[statistic:]))
    return min(1.0, 2 * tail / sum(counts))


def exact_quantile(counts: tuple[int, ...], probability: float) -> int:
    """The smallest value whose cumulated probability reaches ``probability`` (to 10 ulp of 1, as R)."""
    wanted = (probability - 10 * np.finfo(float).eps) * sum(counts)
    cumulated = 0
    for value, count in enumerate(counts):
        cumulated += count
        if cumulated >= wanted:
            return value
    return len(counts) - 1
