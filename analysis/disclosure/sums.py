"""Exact means beside merged levels: told only where their sum leaves every merged count open.

Within a block of levels told together, the sum of the scores is that of its lowest level plus an excess. What a reader
knows is the excess of all blocks together: as long as it is nothing, or k people away from its least and its most,
each level of a block of two or more may still be that of several numbers of people, zero and k among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import gcd

Share = tuple[Sequence[float], int]
"""The scores of the levels of a block, and how many people chose one of them."""


def sum_is_open(shares: Iterable[Share], total: float, k: int) -> bool:
    """True when the ``total`` of the scores cannot say that 1 to k - 1 people of a block gave one of its levels."""
    known = [(sorted(scores), n) for scores, n in shares if n]
    merged = [(scores, n) for scores, n in known if len(scores) > 1]
    if not merged:
        return True
    if any(score != int(score) for scores, _ in known for score in scores):
        return False
    step = gcd(*(int(score - scores[0]) for scores, _ in merged for score in scores)) or 1
    if any(after - before != step for scores, _ in merged for before, after in pairwise(scores)):
        return False
    if any(n < k for _, n in merged):
        return False
    widest = max(scores[-1] - scores[0] for scores, _ in merged)
    excess = total - sum(scores[0] * n for scores, n in known)
    room = sum((scores[-1] - scores[0]) * n for scores, n in merged) - excess
    return all(round(end) == 0 or end >= k * widest for end in (excess, room))
