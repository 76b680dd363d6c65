"""Other people than those who answered, of whom all that is told would be the same: looked for in integers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

NODES = 2000  # of a search, whatever the machine: what is not found in so many is not told
Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int_]
Chosen = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class KnownSum:
    """A sum over the people by value, and the bounds that a reader has of it."""

    factors: Numbers
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class PrintedRules:
    """What people must add up to, to print the same: a line a rule, a column a kind."""

    factors: Numbers
    low: Numbers
    high: Numbers

    @classmethod
    def of(cls, rules: Sequence[KnownSum]) -> PrintedRules:
        """All of them, with some room for what is computed in floating point."""
        low, high = (np.array([getattr(one, side) for one in rules], float) for side in ("low", "high"))
        return cls(np.array([one.factors for one in rules]), low - 1e-6, high + 1e-6)

    def hold(self, people: Places) -> bool:
        """Whether these people follow them."""
        sums = self.factors @ people
        return bool(((self.low <= sums) & (sums <= self.high)).all())

    def people(self, few: Numbers, first: Numbers, low: float, high: float) -> Places | None:
        """Some people, kind by kind, who follow them: ``few`` if it is cheap, ``low`` to ``high`` of the ``first``."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # slow to load

        lines = LinearConstraint(np.vstack([self.factors, first]), [*self.low, low], [*self.high, high])
        found = milp(few, integrality=np.ones(len(few), np.int_), bounds=Bounds(0, np.inf), constraints=lines,
                     options={"node_limit": NODES, "mip_rel_gap": 1})  # fmt: skip
        return None if found.x is None else np.rint(found.x).astype(np.int_)

    def beside(self, people: Places, free: Chosen) -> PrintedRules:
        """What is left of the rules to the kinds that are ``free``, all other ``people`` staying as they are."""
        fixed = self.factors[:, ~free] @ people[~free]
        return PrintedRules(self.factors[:, free], self.low - fixed, self.high - fixed)


def all_open(rules: PrintedRules, left: Sequence[Chosen], given: Places, group: Places, k: int) -> bool:
    """Whether each of the choices ``left`` is none or at least ``k`` of some people who follow the rules.

    Begins with those who gave them, or with any people where several ways of answering give one value.
    """
    people: Places | None = given
    if not rules.hold(given):
        people = rules.people(np.sum(left, axis=0).astype(float), np.zeros(len(group)), 0.0, 0.0)
    while people is not None and (left := [who for who in left if 0 < people[who].sum() < k]):
        people = _others(rules, left, people, group, k)
    return people is not None


def _others(rules: PrintedRules, left: Sequence[Chosen], people: Places, group: Places, k: int) -> Places | None:
    """Other people, none or k of the first who are left and few of the next.

    Looked for in its own groups, then in the largest beside them, then in all: a programme of all takes ten times more.
    """
    first, few = left[0].astype(float), np.sum(left, axis=0).astype(float)
    own = np.unique(group[left[0] & (people > 0)])
    others = np.argsort(-np.bincount(group, people), kind="stable")
    order = [*own, *others[~np.isin(others, own)]]
    for far in sorted({len(own), min(len(own) + 1, len(order)), len(order)}):
        free = np.isin(group, order[:far])
        for low, high in ((0.0, 0.0), (float(k), np.inf)):
            found = rules.beside(people, free).people(few[free], first[free], low, high)
            if found is not None:
                moved = people.copy()
                moved[free] = found
                return moved
    return None
