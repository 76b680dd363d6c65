"""Sizes by steps: what a file weighs tells little of what it says."""

from __future__ import annotations

LEAST = 4096  # bytes on the host, wrapping included


def step(size: int) -> int:
    """The weight given to ``size`` bytes: the next power of two, 4 Kio at least."""
    return max(LEAST, 1 << (size - 1).bit_length())


def is_step(size: int) -> bool:
    """Whether a file may have this weight."""
    return size >= LEAST and size & (size - 1) == 0


def rounded(count: int, by: int = 64) -> int:
    """How many there seem to be, of ``count``: the next multiple, so that one more or less is not seen."""
    return max(by, -(-count // by) * by)
