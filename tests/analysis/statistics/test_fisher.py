"""Fisher's exact test: against listing every table, and at its limits."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest

from analysis.statistics import fisher_exact


def every_table(rows, columns):
    """All tables of whole numbers with these margins."""
    if len(rows) == 1:
        yield [tuple(columns)]
        return
    for cells in itertools.product(*(range(min(rows[0], column) + 1) for column in columns)):
        if sum(cells) == rows[0]:
            left = [column - cell for column, cell in zip(columns, cells, strict=True)]
            for rest in every_table(rows[1:], left):
                yield [cells, *rest]


def listed_p_value(table):
    """The definition: the share of the probability held by tables no more likely than this one, in exact fractions."""

    def inverse(cells):
        return math.prod(math.factorial(cell) for row in cells for cell in row)

    rows, columns = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    weights = [Fraction(1, inverse(other)) for other in every_table(rows, columns)]
    return float(sum(weight for weight in weights if weight <= Fraction(1, inverse(table))) / sum(weights))


@pytest.mark.parametrize("seed", range(25))
def test_walking_the_network_equals_listing_every_table(seed):
    source = np.random.default_rng(seed)
    shape = [(2, 3), (2, 5), (3, 3), (3, 4), (2, 6)][seed % 5]
    table = source.integers(0, 5 if shape != (3, 4) else 3, shape)
    kept = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0].tolist()
    found = fisher_exact(table)
    if len(kept) < 2 or len(kept[0]) < 2:
        assert found.p_value is None
    else:
        assert found.p_value == pytest.approx(listed_p_value(kept), rel=1e-9)


def test_the_lady_tasting_tea():
    # Fisher 1935: 3 of 4 cups right; p = 2 (C(4,3)C(4,1) + 1) / 70 = 34/70
    assert fisher_exact([[3, 1], [1, 3]]).p_value == pytest.approx(34 / 70)


def test_a_table_and_its_transpose_have_one_p_value():
    table = np.array([[3, 1, 4, 2], [0, 5, 2, 2], [6, 2, 1, 1]])
    assert fisher_exact(table).p_value == pytest.approx(fisher_exact(table.T).p_value, rel=1e-12)


def test_beyond_the_budget_a_seeded_draw_says_so_with_its_interval():
    table = [[3, 1, 4, 2], [0, 5, 2, 2], [6, 2, 1, 1]]
    exact = fisher_exact(table).p_value
    drawn = fisher_exact(table, budget=50, draws=20_000)
    assert drawn.detail["method"] == "monte_carlo"
    assert drawn.detail["p_low"] < exact < drawn.detail["p_high"]
    assert drawn.p_value == fisher_exact(table, budget=50, draws=20_000).p_value
    assert drawn.p_value != fisher_exact(table, budget=50, draws=20_000, seed=2).p_value


def test_an_empty_cell_makes_an_odds_ratio_of_zero_or_infinity():
    assert fisher_exact([[0, 5], [4, 3]]).estimate == 0
    never = fisher_exact([[5, 0], [3, 4]])
    assert never.estimate == never.ci_high == math.inf
    assert 0 < never.ci_low < 1


def test_empty_rows_are_dropped_and_counted():
    found = fisher_exact([[3, 1], [0, 0], [1, 3]])
    assert found.p_value == pytest.approx(34 / 70)
    assert found.detail["dropped_rows"] == 1
