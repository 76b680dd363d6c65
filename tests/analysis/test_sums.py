"""An exact mean is told beside levels told together only where its sum leaves each of them open.

Every claim is held to a search of all the ways in which the blocks may be made.
"""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from analysis.disclosure.sums import sum_is_open

K = 5
LIKERT = ((1, 2), (3,), (4, 5))


def possible(sizes: dict[tuple[int, ...], int], total: int) -> list[dict[int, int]]:
    """Every count of each level that makes these blocks and this sum."""
    ways = [[dict(zip(block, counts, strict=True)) for counts in product(range(n + 1), repeat=len(block))
             if sum(counts) == n] for block, n in sizes.items()]  # fmt: skip
    made = ({level: n for part in parts for level, n in part.items()} for parts in product(*ways))
    return [one for one in made if sum(level * n for level, n in one.items()) == total]


@given(some.lists(some.integers(0, 12), min_size=5, max_size=5))
def test_no_level_of_a_block_has_one_possible_count_of_1_to_4(counts):
    sizes = {block: sum(counts[level - 1] for level in block) for block in LIKERT}
    total = sum(level * n for level, n in enumerate(counts, 1))
    if not sum_is_open(list(sizes.items()), total, K):
        return
    found = possible(sizes, total)
    for block in LIKERT:
        for level in block if len(block) > 1 else ():
            held = {one[level] for one in found}
            assert len(held) > 1 or not held & {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("shares", "total", "told"),
    [
        ([((1,), 10), ((2,), 12)], 34, True),  # nothing is merged
        ([((1, 2), 10), ((3,), 9)], 10 + 2 + 27, False),  # two people answered 2: the only block says so
        ([((1, 2), 10), ((3, 4), 10)], 10 + 30 + 3, False),  # three people are above the lowest of their block
        ([((1, 2), 10), ((3, 4), 10)], 10 + 30 + 9, True),
        ([((1, 2), 10), ((3, 4), 10)], 10 + 30 + 18, False),  # two people are below the highest
        ([((1, 2), 10), ((3, 14), 10)], 10 + 30 + 15, False),  # 14 is as many as eleven steps of one
        ([((1, 2), 10), ((3, 4), 4)], 10 + 12 + 7, False),  # a block of four people
    ],
)
def test_a_sum_is_told_or_not(shares, total, told):
    assert sum_is_open(shares, total, K) is told
