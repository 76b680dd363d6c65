"""Could the printed figure be true? Granularity of means and SDs, and how a printed number was rounded."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction


class Printed(StrEnum):
    """How a printed number relates to the exact one."""

    EQUAL = "equal"
    ROUNDED_HALF_UP = "rounded_half_up"
    ROUNDED_HALF_EVEN = "rounded_half_even"
    CUT_OFF = "cut_off"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Possible:
    """Whether a printed figure can come from whole answers; ``nearest`` are the nearest figures that can."""

    possible: bool
    nearest: tuple[str, ...] = ()
    reason: str = ""


def number(printed: str) -> Decimal:
    """A printed number, with a decimal comma or point and whatever spaces and « % » surround it."""
    kept = printed.replace("\N{NO-BREAK SPACE}", "").replace("\N{NARROW NO-BREAK SPACE}", "").replace(" ", "")
    return Decimal(kept.rstrip("%").replace("\N{MINUS SIGN}", "-").replace(",", "."))


def compare_printed(printed: str, exact: Fraction | float | int) -> Printed:
    """How ``printed`` was made of ``exact``: equal, rounded, cut off, or not at all.

    A number of d decimals is compared at d decimals. Give a Fraction when the value is a ratio of counts, so that
    a half is a half.
    """
    shown, value = number(printed), Fraction(exact)
    if Fraction(shown) == value:
        return Printed.EQUAL
    step = _step(shown)
    for verdict, rounding in (
        (Printed.ROUNDED_HALF_UP, ROUND_HALF_UP),
        (Printed.ROUNDED_HALF_EVEN, ROUND_HALF_EVEN),
        (Printed.CUT_OFF, ROUND_DOWN),
    ):
        if _rounded(value, step, rounding) == Fraction(shown):
            return verdict
    return Printed.DIFFERS


def grim(mean: str, n: int, *, items: int = 1, minimum: int | None = None, maximum: int | None = None) -> Possible:
    """Say whether ``n`` people's whole answers, averaged over ``items``, can give this printed mean.

    With the scale's ``minimum`` and ``maximum`` the mean must also lie between them. Half-up, half-even and
    cut-off rounding are all allowed: only an impossible mean is reported.
    Source: Brown & Heathers, « The GRIM Test », Social Psychological and Personality Science, 2017.
    """
    shown = number(mean)
    if any(True for _ in _totals(shown, n * items, minimum, maximum, n)):
        return Possible(True)
    step = _step(shown)
    around = math.floor(Fraction(shown) * n * items)
    nearest = {
        _printed(_rounded(Fraction(total, n * items), step, ROUND_HALF_UP), shown) for total in (around, around + 1)
    }
    return Possible(False, tuple(sorted(nearest)), f"aucune somme de {n * items} réponses entières n'a cette moyenne")


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
    step = _step(shown)
    low, high = (Fraction(shown) - step / 2, Fraction(shown) + step)
    for total in _totals(number(mean), n * items, minimum, maximum, n):
        centre = Fraction(total * total, n)
        # answers are the totals of ``items`` items, so the SD is counted on that scale
        least = (n - 1) * (max(low, Fraction(0)) * items) ** 2 + centre
        most = (n - 1) * (high * items) ** 2 + centre
        bounds = _square_bounds(total, n, items, minimum, maximum)
        for squares in range(max(math.ceil(least), bounds[0]), min(math.floor(most), bounds[1]) + 1):
            if squares % 2 == total % 2 and _gives(squares, centre, n, items, shown, step):
                return Possible(True)
    return Possible(False, reason=f"aucune série de {n} réponses entières n'a cette moyenne et cet écart-type")


def _totals(mean: Decimal, answers: int, minimum: int | None, maximum: int | None, n: int) -> Iterator[int]:
    """The whole totals whose mean prints as ``mean`` under one of the three roundings, inside the scale."""
    shown, step = Fraction(mean), _step(mean)
    low = math.ceil((shown - step) * answers)
    high = math.floor((shown + step) * answers)
    if minimum is not None:
        low = max(low, minimum * answers)
    if maximum is not None:
        high = min(high, maximum * answers)
    for total in range(low, high + 1):
        if _prints_as(Fraction(total, answers), shown, step):
            yield total


def _prints_as(value: Fraction, shown: Fraction, step: Fraction) -> bool:
    return any(_rounded(value, step, rule) == shown for rule in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN))


def _gives(squares: int, centre: Fraction, n: int, items: int, shown: Decimal, step: Fraction) -> bool:
    variance = (squares - centre) / (n - 1) / (items * items)
    # the square root is irrational: compare squares, the bounds being exact
    value, half = Fraction(shown), step / 2
    rounded = max(value - half, Fraction(0)) ** 2 <= variance <= (value + half) ** 2
    cut = value**2 <= variance < (value + step) ** 2
    return rounded or cut


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


def _step(shown: Decimal) -> Fraction:
    exponent = shown.as_tuple().exponent
    return Fraction(10) ** min(int(exponent), 0)


def _rounded(value: Fraction, step: Fraction, rounding: str) -> Fraction:
    scaled = abs(value) / step
    whole, rest = divmod(scaled, 1)
    up = (
        rest >= Fraction(1, 2) if rounding == ROUND_HALF_UP
        else rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1) if rounding == ROUND_HALF_EVEN
        else False
    )  # fmt: skip
    return (whole + up) * step * (1 if value >= 0 else -1)


def _printed(value: Fraction, like: Decimal) -> str:
    decimals = max(0, -int(like.as_tuple().exponent))
    return f"{value.numerator / value.denominator:.{decimals}f}"
