"""Swapped labels: two counts of one item that, exchanged, give back the total that the publication prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from analysis.audit.how_printed import HowPrinted, compare_printed
from analysis.audit.printed import Counts, Printed, Value
from analysis.audit.slip import Slip, shown
from analysis.audit.values_slips import totals_of


def swapped_slips(printed: Printed) -> Iterator[Slip]:
    """Each exchange that restores a printed total, then each item mean that even so the counts do not give."""
    mended = list(printed.counts)
    for wave in dict.fromkeys(one.wave for one in printed.values if one.sum_of):
        scores = [one for one in printed.values if one.row in _sums(printed) and one.wave == wave and one.mean]
        found = _exchange(scores, _sums(printed), [one for one in mended if one.wave == wave])
        if found:
            block, low, high = found
            yield _said(block, low, high, scores[0])
            fixed = replace(block, n={**block.n, low: block.n[high], high: block.n[low]})
            mended[mended.index(block)] = fixed
    for value in printed.values:
        yield from _mean(value, mended)


def score_total(block: Counts) -> int | None:
    """The sum of the scores of a block whose levels are scores; None for other levels."""
    if not all(level.lstrip("-").isdigit() for level in block.n):
        return None
    return sum(int(level) * n for level, n in block.n.items())


def _sums(printed: Printed) -> dict[str, tuple[str, ...]]:
    return {one.row: one.sum_of for one in printed.values if one.sum_of}


def _exchange(
    scores: list[Value], sums: dict[str, tuple[str, ...]], blocks: list[Counts]
) -> tuple[Counts, str, str] | None:
    """The one exchange that gives the printed total; None when none is needed, or when several would do."""
    items = {one.row: one for one in blocks if score_total(one) is not None}
    if not scores or not all(item in items for item in sums[scores[0].row]):
        return None
    kept = [items[item] for item in sums[scores[0].row]]
    wanted = set.intersection(*(set(totals_of(one.mean, one.n)) for one in scores))
    total = sum(score_total(one) or 0 for one in kept)
    if total in wanted:
        return None
    found = [
        (one, low, high)
        for one in kept
        for low, high in combinations(one.n, 2)
        if total + (int(high) - int(low)) * (one.n[low] - one.n[high]) in wanted
    ]
    return found[0] if len(found) == 1 else None


def _said(block: Counts, low: str, high: str, score: Value) -> Slip:
    one, other = block.n[low], block.n[high]
    message = (f"{one} (niveau {low}) et {other} (niveau {high}) sont intervertis : dans l'autre ordre seulement, les "
               f"questions donnent ensemble la moyenne imprimée de {shown(score.mean)}.")  # fmt: skip
    return Slip("swapped_labels", block.table, block.row, block.wave, message)


def _mean(value: Value, blocks: list[Counts]) -> Iterator[Slip]:
    """A printed item mean against the counts printed for that item, labels put right."""
    same = [one for one in blocks if (one.row, one.wave, one.group) == (value.row, value.wave, value.group)]
    totals = {total for one in same if (total := score_total(one)) is not None and sum(one.n.values()) == value.n}
    if not value.mean or value.level or len(totals) != 1:
        return
    exact = Fraction(totals.pop(), value.n)
    how = compare_printed(value.mean, exact)
    said = f"{float(exact):.3f}".replace(".", ",")
    if how is HowPrinted.CUT_OFF:
        yield Slip("cut_off", value.table, value.row, value.wave,
                   f"les effectifs donnent {said}, imprimé {shown(value.mean)} : coupé au lieu d'arrondi.")  # fmt: skip
    elif how is HowPrinted.DIFFERS:
        yield Slip(
            "mean", value.table, value.row, value.wave, f"les effectifs donnent {said}, et non {shown(value.mean)}."
        )
