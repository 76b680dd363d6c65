"""Slips in printed means, SDs and p-values: what the counts, the number of people or each other forbid."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from analysis.audit.granularity import grim, grimmer
from analysis.audit.how_printed import HowPrinted, compare_printed, number
from analysis.audit.printed import Counts, Printed, PrintedTest, Value
from analysis.audit.slip import Slip, shown
from analysis.statistics import chi_square, fisher_exact
from divan.sources.french import plural

INDEPENDENT = ("mann_whitney", "chi_square", "fisher_exact")


def values_slips(printed: Printed) -> Iterator[Slip]:
    """Every slip that means, SDs and p-values show, swapped labels apart."""
    for one in printed.values:
        if one.mean and (one.wave or one.group):
            yield from _granularity(one)
    yield from _conflicts(printed)
    yield from _differences(printed)
    for test in printed.tests:
        yield from _p_value(test, printed)
    yield from _methods(printed)


def totals_of(mean: str, n: int) -> dict[int, HowPrinted]:
    """The whole totals of ``n`` people whose mean prints as ``mean``, and how each is rounded to it."""
    shown = Fraction(number(mean))
    step = Fraction(10) ** int(number(mean).as_tuple().exponent)
    around = range(math.floor((shown - step) * n), math.ceil((shown + step) * n) + 1)
    found = {total: compare_printed(mean, Fraction(total, n)) for total in around}
    return {total: how for total, how in found.items() if how is not HowPrinted.DIFFERS}


def _granularity(one: Value) -> Iterator[Slip]:
    answer = grim(one.mean, one.n)
    if not answer.possible:
        near = " ou ".join(map(shown, answer.nearest))
        said = f"la moyenne {shown(one.mean)} de {one.n} réponses entières n'existe pas (les plus proches : {near})."
        yield Slip("impossible_mean", one.table, one.row, one.wave, said)
        return
    ways = totals_of(one.mean, one.n)
    if all(how is HowPrinted.CUT_OFF for how in ways.values()):
        total = next(iter(ways))
        said = (f"aucune somme entière n'arrondit à {shown(one.mean)} ; {total} / {one.n} = "
                f"{_shown(Fraction(total, one.n))}, coupé au lieu d'être arrondi, donne ce chiffre.")  # fmt: skip
        yield Slip("cut_off", one.table, one.row, one.wave, said)
    if one.sd and one.n == 1:
        yield Slip("impossible_sd", one.table, one.row, one.wave, "une seule réponse n'a pas d'écart-type.")
    elif one.sd and not grimmer(one.mean, one.sd, one.n).possible:
        said = f"{one.n} réponses entières de moyenne {shown(one.mean)} n'ont pas un écart-type de {shown(one.sd)}."
        yield Slip("impossible_sd", one.table, one.row, one.wave, said)


def _shown(value: Fraction) -> str:
    return f"{float(value):.3f}".replace(".", ",")


def _conflicts(printed: Printed) -> Iterator[Slip]:
    """The same mean or SD printed twice, with no value that both could round or cut."""
    for first, second in combinations(printed.values, 2):
        if (first.row, first.level, first.wave, first.group) != (second.row, second.level, second.wave, second.group):
            continue
        for name, said in (("mean", "la moyenne"), ("sd", "l'écart-type")):
            one, other = getattr(first, name), getattr(second, name)
            if one and other and not _compatible(one, other):
                yield Slip("conflict", second.table, second.row, second.wave,
                           f"{said} vaut {shown(one)} dans {first.table} et {shown(other)} ici.")  # fmt: skip


def _compatible(one: str, other: str) -> bool:
    """True when one value at least rounds half up to both, or is cut to one of them with more decimals given."""
    a, b = _bounds(one), _bounds(other)
    return a[0] < b[1] and b[0] < a[1]


def _bounds(shown: str) -> tuple[Fraction, Fraction]:
    """Values that round half up to ``shown``."""
    value = number(shown)
    half = Fraction(10) ** int(value.as_tuple().exponent) / 2
    return Fraction(value) - half, Fraction(value) + half


def _differences(printed: Printed) -> Iterator[Slip]:
    """A printed change that is not what the two printed means leave, however they were rounded."""
    for change in printed.values:
        two = [
            one
            for one in printed.values
            if one.row == change.row and one.wave and one.mean and not one.level and one.table == change.table
        ]
        if change.wave or change.group or change.level or not change.mean or len(two) != 2:
            continue
        before, after = two
        gap = abs(number(after.mean) - number(before.mean) - number(change.mean))
        room = sum((_last_digit(one.mean) for one in (before, after, change)), Decimal(0))
        if gap > room:
            yield Slip("difference", change.table, change.row, None,
                       f"{shown(after.mean)} - {shown(before.mean)} ne donne pas {shown(change.mean)}.")  # fmt: skip


def _last_digit(shown: str) -> Decimal:
    return Decimal(1).scaleb(int(number(shown).as_tuple().exponent))


def _p_value(test: PrintedTest, printed: Printed) -> Iterator[Slip]:
    """A p-value that the counts printed beside it do not give."""
    blocks = [one for one in printed.counts if (one.table, one.row) == (test.table, test.row)]
    p = _from_counts(test, blocks)
    if p is None or not test.p or _agrees(test.p, p):
        return
    said = f"les effectifs imprimés donnent p = {_shown(Fraction(p))}, et non {shown(test.p)}."
    yield Slip("p_value", test.table, test.row, test.wave, said)


def _methods(printed: Printed) -> Iterator[Slip]:
    """The same people tested twice as if they were two groups, or many tests of one table left uncorrected."""
    for table in dict.fromkeys(one.table for one in printed.tests):
        tests = [one for one in printed.tests if one.table == table and one.wave is None]
        paired = [one for one in tests if one.test in INDEPENDENT and _two_waves(one, printed)]
        if paired:
            yield Slip(
                "method",
                table,
                paired[0].row,
                None,
                f"{plural(len(paired), 'test')} pour groupes indépendants entre deux vagues des mêmes personnes.",
            )
        if len(paired) > 1 and not any(one.corrected for one in paired):
            yield Slip(
                "method",
                table,
                paired[0].row,
                None,
                f"{len(paired)} tests d'une même question, dont les p ne sont pas corrigés pour leur nombre.",
            )


def _two_waves(test: PrintedTest, printed: Printed) -> bool:
    sizes = [one.n for one in printed.values if (one.table, one.row) == (test.table, test.row) and one.wave]
    return len(sizes) == 2 and sizes[0] == sizes[1]


def _from_counts(test: PrintedTest, blocks: list[Counts]) -> float | None:
    if test.test == "sign" and len(blocks) == 1 and {"up", "down"} <= set(blocks[0].n):
        up, down = blocks[0].n["up"], blocks[0].n["down"]
        moved = up + down
        tail = sum(math.comb(moved, one) for one in range(min(up, down) + 1)) / (1 << moved)
        return min(1.0, 2 * tail)
    if test.test in ("chi_square", "fisher_exact") and len(blocks) == 2:
        levels = list(dict.fromkeys([*blocks[0].n, *blocks[1].n]))
        table = [[one.n.get(level, 0) for level in levels] for one in blocks]
        compute = chi_square if test.test == "chi_square" else fisher_exact
        found: float | None = compute(table).p_value
        return found
    return None


def _agrees(printed: str, p: float) -> bool:
    bare = printed.lstrip("<> ")
    if printed.startswith("<"):
        return p < float(number(bare))
    if printed.startswith(">"):
        return p > float(number(bare))
    return compare_printed(bare, p) is not HowPrinted.DIFFERS
