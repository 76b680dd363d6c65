"""No masked count can be recovered: an attacker who has only the published tables solves them, and must not succeed.

The attacker here shares no code with the masking: he reads what is printed, writes one equation for each total that he
sees, and asks a solver for the smallest and the largest whole number that each masked count may be.
"""

import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.disclosure import protect
from analysis.disclosure.coarsening import nearest
from analysis.disclosure.ledger import ledger
from analysis.disclosure.masking import mask_table
from analysis.disclosure.suppression import suppress
from analysis.figures import figure_tables
from analysis.people.counted import Key, Spread, key
from analysis.people.respondents import GROUP, INCLUDED, MISSING, Respondents
from analysis.people.variable import Level, Variable
from analysis.tables.cells import Count, Masked, Number
from analysis.tables.families import build_tables
from analysis.tables.table import Column, Table, TableRow

EVERYBODY = key((GROUP, INCLUDED))


def people(columns: dict[str, list[int]], sizes: dict[str, int]) -> Respondents:
    """Respondents who gave these levels (places, -1 missing) to variables of these sizes."""
    variables = {
        f"{name}@w": Variable(name, "w", name, tuple(Level(str(n), str(n)) for n in range(size)))
        for name, size in sizes.items()
    }
    answers = pd.DataFrame({name: variables[f"{name}@w"].at_places(np.array(given))
                            for name, given in columns.items()})  # fmt: skip
    return Respondents(pd.DataFrame({"group": [INCLUDED] * len(answers)}), {"w": answers}, variables)


def margin(crowd: Respondents, name: str) -> Table:
    axis = f"{name}@w"
    of = int((crowd.codes[axis] >= 0).sum())
    rows = tuple(
        TableRow(name, level, (counted(crowd, EVERYBODY | {(axis, level)}, of),), level) for level in crowd.levels(axis)
    )
    return Table(name, name, "", (Column("n", "n"),), rows)


def counted(crowd: Respondents, who: Key, of: int) -> Count:
    """Percentages are of those who answered, so those who did not have none."""
    return Count(crowd.count(who), None if MISSING in dict(who).values() else of, who)


def crossed(crowd: Respondents, first: str, second: str) -> Table:
    rows = []
    for x in crowd.levels(f"{first}@w"):
        whos = [EVERYBODY | key((f"{first}@w", x), (f"{second}@w", y)) for y in crowd.levels(f"{second}@w")]
        of = sum(crowd.count(who) for who in whos if dict(who)[f"{second}@w"] != MISSING)
        rows.append(TableRow(first, x, tuple(counted(crowd, who, of) for who in whos), x))
    columns = tuple(Column(y, y) for y in crowd.levels(f"{second}@w"))
    return Table(f"{first}-{second}", "", "", columns, tuple(rows))


def attack(n: int, tables: dict[str, Table], pairs: list[tuple[str, str]]) -> dict[tuple, tuple[int, int]]:
    """Smallest and largest value of each masked count, from what the tables print."""
    printed: dict[tuple, int | None] = {}
    bases: dict[tuple, int] = {}
    for name, table in tables.items():
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                where = (
                    (name, row.level) if name not in {f"{a}-{b}" for a, b in pairs} else (name, row.level, column.id)
                )
                printed[where] = None if isinstance(cell, Masked) else cell.n
                if isinstance(cell, Count) and cell.of is not None:
                    bases[where[:-1]] = cell.of
    unknown = [where for where, value in printed.items() if value is None]
    if not unknown:
        return {}
    sums = [
        ([where for where in printed if where[0] == name and len(where) == 2], None, n)
        for name in tables
        if name.isalpha()
    ]
    for a, b in pairs:
        both = f"{a}-{b}"
        for level in {where[1] for where in printed if where[0] == both}:
            sums.append(([w for w in printed if w[0] == both and w[1] == level], (a, level), 0))
        for level in {where[2] for where in printed if where[0] == both}:
            sums.append(([w for w in printed if w[0] == both and w[2] == level], (b, level), 0))
    sums += [([w for w in printed if w[:-1] == base and w[-1] != MISSING], None, of) for base, of in bases.items()]
    matrix, totals = [], []
    for parts, whole, total in sums:
        line = np.zeros(len(unknown))
        for where, sign in [*((part, 1) for part in parts), *([(whole, -1)] if whole else [])]:
            if printed[where] is None:
                line[unknown.index(where)] += sign
            else:
                total -= sign * printed[where]
        matrix.append(line)
        totals.append(total)
    system = LinearConstraint(np.array(matrix), totals, totals)
    bounds = {}
    for place, where in enumerate(unknown):
        ends = []
        for sign in (1, -1):
            aim = np.zeros(len(unknown))
            aim[place] = sign
            found = milp(aim, constraints=system, integrality=np.ones(len(unknown), np.int64), bounds=Bounds(0, n))
            ends.append(round(found.x[place]))
        bounds[where] = tuple(ends)
    return bounds


@settings(max_examples=40)
@given(
    n=some.integers(0, 45),
    sizes=some.tuples(some.integers(2, 4), some.integers(2, 4), some.integers(2, 4)),
    threshold=some.integers(2, 6),
    skew=some.floats(0.5, 3),
    silent=some.sampled_from([0, 0, 0.05, 0.2]),
    seed=some.integers(0, 2**16),
)
def test_no_masked_count_can_be_worked_out(n, sizes, threshold, skew, silent, seed):
    draw = random.Random(seed)
    size = dict(zip("abc", sizes, strict=True))
    columns = {
        name: [-1 if draw.random() < silent else min(int(draw.random() ** skew * many), many - 1) for _ in range(n)]
        for name, many in size.items()
    }
    crowd = people(columns, size)
    pairs = [("a", "b"), ("b", "c")]
    tables = {name: margin(crowd, name) for name in "abc"} | {f"{x}-{y}": crossed(crowd, x, y) for x, y in pairs}
    masking = suppress(ledger(crowd, tables.values()), threshold)
    safe = {name: mask_table(table, crowd, masking)[0] for name, table in tables.items()}
    small = [
        cell
        for table in safe.values()
        for _, _, cell in table.walk()
        if isinstance(cell, Count) and 0 < cell.n < threshold
    ]
    assert small == []
    if n >= threshold:  # a whole group smaller than that is given away by its size alone
        pinned = {where: ends for where, ends in attack(n, safe, pairs).items() if ends[0] == ends[1]}
        assert pinned == {}


def test_one_small_count_takes_another_with_it():
    # 2 + 8 + 20 = 30: the 2 alone would be 30 - 8 - 20
    crowd = people({"a": [0] * 2 + [1] * 8 + [2] * 20}, {"a": 3})
    table = margin(crowd, "a")
    masking = suppress(ledger(crowd, [table]), 5)
    safe, hidden = mask_table(table, crowd, masking)
    assert [cell.text() for _, _, cell in safe.walk()] == ["masqué", "masqué", "20 (66,7\u00a0%)"]
    assert [(one.value, one.reason) for one in hidden] == [
        ("2 (6,7\u00a0%)", "small"),
        ("8 (26,7\u00a0%)", "complement"),
    ]


def test_what_is_hidden_together_reaches_the_threshold():
    # 1 + 1 hide each other, but two people are still few: the 8 goes too
    crowd = people({"a": [0] + [1] + [2] * 8 + [3] * 20}, {"a": 4})
    safe, _ = mask_table(margin(crowd, "a"), crowd, suppress(ledger(crowd, [margin(crowd, "a")]), 5))
    assert [cell.text() for _, _, cell in safe.walk()] == ["masqué", "masqué", "masqué", "20 (66,7\u00a0%)"]


def test_a_zero_and_a_large_count_stay():
    crowd = people({"a": [1] * 9 + [2] * 20}, {"a": 3})
    assert suppress(ledger(crowd, [margin(crowd, "a")]), 5).reasons == {}


def test_a_statistic_goes_with_the_counts_it_rests_on():
    crowd = people({"a": [0] * 2 + [1] * 8 + [2] * 20}, {"a": 3})
    mean = Number(1.6, 2, (Spread(EVERYBODY, ("a@w",)),))
    size = Number(30, 0, (EVERYBODY,))
    table = Table("m", "", "", (Column("mean", "m"), Column("n", "n")), (TableRow("a", "a", (mean, size)),))
    masking = suppress(ledger(crowd, [table]), 5)
    safe, _ = mask_table(table, crowd, masking)
    assert [cell.text() for _, _, cell in safe.walk()] == ["masqué", "30"]


def test_a_statistic_on_a_count_that_only_hides_another_goes_too():
    crowd = people({"a": [0] * 2 + [1] * 8 + [2] * 20}, {"a": 3})
    shares = [Number(share, 1, (EVERYBODY | {("a@w", level)},)) for share, level in ((26.7, "1"), (66.7, "2"))]
    table = Table("m", "", "", (Column("one", "1"), Column("two", "2")), (TableRow("a", "a", tuple(shares)),))
    safe, _ = mask_table(table, crowd, suppress(ledger(crowd, [margin(crowd, "a"), table]), 5))
    assert [cell.text() for _, _, cell in safe.walk()] == ["masqué", "66,7"]  # the 8 hides the 2


@pytest.fixture(scope="module")
def strict(strict_cohort):
    tables, figures = build_tables(strict_cohort), figure_tables(strict_cohort)
    return protect(strict_cohort, tables, figures)


def test_a_study_under_a_threshold_of_five(strict, strict_cohort):
    everything = [*strict.tables, *strict.figures.values()]
    shown = [cell.n for table in everything for _, _, cell in table.walk() if isinstance(cell, Count)]
    assert shown and not [n for n in shown if 0 < n < 5]
    values = {one.value for one in strict.hidden if one.reason == "small"}
    assert "3 (9,1\u00a0%)" in values  # 3 of the 33 live with children and nobody else
    family = next(table for table in strict.tables if table.id == "T5")
    alone = [cell.text() for row, _, cell in family.walk() if (row.id, row.level) == ("family", "alone+children")]
    assert set(alone) == {"masqué", ""}


def test_the_same_count_is_masked_everywhere_or_nowhere(strict):
    shown, masked = set(), set()
    unmasked = {table.id: table for table in [*strict.tables, *strict.figures.values()]}
    for table in unmasked.values():
        for row, column, cell in table.walk():
            if isinstance(cell, Count):
                shown.add(cell.who)
            elif isinstance(cell, Masked):
                masked.add((table.id, row.id, row.level, column.id))
    t1, t5 = unmasked["T1"], unmasked["T5"]
    for row in t1.rows:
        other = t5.cell(row.id, row.level, "n")
        if other is not None and row.level:
            assert isinstance(row.cells[0], Masked) == isinstance(other, Masked), (row.id, row.level)


def test_masked_tests_keep_no_figure(strict):
    hidden = [
        test.result for table in strict.tables for test in table.tests if "petit effectif" in test.result.undefined
    ]
    assert hidden
    for result in hidden:
        assert (result.statistic, result.p_value, result.estimate, dict(result.detail)) == (None, None, None, {})


def test_while_a_study_runs_counts_are_rounded():
    assert [nearest(n, 5) for n in (0, 1, 2, 3, 7, 8, 12)] == [0, 0, 0, 5, 5, 10, 10]
