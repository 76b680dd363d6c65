"""Every sum that ties the counts of a page together: levels, directions of change, the score and its items."""

import numpy as np
import pandas as pd

from analysis.disclosure.ledger import Ledger, ledger
from analysis.people.counted import Key, key
from analysis.people.respondents import DIRECTIONS, GROUP, INCLUDED, MISSING, Respondents
from analysis.people.variable import Level, Variable
from analysis.tables.cells import Count
from analysis.tables.table import Column, Table, TableRow

LEVELS = tuple(Level(name, name, score) for name, score in (("low", 1), ("mid", 2), ("high", 4)))
BEFORE, AFTER = [0, 0, 1, 2, 2], [1, 2, 1, 0, 2]  # two go up, two stay, one goes down
CHANGE = [2, 2, 1, 0, 1]


def crowd(after: list[int] = AFTER) -> Respondents:
    variables = {
        "time@w1": Variable("time", "w1", "Temps", LEVELS),
        "time@w2": Variable("time", "w2", "Temps", LEVELS),
        "time@change": Variable("time", "change", "Changement", DIRECTIONS),
    }
    answers = {one.wave: pd.DataFrame({"time": one.at_places(np.array(places))})
               for one, places in zip(variables.values(), (BEFORE, after, CHANGE), strict=True)}  # fmt: skip
    return Respondents(pd.DataFrame({"group": [INCLUDED] * 5}), answers, variables, ("w1", "w2"))


def told(people: Respondents, *conditions: tuple[str, str], items: tuple[str, ...] = ()) -> Ledger:
    """The ledger of a page that prints one count."""
    who = key((GROUP, INCLUDED), *conditions)
    row = TableRow("x", "x", (Count(people.count(who), 5, who),), "x")
    return ledger(people, [Table("T", "T", "", (Column("n", "n"),), (row,))], items)


def sums(found: Ledger) -> dict[frozenset[tuple[Key, int]], int]:
    return {frozenset(line.terms): line.total for line in found.lines}


def part(*conditions: tuple[str, str]) -> Key:
    return key((GROUP, INCLUDED), *conditions)


def test_the_levels_of_a_variable_add_up_to_the_group() -> None:
    levels = [(part(("time@w1", name)), 1) for name in ("low", "mid", "high")]
    assert sums(told(crowd(), ("time@w1", "low"))) == {frozenset(levels): 5}


def test_a_crossed_count_belongs_to_a_sum_of_each_of_its_axes() -> None:
    found = sums(told(crowd(), ("time@w1", "low"), ("time@w2", "mid")))
    rows = [(part(("time@w1", "low"), ("time@w2", name)), 1) for name in ("low", "mid", "high")]
    columns = [(part(("time@w1", name), ("time@w2", "mid")), 1) for name in ("low", "mid", "high")]
    assert found[frozenset([*rows, (part(("time@w1", "low")), -1)])] == 0
    assert found[frozenset([*columns, (part(("time@w2", "mid")), -1)])] == 0


def test_a_direction_of_change_is_the_sum_of_the_pairs_that_move_that_way() -> None:
    found = sums(told(crowd(), ("time@change", "up")))
    moves = {
        "up": [("low", "mid"), ("low", "high"), ("mid", "high")],
        "stable": [("low", "low"), ("mid", "mid"), ("high", "high")],
        "down": [("mid", "low"), ("high", "low"), ("high", "mid")],
    }
    for direction, pairs in moves.items():
        terms = [(part(("time@w1", before), ("time@w2", after)), 1) for before, after in pairs]
        assert found[frozenset([*terms, (part(("time@change", direction)), -1)])] == 0, direction
    row = [(part(("time@w1", "low"), ("time@w2", name)), 1) for name in ("low", "mid", "high")]
    assert found[frozenset([*row, (part(("time@w1", "low")), -1)])] == 0


def test_every_sum_holds_of_the_true_counts() -> None:
    people = crowd()
    found = told(people, ("time@change", "up"), items=("time",))
    assert found.lines
    for line in found.lines:
        assert sum(factor * people.count(who) for who, factor in line.terms) == line.total
        assert all(found.cells[who] == people.count(who) for who, _ in line.terms)


def test_the_score_tells_the_weighted_sum_of_its_items() -> None:
    found = sums(told(crowd(), ("time@w1", "low"), items=("time",)))
    weighted = [(part(("time@w1", name)), score) for name, score in (("low", 1), ("mid", 2), ("high", 4))]
    assert found[frozenset(weighted)] == 2 * 1 + 1 * 2 + 2 * 4


def test_an_item_that_someone_left_out_tells_no_sum_of_scores() -> None:
    people = crowd(after=[1, 2, 1, 0, -1])
    levels = ("low", "mid", "high", MISSING)
    assert sums(told(people, ("time@w2", "low"), items=("time",))) == {
        frozenset((part(("time@w2", name)), 1) for name in levels): 5
    }
