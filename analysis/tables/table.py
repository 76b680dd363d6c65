"""What a table of the report is: rows of cells that know their numbers, unrounded, and who they count.

Every output (page, CSV, JSON, Word, Excel, LaTeX, figure) is drawn from these; disclosure control replaces cells here,
once, and so everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analysis.people.counted import Basis, Key
from analysis.plan.standing import UNPROVED, Mark, Standing
from analysis.statistics import Result
from analysis.tables.plain_number import keep_plain
from divan.sources import french


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people ``n``, out of ``of`` when a percentage makes sense; ``who`` says which people.

    ``near`` marks a count that was rounded before publication.
    """

    n: int
    of: int | None
    who: Key
    near: bool = False

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
        said = f"≈\u00a0{french.number(self.n)}" if self.near else french.number(self.n)
        return said if self.of is None else f"{said} ({self.percent(0 if self.near else 1)})"

    def raw(self) -> dict[str, float | int | str | None]:
        """Unrounded values by suffix, for files."""
        percent = {} if self.of is None else {"percent": 100 * self.n / self.of if self.of else None}
        return {"": self.n, **percent}


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


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``statistic`` and ``wave`` (or ``group``) say what its cells are, whatever the label."""

    id: str
    label: str
    statistic: str = "count"
    wave: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row; ``level`` is empty for a variable's own; ``role`` is ``variable``, ``level``, ``single`` or ``total``."""

    id: str
    label: str
    cells: tuple[Cell, ...]
    level: str = ""
    role: str = "single"


@dataclass(frozen=True, slots=True)
class Test:
    """A test as report.json lists it; ``basis`` as for Number, ``added`` when the plan says that it came later."""

    table: str
    row: str
    wave: str | None
    result: Result
    basis: Basis = ()
    added: date | None = None
    mark: Mark = UNPROVED


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the report. ``head`` names the first column; ``notes`` are French sentences; ``kind`` its family's,
    ``entry`` the part of the plan that asked for it, ``mark`` how this stands before the answers.

    ``population`` says whom its counts are of: those who answered, or others whom the cohort also knows.
    """

    id: str
    title: str
    head: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...] = ()
    tests: tuple[Test, ...] = ()
    added: date | None = None
    mark: Mark = UNPROVED
    empty: str = ""
    kind: str = ""
    entry: str = ""
    population: str = ""

    @property
    def name(self) -> str:
        """« T1. Titre » for a numbered table or figure, the title alone for the others."""
        return f"{self.id}. {self.title}" if self.id[:1] in "TF" and self.id[1:].isdigit() else self.title

    @property
    def post_hoc(self) -> bool:
        """Whether it came after the answers."""
        return self.mark.standing is Standing.POST_HOC

    def cell(self, row: str, level: str, column: str) -> Cell | None:
        """The cell at these ids, or None."""
        place = next((n for n, one in enumerate(self.columns) if one.id == column), None)
        found = next((one for one in self.rows if one.id == row and one.level == level), None)
        return None if place is None or found is None or place >= len(found.cells) else found.cells[place]

    def walk(self) -> Iterator[tuple[TableRow, Column, Cell]]:
        """Every cell with its row and column."""
        for row in self.rows:
            for column, cell in zip(self.columns, row.cells, strict=True):
                yield row, column, cell
