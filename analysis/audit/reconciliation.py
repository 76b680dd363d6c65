"""Printed against recomputed, figure by figure: equal, a matter of rounding, or different."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from analysis.audit.how_printed import HowPrinted, compare_printed, number
from analysis.audit.printed import Printed
from analysis.audit.slip import shown as comma
from analysis.tables.cells import Cell, Count, Interval, Masked, Number
from analysis.tables.table import Table
from divan.sources import french

EQUAL, ROUNDING, DIFFERS = "equal", "rounding", "differs"
VERDICTS = {EQUAL: "égal", ROUNDING: "arrondi", DIFFERS: "diffère", "": "non comparé"}


@dataclass(frozen=True, slots=True)
class Compared:
    """One printed figure: where it stands, what it says, and what the answers give (None when not computed)."""

    table: str
    row: str
    level: str
    wave: str | None
    statistic: str
    printed: str
    recomputed: str
    verdict: str


def reconcile(printed: Printed, tables: Iterable[Table]) -> list[Compared]:
    """Every printed figure beside its own; one that no table computes, or that is masked, has no verdict."""
    known = {table.id: table for table in tables}
    found = []
    for table, row, level, wave, statistic, shown in _figures(printed):
        value = _look_up(known.get(table), row, level, wave, statistic)
        found.append(Compared(table, row, level, wave, statistic, comma(shown), *_judged(shown, value, statistic)))
    return found


def _figures(printed: Printed) -> Iterator[tuple[str, str, str, str | None, str, str]]:
    for one in printed.counts:
        for level, n in one.n.items():
            yield one.table, one.row, level, one.wave or one.group, "count", str(n)
            if level in one.percent:
                yield one.table, one.row, level, one.wave or one.group, "percent", one.percent[level]
    for value in printed.values:
        for name in ("mean", "sd", "q1", "median", "q3"):
            if getattr(value, name):
                yield value.table, value.row, value.level, value.wave or value.group, name, getattr(value, name)
    for test in printed.tests:
        if not test.p:
            continue
        yield test.table, test.row, "", test.wave, f"p_{test.test}", test.p
    for model in printed.models:
        for name, shown in (("r_squared", model.r_squared), ("f", model.f), ("p_linear_regression", model.p)):
            if shown:
                yield model.table, model.row, "", model.wave, name, shown
    for coefficient in printed.estimates:
        for name in ("estimate", "low", "high", "p"):
            if getattr(coefficient, name):
                yield (
                    coefficient.table,
                    coefficient.row,
                    coefficient.level,
                    coefficient.wave,
                    name,
                    getattr(coefficient, name),
                )


def _look_up(table: Table | None, row: str, level: str, where: str | None, statistic: str) -> Fraction | float | None:
    """The recomputed figure; a table whose rows name the statistic (T2) is read by row, the others by column."""
    if table is None:
        return None
    if statistic.startswith("p_"):
        tests = [one for one in table.tests if (one.row, f"p_{one.result.test}") == (row, statistic)]
        return tests[0].result.p_value if tests else None
    if statistic in ("r_squared", "f"):
        return _of_the_model(table, row, statistic)
    for line, column, cell in table.walk():
        by_row = line.level == statistic
        kind = {"percent": "count", "low": "interval", "high": "interval"}.get(statistic, statistic)
        fits = column.statistic == kind and line.level == level
        here = where in (column.wave, column.group) if where else column.wave is None or len(table.columns) == 1
        if line.id == row and here and (fits or by_row):
            found = _number(cell, statistic)
            if found is not None or isinstance(cell, Masked):
                return found
    return None


def _of_the_model(table: Table, row: str, statistic: str) -> float | None:
    models = [one.result for one in table.tests if one.row == row and one.result.detail.get("part") == "model"]
    if not models:
        return None
    found = models[0].statistic if statistic == "f" else models[0].detail["r_squared"]
    return float(found) if isinstance(found, int | float) else None


def _number(cell: Cell, statistic: str) -> Fraction | float | None:
    if isinstance(cell, Count):
        return Fraction(100 * cell.n, cell.of) if statistic == "percent" and cell.of else Fraction(cell.n)
    if isinstance(cell, Interval):
        return cell.low if statistic == "low" else cell.high
    return cell.value if isinstance(cell, Number) else None


def _judged(shown: str, value: Fraction | float | None, statistic: str) -> tuple[str, str]:
    """The recomputed figure as shown, and the verdict."""
    if value is None:
        return "—", ""
    if statistic == "p" or statistic.startswith("p_"):
        bare = float(number(shown.lstrip("<> ")))
        fits = (
            value < bare if shown.startswith("<") else value > bare if shown.startswith(">") else _close(shown, value)
        )
        return french.p_value(float(value)), EQUAL if fits else DIFFERS
    how = compare_printed(shown, value)
    decimals = max(0, -int(number(shown).as_tuple().exponent))
    more = 0 if how in (HowPrinted.EQUAL, HowPrinted.ROUNDED_HALF_UP) or statistic == "count" else 2
    exact = french.number(float(value), decimals + more)
    if how in (HowPrinted.EQUAL, HowPrinted.ROUNDED_HALF_UP):
        return exact, EQUAL
    return exact, ROUNDING if decimals and _close(shown, value) else DIFFERS


def _close(shown: str, value: Fraction | float) -> bool:
    """Within one unit of the last digit printed."""
    step = Fraction(10) ** int(number(shown).as_tuple().exponent)
    return abs(Fraction(number(shown)) - Fraction(value)) < step
