"""Levels told together: the one order in which those of a question are merged, whichever table needs it.

A question has one sequence of partitions, each coarser than the one before, and every table takes one of them. Two
tables never cut a question in ways that cross, so that no difference of theirs is a new count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Block = tuple[str, ...]
Blocks = tuple[Block, ...]
Sizes = Callable[[Block], list[int]]
"""How many people each wave counts in a block of levels."""


def sequence(levels: Sequence[str], sizes: Sizes, k: int, *, ordered: bool, both_ends: bool = False) -> list[Blocks]:
    """Every partition, the finest that may be told first; none when even two blocks would hold a small count.

    ``ordered``: only neighbours are merged. ``both_ends``: of a question whose mean is told too, a small level is
    merged at both ends of the scale, so that what one end gains the other may lose.
    """
    blocks: Blocks = tuple((level,) for level in levels)
    if both_ends and _small(blocks, sizes, k) and len(blocks) > 3:
        blocks = ((*blocks[0], *blocks[1]), *blocks[2:-2], (*blocks[-2], *blocks[-1]))
    while (small := _small(blocks, sizes, k)) and len(told(blocks, sizes)) > 2:
        blocks = merged(blocks, small, sizes, ordered=ordered)
    if small:
        return []
    found = [blocks]
    while len(told(blocks, sizes)) > 2:
        blocks = merged(blocks, min(told(blocks, sizes), key=lambda one: _least(one, sizes)), sizes, ordered=ordered)
        found.append(blocks)
    return found


def merged(blocks: Blocks, one: Block, sizes: Sizes, *, ordered: bool) -> Blocks:
    """The blocks, ``one`` joined to its smaller neighbour, or, without an order, to the smallest other."""
    others = [block for block in told(blocks, sizes) if block != one]
    place = blocks.index(one)
    if ordered:
        before = [block for block in others if blocks.index(block) < place][-1:]
        others = [*before, *[block for block in others if blocks.index(block) > place][:1]]
    other = min(others, key=lambda block: _least(block, sizes))
    first, last = sorted((place, blocks.index(other)))
    if ordered:
        joined = tuple(level for block in blocks[first : last + 1] for level in block)
        return (*blocks[:first], joined, *blocks[last + 1 :])
    rest = (block for block in blocks if block not in (one, other))
    return (*rest, (*blocks[first], *blocks[last]))


def told(blocks: Blocks, sizes: Sizes) -> list[Block]:
    """The blocks that somebody chose."""
    return [block for block in blocks if max(sizes(block), default=0)]


def _least(block: Block, sizes: Sizes) -> int:
    return min((n for n in sizes(block) if n), default=0)


def _small(blocks: Blocks, sizes: Sizes, k: int) -> Block | None:
    """The smallest block that holds 1 to k - 1 people in some wave."""
    found = [block for block in blocks if any(0 < n < k for n in sizes(block))]
    return min(found, key=lambda block: _least(block, sizes), default=None)
