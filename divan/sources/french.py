"""Numbers as a French reader expects them. The only place where a number is rounded: half up, on its decimals."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from divan.sources.typography import spaces

CIVIL_ZONE = "Europe/Paris"  # a day is a French civil day, unless a group's settings say that it is elsewhere
NBSP = "\u00a0"
THIN = "\u202f"
MINUS = "\u2212"
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
          "décembre")  # fmt: skip


def civil_day(zone: str = CIVIL_ZONE) -> date:
    """Today, in France or in another ``zone``."""
    return datetime.now(ZoneInfo(zone)).date()


def rounded(value: float | Fraction, digits: int) -> Decimal:
    """``value`` rounded to ``digits`` decimals, a half away from zero.

    A Fraction is rounded exactly; a float on fourteen significant digits, what it holds beyond being the noise of
    arithmetic (23 / 80 * 100 gives 28.749999999999996).
    """
    if isinstance(value, Fraction):
        whole, rest = divmod(abs(value) * 10**digits, 1)
        return Decimal(int(whole + (rest * 2 >= 1)) * (1 if value >= 0 else -1)).scaleb(-digits)
    return Decimal(f"{float(value):.14g}").quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def cut_off(value: float, digits: int) -> Decimal:
    """``value`` cut off after ``digits`` decimals, as careless tables do; only the audit needs it."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_DOWN)


def number(value: float | Fraction | None, digits: int = 0) -> str:
    """``1 234,5``; an em dash for what does not exist (never NaN)."""
    if value is None or not math.isfinite(value):
        return "—"
    shown = rounded(value, digits)
    shown = abs(shown) if shown == 0 else shown
    return f"{shown:,.{digits}f}".replace(",", THIN).replace(".", ",").replace("-", MINUS)


def percent(share: float | Fraction | None, digits: int = 1) -> str:
    """A share of 1 as ``40,6 %``; given as a Fraction, its halves are halves."""
    return "—" if share is None else f"{number(share * 100, digits)}{NBSP}%"


def p_value(p: float | None) -> str:
    """``0,0345``, three significant digits; below a thousandth only the bound is shown."""
    if p is None:
        return "—"
    return f"<{NBSP}0,001" if p < 0.001 else number(p, max(0, 2 - _power(p)))


def _power(value: float) -> int:
    """The power of ten of the first of three significant digits: -2 for 0.0345, 0 for 0.9996, which rounds to 1."""
    return Decimal(f"{value:.2e}").adjusted()


def p_sentence(p: float) -> str:
    """``p = 0,034`` or ``p < 0,001``, for use in a sentence."""
    return f"p{NBSP}{p_value(p)}" if p < 0.001 else f"p{NBSP}={NBSP}{p_value(p)}"


def interval(low: float | None, high: float | None, digits: int) -> str:
    """``0,35 à 1,04``, which no minus sign can muddle."""
    return "—" if low is None or high is None else f"{number(low, digits)} à {number(high, digits)}"


def long_date(day: date) -> str:
    """``1er mars 2023``."""
    return f"{'1er' if day.day == 1 else day.day}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}"


def month_name(month: str) -> str:
    """``mars 2023``, of ``2023-03``."""
    year, place = month.split("-")
    return f"{MONTHS[int(place) - 1]}{NBSP}{year}"


def plural(n: int, one: str, many: str = "") -> str:
    """``1 réponse``, ``21 réponses``; zero takes the singular in French."""
    return f"{number(n)}{NBSP}{one if abs(n) < 2 else many or one + 's'}"


def within(label: str) -> str:
    """A label in the middle of a sentence: « Un jour » loses its capital, « CHU » does not."""
    return label[:1].lower() + label[1:] if not label[1:2].isupper() else label


def enumeration(words: list[str]) -> str:
    """``a, b et c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} et {words[-1]}" if words else ""


def typographic(text: str) -> str:
    """Plain spaces of hand-written French made unbreakable before ``: ; ? ! % »`` and after ``«``."""
    return spaces(text)
