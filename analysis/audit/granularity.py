"""Could the printed figure be true? Granularity of means and SDs of whole answers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from analysis.audit.how_printed import as_printed, number, prints_as, step_of


@dataclass(frozen=True, slots=True)
class Possible:
    """Whether a printed figure can come from whole answers; ``nearest`` are the nearest figures that can."""

    possible: bool
    nearest: tuple[str, ...] = ()
    reason: str = ""


def grim(mean: str, n: int, *, items: int = 1, minimum: int | None = None, maximum: int | None = None) -> Possible:
    """Say whether ``n`` people's whole answers, averaged over ``items``, can give this printed mean.

    With the scale's ``minimum`` and ``maximum`` the mean must also lie between them. Half-up, half-even and
    cut-off rounding are all allowed: only an impossible mean is reported.
    Source: Brown & Heathers, « The GRIM Test », Social Psychological and Personality Science, 2017.
    """
    shown, answers = number(mean), n * items
    if any(True for _ in _totals(shown, answers, minimum, maximum)):
        return Possible(True)
    around = math.floor(Fraction(shown) * answers)
    nearest = tuple(as_printed(Fraction(total, answers), shown) for total in (around, around + 1))
    return Possible(False, nearest, f"aucune somme de {answers} réponses entières n'a cette moyenne")


def grimmer(
    mean: str, sd: str, n: int, *, items: int = 1, minimum: int | None = None, maximum: int | None = None
) -> Possible:
    """Say whether ``n`` whole answers can give this printed mean and this printed SD (n - 1) together.

    For each total that the mean allows, the sum of squares must be whole, have the total's parity, and lie
    between what the printed SD allows; with ``minimum`` and ``maximum``, between what the scale allows too.
    Source: Anaya, « The GRIMMER test », PeerJ Preprints, 2016; Allard's analytic form, 2018.
    """
    answer = grim(mean, n, items=items, minimum=minimum, maximum=maximum)
    if not answer.possible:
        return answer
    shown = number(sd)
    step = step_of(shown)
    low, high = Fraction(shown) - step / 2, Fraction(shown) + step
    for total in _totals(number(mean), n * items, minimum, maximum):
        centre = Fraction(total * total, n)
        # answers are the totals of ``items`` items, so the SD is counted on that scale
        least = (n - 1) * (max(low, Fraction(0)) * items) ** 2 + centre
        most = (n - 1) * (high * items) ** 2 + centre
        bounds = _square_bounds(total, n, items, minimum, maximum)
        for squares in range(max(math.ceil(least), bounds[0]), min(math.floor(most), bounds[1]) + 1):
            if squares % 2 == total % 2 and _gives(squares, centre, n, items, shown, step):
                return Possible(True)
    return Possible(False, reason=f"aucune série de {n} réponses entières n'a cette moyenne et cet écart-type")


def _totals(mean: Decimal, answers: int, minimum: int | None, maximum: int | None) -> Iterator[int]:
    """The whole totals whose mean prints as ``mean`` under one of the three roundings, inside the scale."""
    shown, step = Fraction(mean), step_of(mean)
    low = math.ceil((shown - step) * answers)
    high = math.floor((shown + step) * answers)
    if minimum is not None:
        low = max(low, minimum * answers)
    if maximum is not None:
        high = min(high, maximum * answers)
    for total in range(low, high + 1):
        if prints_as(Fraction(total, answers), mean):
            yield total


def _gives(squares: int, centre: Fraction, n: int, items: int, shown: Decimal, step: Fraction) -> bool:
    variance = (squares - centre) / (n - 1) / (items * items)
    # the square root is irrational: compare squares, the bounds being exact
    value, half = Fraction(shown), step / 2
    was_rounded = max(value - half, Fraction(0)) ** 2 <= variance <= (value + half) ** 2
    was_cut = value**2 <= variance < (value + step) ** 2
    return was_rounded or was_cut


def _square_bounds(total: int, n: int, items: int, minimum: int | None, maximum: int | None) -> tuple[int, int]:
    """Smallest and largest sum of squares of ``n`` whole answers with this total, inside the scale if given."""
    share, over = divmod(total, n)
    least = (n - over) * share**2 + over * (share + 1) ** 2
    if minimum is None or maximum is None:
        return least, 10**18
    low, high = minimum * items, maximum * items
    full, rest = divmod(total - n * low, high - low) if high > low else (0, 0)
    if full >= n:
        return least, n * high**2
    return least, full * high**2 + (low + rest) ** 2 + (n - full - 1) * low**2
