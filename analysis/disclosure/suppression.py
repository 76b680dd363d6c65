"""Which counts to mask: the small ones, then others until no masked count can be worked out.

Two rules on every sum that a reader knows: the counts it hides are several, and together reach the threshold. Then
an attacker who solves the whole system in whole numbers must find two solutions at least for every masked count.
Sources: Willenborg & de Waal, Elements of Statistical Disclosure Control, 2001; Fischetti & Salazar, 2001.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from analysis.disclosure.attack import determined
from analysis.disclosure.ledger import Ledger, Line
from analysis.table import Key

SMALL, COMPLEMENT = "small", "complement"


@dataclass(frozen=True, slots=True)
class Masking:
    """What is masked and why: ``small`` counts, and their ``complement``, without which they could be worked out."""

    threshold: int
    reasons: Mapping[Key, str] = field(default_factory=dict)

    def __contains__(self, who: object) -> bool:
        return who in self.reasons


def suppress(ledger: Ledger, threshold: int) -> Masking:
    """Mask every told count of 1 to ``threshold`` - 1, and what would give it back."""
    reasons = {who: SMALL for who in ledger.told if 1 <= ledger.cells[who] < threshold}
    if not reasons:
        return Masking(threshold)
    by_cell: dict[Key, list[Line]] = {}
    for line in ledger.lines:
        for who, _ in line.terms:
            by_cell.setdefault(who, []).append(line)
    while True:
        _close_lines(ledger, threshold, reasons, by_cell)
        found = determined(ledger, frozenset(reasons))
        chosen = {_next(ledger, reasons, by_cell[who]) for who in sorted(found, key=sorted)} - {None}
        if not chosen:
            return Masking(threshold, reasons)
        reasons |= {who: COMPLEMENT for who in chosen if who is not None}


def _close_lines(ledger: Ledger, threshold: int, reasons: dict[Key, str], by_cell: Mapping[Key, list[Line]]) -> None:
    """Add complements until every sum with a masked count hides several, ``threshold`` people or more."""
    queue = [line for who in sorted(reasons, key=sorted) for line in by_cell.get(who, ())]
    while queue:
        line = queue.pop()
        hidden = [who for who, factor in line.terms if factor > 0 and (who in reasons or who not in ledger.told)]
        if not any(who in reasons for who in hidden):
            continue
        if len(hidden) > 1 and sum(ledger.cells[who] for who in hidden) >= threshold:
            continue
        chosen = _smallest(ledger, reasons, [who for who, factor in line.terms if factor > 0]) or _smallest(
            ledger, reasons, [who for who, factor in line.terms if factor < 0]
        )
        if chosen is not None:
            reasons[chosen] = COMPLEMENT
            queue += by_cell[chosen]
            queue.append(line)


def _next(ledger: Ledger, reasons: Mapping[Key, str], lines: Iterable[Line]) -> Key | None:
    """The cheapest count to hide among the sums that give a masked one away, or that touch those sums."""
    near = [who for line in lines for who, _ in line.terms]
    return _smallest(ledger, reasons, near)


def _smallest(ledger: Ledger, reasons: Mapping[Key, str], candidates: Iterable[Key]) -> Key | None:
    """The told count that hides fewest people, a zero only when nothing else is left."""
    open_ = [who for who in candidates if who in ledger.told and who not in reasons]
    return min(open_, key=lambda who: (ledger.cells[who] == 0, ledger.cells[who], sorted(who)), default=None)
