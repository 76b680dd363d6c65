"""What a cell of a table holds: its numbers, unrounded, whom they count, and how they are shown."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from analysis.people.counted import Basis, Key
from analysis.tables.plain_number import keep_plain
from divan.sources import french


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people ``n``, out of ``of`` when a percentage makes sense; ``who`` says which people.

    ``digits``: the decimals of the percentage in files, all of them unless it is said.
    """

    n: int
    of: int | None
    who: Key
    digits: int | None = None

    def __post_init__(self) -> None:
        keep_plain(self, "n", "of")

    @property
    def share(self) -> float | None:
        """``n / of``, or None out of nobody."""
        return self.n / self.of if self.of else None

    def percent(self, digits: int) -> str:
        """The percentage as shown, rounded from the two counts themselves."""
        return french.percent(Fraction(self.n, self.of) if self.of else None, digits)

    def text(self) -> str:
        """``28 (40,6 %)``."""
        said = french.number(self.n)
        return said if self.of is None else f"{said} ({self.percent(1)})"

    def raw(self) -> dict[str, float | int | str | None]:
        """Unrounded values by suffix, for files."""
        if self.of is None:
            return {"": self.n}
        percent = 100 * self.n / self.of if self.of else None
        if percent is not None and self.digits is not None:
            percent = float(french.rounded(percent, self.digits))
        return {"": self.n, "percent": percent}


@dataclass(frozen=True, slots=True)
class Number:
    """A statistic, shown with ``digits`` decimals (or as a p-value); ``basis`` tells the counts that it rests on."""

    value: float | None
    digits: int = 2
    basis: Basis = ()
    form: str = "number"

    def __post_init__(self) -> None:
        keep_plain(self, "value")

    def text(self) -> str:
        """The number as shown."""
        if self.form == "p":
            return french.p_value(self.value)
        show = french.percent if self.form == "percent" else french.number
        return show(self.value, self.digits)

    def raw(self) -> dict[str, float | int | str | None]:
        """Unrounded values by suffix, for files."""
        return {"": self.value}


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval; ``form`` as for Number."""

    low: float | None
    high: float | None
    digits: int = 2
    basis: Basis = ()
    form: str = "number"

    def __post_init__(self) -> None:
        keep_plain(self, "low", "high")

    def text(self) -> str:
        """``0,35 à 1,04``."""
        if self.form != "percent" or self.low is None or self.high is None:
            return french.interval(self.low, self.high, self.digits)
        return f"{french.number(100 * self.low, self.digits)} à {french.percent(self.high, self.digits)}"

    def raw(self) -> dict[str, float | int | str | None]:
        """Unrounded values by suffix, for files."""
        return {"low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect size with its interval; ``symbol`` names it (r, d, V)."""

    symbol: str
    value: float | None
    low: float | None
    high: float | None
    basis: Basis = ()

    def __post_init__(self) -> None:
        keep_plain(self, "value", "low", "high")

    def text(self) -> str:
        """``r = 0,21 (−0,05 à 0,44)``."""
        low, high = ("∞" if bound == math.inf else french.number(bound, 2) for bound in (self.low, self.high))
        within = "" if self.low is None or self.high is None else f" ({low} à {high})"
        value = "∞" if self.value == math.inf else french.number(self.value, 2)
        return f"{self.symbol}\u00a0=\u00a0{value}{within}"

    def raw(self) -> dict[str, float | int | str | None]:
        """Unrounded values by suffix, for files."""
        return {"": self.value, "low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a cell, such as the name of a test; ``basis`` as for Number."""

    words: str = ""
    basis: Basis = ()

    def text(self) -> str:
        """The words."""
        return self.words

    def raw(self) -> dict[str, float | int | str | None]:
        """The words, for files."""
        return {"": self.words}


@dataclass(frozen=True, slots=True)
class Masked:
    """What disclosure control took away; ``shape`` keeps the columns that the cell would have had in a file."""

    shape: tuple[str, ...] = ("",)

    def text(self) -> str:
        """A word that cannot be taken for a number."""
        return "masqué"

    def raw(self) -> dict[str, float | int | str | None]:
        """Nothing but the word, in each column."""
        return dict.fromkeys(self.shape, "masqué")


Cell = Count | Number | Interval | Effect | Text | Masked
