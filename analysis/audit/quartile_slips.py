"""Slips in printed medians and quartiles of whole answers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from analysis.audit.how_printed import number, prints_as
from analysis.audit.printed import Printed, Value
from analysis.audit.slip import Slip, shown


def quartile_slips(printed: Printed) -> Iterator[Slip]:
    """Quartiles out of order, and medians that no whole answers have."""
    for one in printed.values:
        given = [figure for figure in (one.q1, one.median, one.q3) if figure]
        if any(number(high) < number(low) for low, high in pairwise(given)):
            said = f"{' ; '.join(map(shown, given))} ne vont pas en croissant."
            yield Slip("quartiles", one.table, one.row, one.wave, said)
        if one.median and (one.wave or one.group) and not _possible(one):
            among = "un nombre entier" if one.n % 2 else "un entier ou un demi"
            said = f"la médiane de {one.n} réponses entières est {among}, et non {shown(one.median)}."
            yield Slip("quartiles", one.table, one.row, one.wave, said)


def _possible(one: Value) -> bool:
    """An odd number of whole answers has a whole median; an even number, perhaps a half: true of every definition."""
    printed = number(one.median)
    steps = 1 if one.n % 2 else 2
    near = round(Fraction(printed) * steps)
    return any(prints_as(Fraction(place, steps), printed) for place in (near - 1, near, near + 1))
