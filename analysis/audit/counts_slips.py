"""Slips in printed counts: levels that do not add up, percentages, labels, two tables that disagree."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from analysis.audit.how_printed import HowPrinted, compare_printed
from analysis.audit.printed import Counts, Labels, Printed
from analysis.audit.slip import Slip
from analysis.audit.slip import shown as comma
from divan.sources.reader_text import fold


def counts_slips(printed: Printed) -> Iterator[Slip]:
    """Every slip that counts, percentages and labels show."""
    for one in printed.counts:
        yield from _subtotal(one)
        yield from _percentages(one)
    yield from _disagreements(printed)
    for labels in printed.labels:
        yield from _repeated(labels)
    for first, second in combinations(printed.labels, 2):
        yield from _differing(first, second)


def _subtotal(one: Counts) -> Iterator[Slip]:
    total = sum(one.n.values())
    if one.of is not None and total != one.of:
        said = " + ".join(map(str, one.n.values()))
        yield Slip(
            "subtotal", one.table, one.row, one.wave, f"{said} = {total}, alors que {one.of} personnes sont annoncées."
        )


def _percentages(one: Counts) -> Iterator[Slip]:
    of, told = one.of or sum(one.n.values()), sum(one.n.values())
    if not of:
        return
    for level, shown in one.percent.items():
        exact = Fraction(100 * one.n[level], of)
        how = compare_printed(shown, exact)
        if how is HowPrinted.DIFFERS and told not in (0, of) and one.of:
            how = compare_printed(shown, Fraction(100 * one.n[level], told))  # its own total, wrong as that may be
        if how is HowPrinted.CUT_OFF:
            yield Slip(
                "cut_off",
                one.table,
                one.row,
                one.wave,
                f"{one.n[level]} / {of} = {_shown(exact)} %, imprimé {comma(shown)} : coupé au lieu d'arrondi.",
            )
        elif how is HowPrinted.DIFFERS:
            yield Slip("percent", one.table, one.row, one.wave,
                       f"{one.n[level]} / {of} = {_shown(exact)} %, et non {comma(shown)} %.")  # fmt: skip


def _shown(value: Fraction) -> str:
    return f"{float(value):.2f}".replace(".", ",")


def _disagreements(printed: Printed) -> Iterator[Slip]:
    """The same people counted in two tables, with two results."""
    for first, second in combinations(printed.counts, 2):
        same = first.row == second.row and first.table != second.table and first.group == second.group
        if not same or (None not in (first.wave, second.wave) and first.wave != second.wave):
            continue
        if any(first.n[level] != second.n[level] for level in first.n if level in second.n):
            two = [", ".join(str(one.n[level]) for level in first.n if level in second.n) for one in (first, second)]
            yield Slip(
                "conflict",
                second.table,
                second.row,
                second.wave,
                f"les mêmes niveaux comptent {two[0]} personnes dans {first.table} et {two[1]} ici.",
            )


def _repeated(one: Labels) -> Iterator[Slip]:
    seen: set[str] = set()
    for label in one.labels:
        if fold(label) in seen:
            yield Slip("repeated_level", one.table, one.row, one.wave, f"« {label} » figure deux fois.")
        seen.add(fold(label))


def _differing(first: Labels, second: Labels) -> Iterator[Slip]:
    if first.row != second.row or first.wave == second.wave or len(first.labels) != len(second.labels):
        return
    for one, other in zip(first.labels, second.labels, strict=True):
        if fold(one) != fold(other):
            yield Slip("labels_differ", second.table, second.row, second.wave,
                       f"« {one} » dans une vague ({first.table}), « {other} » dans l'autre.")  # fmt: skip
