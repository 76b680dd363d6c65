"""Weights that bring a sample to declared margins, one margin after the other until all hold, and what they cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.statistics.answers import Vector

ROUNDS, NEAR, HELD = 1000, 1e-13, 1e-8
Places = npt.NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Margin:
    """The levels of a question as places (-1: not answered), and the share that each has in the population."""

    places: Places
    shares: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Weighting:
    """One weight a person, of mean 1; ``undefined`` says in French why there are none."""

    weights: Vector
    margins: tuple[Margin, ...]
    undefined: str = ""

    @property
    def design_effect(self) -> float:
        """Kish's: n times the sum of squared weights, over their sum squared (Survey Sampling, 1965, 11.7)."""
        return float(len(self.weights) * (self.weights**2).sum() / self.weights.sum() ** 2)

    @property
    def effective_n(self) -> float:
        """As many people, all of one weight, would say as much."""
        return len(self.weights) / self.design_effect


def rake(n: int, margins: Sequence[Margin]) -> Weighting:
    """R's ``calibrate(svydesign(~1, weights = ~1), ~margins, calfun = "raking")``, for a sample of ``n`` people.

    Who did not answer the question of a margin keeps the weight that the other margins give. Source: Deming & Stephan,
    Annals of Mathematical Statistics, 1940.
    """
    weights = np.ones(n)
    for margin in margins:
        empty = [share for place, share in enumerate(margin.shares) if share and not (margin.places == place).any()]
        if empty:
            return Weighting(weights, tuple(margins), "un niveau des marges n'a aucun répondant")
        if any((margin.places == place).any() for place, share in enumerate(margin.shares) if not share):
            return Weighting(weights, tuple(margins), "un niveau que des répondants ont donné a une part nulle")
    for _ in range(ROUNDS):
        before = weights
        for margin in margins:
            weights = _scaled(weights, margin)
        if np.abs(weights - before).max(initial=0.0) < NEAR:
            break
    if all(np.abs(_scaled(weights, margin) - weights).max(initial=0.0) < HELD for margin in margins):
        return Weighting(weights, tuple(margins))
    return Weighting(np.ones(n), tuple(margins), "les marges ne peuvent être vraies ensemble pour ces répondants")


def _scaled(weights: Vector, margin: Margin) -> Vector:
    """The weights once this margin holds among those who answered its question."""
    known = margin.places >= 0
    held = np.bincount(margin.places[known], weights[known], len(margin.shares))
    wanted = np.array(margin.shares) / sum(margin.shares) * held.sum()
    factors = np.divide(wanted, held, out=np.ones_like(held), where=held > 0)
    return np.where(known, weights * factors[np.where(known, margin.places, 0)], weights)
