"""How a printed number was made of the exact one: equal, rounded, cut off, or not made of it at all."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class Rounding(StrEnum):
    """The three ways in which people shorten a number."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    CUT_OFF = "cut_off"


class HowPrinted(StrEnum):
    """How a printed number relates to the exact one."""

    EQUAL = "equal"
    ROUNDED_HALF_UP = "rounded_half_up"
    ROUNDED_HALF_EVEN = "rounded_half_even"
    CUT_OFF = "cut_off"
    DIFFERS = "differs"


_VERDICTS = {
    Rounding.HALF_UP: HowPrinted.ROUNDED_HALF_UP,
    Rounding.HALF_EVEN: HowPrinted.ROUNDED_HALF_EVEN,
    Rounding.CUT_OFF: HowPrinted.CUT_OFF,
}


def number(printed: str) -> Decimal:
    """A printed number, with a decimal comma or point and whatever spaces and « % » surround it."""
    kept = printed.replace("\N{NO-BREAK SPACE}", "").replace("\N{NARROW NO-BREAK SPACE}", "").replace(" ", "")
    return Decimal(kept.rstrip("%").replace("\N{MINUS SIGN}", "-").replace(",", "."))


def compare_printed(printed: str, exact: Fraction | float | int) -> HowPrinted:
    """How ``printed`` was made of ``exact``: equal, rounded, cut off, or not at all.

    A number of d decimals is compared at d decimals. Give a Fraction when the value is a ratio of counts, so that
    a half is a half.
    """
    shown, value = number(printed), Fraction(exact)
    if Fraction(shown) == value:
        return HowPrinted.EQUAL
    for way, verdict in _VERDICTS.items():
        if rounded(value, step_of(shown), way) == Fraction(shown):
            return verdict
    return HowPrinted.DIFFERS


def step_of(shown: Decimal) -> Fraction:
    """One unit of the last printed decimal."""
    return Fraction(10) ** min(int(shown.as_tuple().exponent), 0)


def rounded(value: Fraction, step: Fraction, rounding: Rounding) -> Fraction:
    """``value`` as a multiple of ``step``; a half goes away from zero, or to the even multiple."""
    whole, rest = divmod(abs(value) / step, 1)
    half = Fraction(1, 2)
    up = rest >= half if rounding is Rounding.HALF_UP else rest > half or (rest == half and whole % 2 == 1)
    return (whole + (up and rounding is not Rounding.CUT_OFF)) * step * (1 if value >= 0 else -1)


def prints_as(value: Fraction, shown: Decimal) -> bool:
    """True when ``value`` can print as ``shown`` in one of the three ways."""
    return any(rounded(value, step_of(shown), way) == Fraction(shown) for way in Rounding)


def as_printed(value: Fraction, like: Decimal) -> str:
    """``value`` rounded half up, with as many decimals as ``like``, and a decimal point."""
    decimals = max(0, -int(like.as_tuple().exponent))
    return f"{Decimal(int(rounded(value, step_of(like), Rounding.HALF_UP) * 10**decimals)).scaleb(-decimals):f}"
