"""Which counts to mask: the small ones, then others until no masked count can be worked out.

Two rules on every sum that a reader knows: the counts it hides are several, and together reach the threshold. Then
an attacker who solves the whole system in whole numbers must find two solutions at least for every masked count.
Sources: Willenborg & de Waal, Elements of Statistical Disclosure Control, 2001; Fischetti & Salazar, 2001.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from analysis.disclosure.attack import determined
from analysis.disclosure.ledger import KnownSum, Ledger
from analysis.people.counted import Key

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
    search = _Search(ledger, threshold, reasons)
    while True:
        search.close_lines()
        found = determined(ledger, frozenset(reasons))
        if not search.hide_more(found):
            return Masking(threshold, reasons)


class _Search:
    """The masked counts so far, and those that it is no use to hide, for everybody can work them out."""

    def __init__(self, ledger: Ledger, threshold: int, reasons: dict[Key, str]) -> None:
        self.ledger = ledger
        self.threshold = threshold
        self.reasons = reasons
        self.useless: set[Key] = set()
        self.lines: dict[Key, list[KnownSum]] = {}
        for line in ledger.lines:
            for who, _ in line.terms:
                self.lines.setdefault(who, []).append(line)

    def close_lines(self) -> None:
        """Add complements until every sum with a masked count hides several, ``threshold`` people or more."""
        queue = [line for who in sorted(self.reasons, key=sorted) for line in self.lines.get(who, ())]
        while queue:
            line = queue.pop()
            chosen = None if self._is_closed(line) else self._complement(line)
            if chosen is not None:
                self.reasons[chosen] = COMPLEMENT
                queue += [*self.lines[chosen], line]

    def hide_more(self, found: set[Key]) -> bool:
        """Hide the cheapest count near each one that was worked out; False when there is nothing left to do.

        A complement that can be worked out whatever else is hidden (a zero, everybody) is shown again: it is known.
        """
        zeros = {who for who in found if not self.ledger.cells[who]}
        near = [[one for line in self.lines[who] for one, _ in line.terms] for who in sorted(found - zeros, key=sorted)]
        chosen = {one for cells in near if (one := self._cheapest(cells)) is not None}
        known = zeros or (set() if chosen else {who for who in found if self.reasons[who] == COMPLEMENT})
        for who in known:
            del self.reasons[who]
        self.useless |= known
        self.reasons |= dict.fromkeys(chosen, COMPLEMENT)
        return bool(known or chosen)

    def _is_closed(self, line: KnownSum) -> bool:
        hidden = [who for who, factor in line.terms
                  if factor > 0 and (who in self.reasons or who not in self.ledger.told)]  # fmt: skip
        if not any(who in self.reasons for who in hidden):
            return True
        return len(hidden) > 1 and sum(self.ledger.cells[who] for who in hidden) >= self.threshold

    def _complement(self, line: KnownSum) -> Key | None:
        """The cheapest part of the sum, else the sum itself."""
        parts = [who for who, factor in line.terms if factor > 0]
        whole = [who for who, factor in line.terms if factor < 0]
        return self._cheapest(parts) or self._cheapest(whole)

    def _cheapest(self, candidates: Iterable[Key]) -> Key | None:
        """The told count that hides fewest people, a zero only when nothing else is left."""
        cells, told = self.ledger.cells, self.ledger.told
        free = [who for who in candidates if who in told and who not in self.reasons and who not in self.useless]
        return min(free, key=lambda who: (cells[who] == 0, cells[who], sorted(who)), default=None)
