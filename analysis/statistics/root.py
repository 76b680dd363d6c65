"""Brent's root finder with R's ``uniroot`` stopping rule.

R finds Hodges-Lehmann intervals and odds ratios with it, to a coarse tolerance; only the same steps give the
same digits. Source: Brent, Algorithms for Minimization without Derivatives, 1973, chapter 4.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

EPSILON = float(np.finfo(float).eps)


def find_root(
    function: Callable[[float], float],
    low: float,
    high: float,
    *,
    at_low: float | None = None,
    at_high: float | None = None,
    tolerance: float = EPSILON**0.25,
    steps: int = 1000,
) -> float:
    """A point where ``function``, of different signs at ``low`` and ``high``, changes sign, within ``tolerance``."""
    a, b = low, high
    at_a = function(a) if at_low is None else at_low
    at_b = function(b) if at_high is None else at_high
    if at_a == 0:
        return a
    if at_b == 0:
        return b
    c, at_c = a, at_a
    for _ in range(steps + 1):
        previous = b - a
        if abs(at_c) < abs(at_b):
            a, b, c = b, c, b
            at_a, at_b, at_c = at_b, at_c, at_b
        near = 2 * EPSILON * abs(b) + tolerance / 2
        half = (c - b) / 2
        if abs(half) <= near or at_b == 0:
            return b
        step = half
        if abs(previous) >= near and abs(at_a) > abs(at_b):
            step = _interpolated(a, b, c, at_a, at_b, at_c, previous, near) or half
        if abs(step) < near:
            step = near if step > 0 else -near
        a, at_a = b, at_b
        b += step
        at_b = function(b)
        if at_b > 0 < at_c or at_b < 0 > at_c:
            c, at_c = a, at_a
    return b


def _interpolated(
    a: float, b: float, c: float, at_a: float, at_b: float, at_c: float, previous: float, near: float
) -> float | None:
    """The secant or inverse quadratic step, if it stays well inside the bracket."""
    span = c - b
    if a == c:
        ratio = at_b / at_a
        p, q = span * ratio, 1 - ratio
    else:
        q, r, s = at_a / at_c, at_b / at_c, at_b / at_a
        p = s * (span * q * (q - r) - (b - a) * (r - 1))
        q = (q - 1) * (r - 1) * (s - 1)
    if p > 0:
        q = -q
    else:
        p = -p
    inside = p < 0.75 * span * q - abs(near * q) / 2 and p < abs(previous * q / 2)
    return p / q if inside else None
