"""Ranks of values that repeat: worked out on the distinct values, so that 100,000 answers cost what 30 do."""

from __future__ import annotations

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
