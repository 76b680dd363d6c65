"""Terms in files: each where the search page looks for it, none too large, whatever is added."""

from random import Random

import pytest

from divan.site.search.postings import LONGEST, MOST, cut, decode, encode, joined
from divan.site.search.shards import LARGEST, shard_of, share_out, split


def test_postings_are_read_back() -> None:
    levels = {0: 0, 1: MOST, 36: 3, 1_000_000: 7}
    assert decode(encode(levels)) == levels
    assert encode({128: 2}) == "3kC"
    assert encode({}) == "" and decode("") == {}


def test_a_level_above_the_highest_is_the_highest() -> None:
    assert decode(encode({3: MOST + 40})) == {3: MOST}


def test_a_frequent_word_keeps_its_best_then_latest_pages_and_says_how_many_there_are() -> None:
    levels = {number: number % 4 for number in range(3 * LONGEST)}  # of each level 3 pages for 4 that are kept
    best, rest = cut(encode(levels))
    highest, next_ones = ([number for number in levels if levels[number] == level] for level in (3, 2))
    assert decode(best).keys() == {*highest, *next_ones[-LONGEST // 4 :]}
    assert len(decode(best)) == LONGEST and best.endswith("+4mo")  # 6,000 in base 36
    assert joined(best, rest) == levels
    assert not decode(best).keys() & decode(rest).keys()


def test_a_line_of_as_many_pages_as_are_fetched_at_first_is_whole() -> None:
    line = encode(dict.fromkeys(range(0, 40 * LONGEST, 40), 1))
    assert cut(line) == (line, "")


@pytest.mark.parametrize("seed", range(5))
def test_each_term_is_found_where_it_is_looked_for(seed: int) -> None:
    chance = Random(seed)
    terms = {"".join(chance.choices("abc", k=chance.randint(1, 7))): "1A" * chance.randint(1, 200) for _ in range(900)}
    shards = share_out(terms)
    assert {term: line for held in shards.values() for term, line in held.items()} == terms
    for term in terms:
        assert term in shards[str(shard_of(term, shards))]
    assert all(len(held) == 1 or sum(map(len, held.values())) <= LARGEST for held in shards.values())


def test_a_term_as_short_as_its_shard_keeps_a_place_of_its_own() -> None:
    parts = split("co", {"co": "1A" * LARGEST, "cou": "1A", "corps": "1A"})
    assert {*parts} == {"co_", "cou", "cor"}
    assert shard_of("co", parts) == "co_" and shard_of("cou", parts) == "cou" and shard_of("cz", parts) is None
