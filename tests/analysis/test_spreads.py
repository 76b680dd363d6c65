"""Standard deviations and quartiles that say how many gave a value, held to a search of all the ways."""

from dataclasses import replace
from itertools import product
from statistics import stdev

import numpy as np
import pytest

from analysis.disclosure.other_people import KnownSum
from analysis.disclosure.spreads import Described, Kinds, spread_is_open, spreads_told

K = 3


def given(counts: list[int]) -> np.ndarray:
    """So many people for each value from 0."""
    return np.repeat(np.arange(len(counts), dtype=float), counts)


def figures(counts: tuple[int, ...]) -> tuple[object, ...]:
    """What is printed: how many, the mean, the SD, R's quartiles of type 1."""
    answers = [value for value, n in enumerate(counts) for _ in range(n)]
    ranks = [answers[max(0, -(-len(answers) * part // 4) - 1)] for part in (1, 2, 3)]
    return len(answers), round(sum(answers) / len(answers), 2), round(stdev(answers), 2), *ranks


def left_open(counts: list[int], k: int) -> bool:
    """Whether, of all the ways that print the same, one has 0 or k people or more for each value that few gave."""
    n = sum(counts)
    same = [ways for ways in product(range(n + 1), repeat=len(counts))
            if sum(ways) == n and figures(ways) == figures(tuple(counts))]  # fmt: skip
    return all(any(ways[place] == 0 or ways[place] >= k for ways in same)
               for place, few in enumerate(counts) if 0 < few < k)  # fmt: skip


def told(counts: list[int], k: int, rules: tuple[KnownSum, ...] = ()) -> bool:
    return spread_is_open(given(counts), Kinds(np.arange(len(counts), dtype=float), rules), k)


def test_a_nearly_unanimous_group_is_not_told():
    """21 people, a mean of 2.19 and an SD of 0.51: two have 3 and one has 4, and nothing else fits."""
    assert figures((0, 0, 18, 2, 1)) == (21, 2.19, 0.51, 2, 2, 2)
    assert not spread_is_open(given([0, 0, 18, 2, 1]), Kinds(np.arange(2.0, 7.0)), 5)


def test_a_wide_group_is():
    assert told([1, 3, 5, 9, 12, 10, 8, 5, 3, 2, 1], 5)


def test_nobody_has_nothing_to_hide():
    assert told([0, 0, 0], 5)


def test_values_that_enough_people_gave_leave_nothing_to_say():
    assert told([5, 0, 16], 5)


@pytest.mark.parametrize("seed", range(12))
def test_the_search_finds_what_all_the_ways_would(seed):
    random = np.random.default_rng(seed)
    counts = [int(n) for n in random.multinomial(int(random.integers(6, 11)), [0.15, 0.35, 0.3, 0.15, 0.05])]
    assert told(counts, K) == left_open(counts, K)


def test_another_way_of_telling_the_same_number_closes_it():
    """0 to 4 and 5 to 9, ten people each: told alone, the spread leaves the two nines open; told whole, it may not."""
    counts = [5, 5, 0, 0, 0, 5, 2, 1, 1, 1]
    assert told(counts, K)
    each = tuple(KnownSum((np.arange(len(counts)) == value).astype(float), n, n) for value, n in enumerate(counts))
    assert not told(counts, K, each)


def test_the_questions_of_a_score_close_it():
    """Two questions from 1 to 2, each with its sum: of four people who score 2, 3, 3, 4, one may score 4, or none."""
    scores = np.array([2.0, 3.0, 3.0, 4.0])
    ways = np.array([2.0, 3.0, 3.0, 4.0])
    first, second = np.array([0.0, 0.0, 1.0, 1.0]), np.array([0.0, 1.0, 0.0, 1.0])
    assert not spread_is_open(scores, Kinds(ways, (KnownSum(first, 2, 2), KnownSum(second, 2, 2))), 2)


def test_a_spread_of_a_group_closes_what_that_of_everybody_left_open():
    """Of 26 people at most six have less than 7, of the 21 in a group at least six have 6 or less: all six are there.

    So did a random study (126): each of the two spreads, alone, left open how many had 6.
    """
    group, rest = given([0, 0, 0, 0, 2, 2, 2, 5, 2, 2, 2, 2, 2]), np.array([7.0, 8.0, 9.0, 10.0, 11.0])
    kinds = Kinds(np.arange(3.0, 16.0))
    parts = [Described(group, kinds), Described(rest, kinds)]
    whole = Described(np.concatenate([group, rest]), kinds)
    assert spread_is_open(group, kinds, 5)
    assert spread_is_open(whole.given, kinds, 5)
    assert spreads_told(parts, whole, 5)[0] is False
    assert spreads_told(parts, replace(whole, spread=False), 5)[0] is True


def test_wide_groups_are_told_beside_everybody():
    kinds = Kinds(np.arange(11.0))
    groups = [Described(given([1, 3, 5, 9, 12, 10, 8, 5, 3, 2, 1]), kinds),
              Described(given([2, 2, 4, 6, 9, 11, 7, 6, 2, 1, 1]), kinds)]  # fmt: skip
    whole = Described(np.concatenate([one.given for one in groups]), kinds)
    assert spreads_told(groups, whole, 5) == [True, True]
