"""While a wave is open, counts are told to the nearest five, and what would give one away is not told at all."""

from analysis.disclosure.coarsening import coarsen
from analysis.people.counted import key
from analysis.tables.cells import Count, Masked, Number
from analysis.tables.table import Column, Table, TableRow

COUNT, MEAN = Column("n", "n"), Column("mean", "Moyenne", "mean")


def table(columns: tuple[Column, ...], *counts: int) -> Table:
    """A table of one variable whose levels have these counts, each with a mean where the columns want one."""
    total, rows = sum(counts), []
    for place, n in enumerate(counts):
        who = key(("x", str(place)))
        cells = {COUNT: Count(n, total, who), MEAN: Number(2.5, basis=(who,))}
        rows.append(TableRow("x", str(place), tuple(cells[one] for one in columns), level=str(place), role="level"))
    return Table("T1", "Essai", "Niveau", columns, tuple(rows))


def test_a_count_and_what_it_is_out_of_are_told_to_the_nearest_five() -> None:
    coarse, hidden = coarsen(table((COUNT,), 23, 31), 5)
    cells = [cell for _, _, cell in coarse.walk()]
    assert [(cell.n, cell.of, cell.near) for cell in cells] == [(25, 55, True), (30, 55, True)]  # 23 + 31 = 54
    assert hidden == []
    assert "multiple de 5" in coarse.notes[0]


def test_a_statistic_waits_and_its_column_goes() -> None:
    coarse, hidden = coarsen(table((COUNT, MEAN), 23, 31), 5)
    assert coarse.columns == (COUNT,)
    assert [(one.row, one.level, one.column, one.reason) for one in hidden] == [
        ("x", "0", "mean", "waiting"), ("x", "1", "mean", "waiting"),
    ]  # fmt: skip


def test_a_table_of_statistics_alone_says_that_it_waits() -> None:
    coarse, _ = coarsen(table((MEAN,), 23, 31), 5)
    assert (coarse.rows, coarse.columns) == ((), ())
    assert "seconde vague" in coarse.empty


def test_counts_that_their_total_would_give_away_are_not_told() -> None:
    # 2 and 2 are both told as 0, hence from 0 to 2 each; a total of 4 leaves only 2 and 2
    coarse, hidden = coarsen(table((COUNT,), 2, 2), 5)
    assert [one.level for one in hidden] == ["0", "1"]
    assert not [cell for _, _, cell in coarse.walk() if not isinstance(cell, Masked)]


def test_a_count_alone_is_told_for_nothing_told_beside_it_gives_it_away() -> None:
    coarse, hidden = coarsen(table((COUNT,), 2), 5)
    assert hidden == []
    assert [cell.n for _, _, cell in coarse.walk()] == [0]
