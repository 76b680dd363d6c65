"""The power of a test on pairs, or on two groups of one size, and the people that it needs."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

from scipy import stats

LARGEST = 1_000_000


def power_of_paired_t(people: int, shift: float, sd: float, alpha: float) -> float:
    """R's ``power.t.test(n, delta, sd, sig.level, type = "paired", strict = TRUE)``; ``sd`` is that of the changes."""
    rest, far = people - 1, shift / sd * sqrt(people)
    edge = stats.t.ppf(1 - alpha / 2, rest)
    return float(stats.nct.sf(edge, rest, far) + stats.nct.cdf(-edge, rest, far))


def power_of_sign(people: int, shift: float, sd: float, alpha: float) -> float:
    """Noether's approximation (1987, JASA 82:645-647) for changes that follow a normal law of this shift and SD."""
    return _noether(4 * people * (float(stats.norm.cdf(shift / sd)) - 0.5) ** 2, alpha)


def power_of_signed_rank(people: int, shift: float, sd: float, alpha: float) -> float:
    """Noether's approximation: what counts is the chance that the sum of two people's changes is positive."""
    return _noether(3 * people * (float(stats.norm.cdf(sqrt(2) * shift / sd)) - 0.5) ** 2, alpha)


def power_of_two_sample_t(people: int, shift: float, sd: float, alpha: float) -> float:
    """R's ``power.t.test(n, delta, sd, sig.level, strict = TRUE)``: ``people`` in each group, ``sd`` in both."""
    rest, far = 2 * people - 2, shift / sd * sqrt(people / 2)
    edge = stats.t.ppf(1 - alpha / 2, rest)
    return float(stats.nct.sf(edge, rest, far) + stats.nct.cdf(-edge, rest, far))


def power_of_mann_whitney(people: int, shift: float, sd: float, alpha: float) -> float:
    """Noether's approximation for two groups of one size: what counts is the chance that one of them is above."""
    return _noether(6 * people * (float(stats.norm.cdf(shift / sd / sqrt(2))) - 0.5) ** 2, alpha)


def _noether(squared: float, alpha: float) -> float:
    return float(stats.norm.cdf(sqrt(squared) - stats.norm.ppf(1 - alpha / 2)))


POWER: dict[str, Callable[[int, float, float, float], float]] = {
    "paired_t": power_of_paired_t,
    "sign": power_of_sign,
    "signed_rank": power_of_signed_rank,
    "welch_t": power_of_two_sample_t,
    "mann_whitney": power_of_mann_whitney,
}


def people_needed(test: str, shift: float, sd: float, alpha: float, power: float) -> int | None:
    """The fewest people who give this power; None beyond a million."""
    reached, low, high = POWER[test], 1, 2
    while reached(high, shift, sd, alpha) < power:
        low, high = high, 2 * high
        if high > LARGEST:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle, shift, sd, alpha) >= power else (middle, high)
    return high
