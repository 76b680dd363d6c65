"""Every count that the page tells or lets deduce, and every sum that ties them together.

A cell is known by whom it counts, so the same count in two tables is one cell: masked in one, it is masked in all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.people.counted import Key, Spread
from analysis.people.respondents import CHANGE, DIRECTIONS, GROUP, MISSING, Respondents
from analysis.people.variable import axis
from analysis.tables.table import Table


@dataclass(frozen=True, slots=True)
class KnownSum:
    """A sum that a reader knows: ``factor * count`` over ``terms`` is ``total``."""

    terms: tuple[tuple[Key, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """``cells``: each count and its value; ``told``: those that the page prints or that follow from a printed row."""

    cells: dict[Key, int]
    told: frozenset[Key]
    lines: tuple[KnownSum, ...]


def ledger(people: Respondents, tables: Iterable[Table], items: Iterable[str] = (), threshold: int = 0) -> Ledger:
    """The ledger of a page: ``items`` are those of the composite, whose sum is published in every group.

    What rests on a cross table with a cell under the ``threshold`` is withheld, and so tells none of its cells.
    """
    told = set(_told(people, tables, threshold))
    cells = {who: people.count(who) for who in told}
    lines: dict[tuple[tuple[Key, int], ...], KnownSum] = {}
    for line in (*_margins(people, told, cells), *_changes(people, cells), *_composites(people, cells, tuple(items))):
        for who, _ in line.terms:
            cells.setdefault(who, people.count(who))
        lines.setdefault(line.terms, line)
    return Ledger(cells, frozenset(told), tuple(lines.values()))


def spread_cells(people: Respondents, spread: Spread) -> Iterator[Key]:
    """The cells of a spread: every combination of the levels of its axes."""
    found = [spread.among]
    for name in spread.axes:
        found = [who | {(name, level)} for who in found for level in people.levels(name)]
    return iter(found)


def bases(tables: Iterable[Table]) -> Iterator[Spread | Key]:
    """What the statistics and the tests of these tables rest on."""
    for table in tables:
        for _, _, cell in table.walk():
            yield from getattr(cell, "basis", ())
        for test in table.tests:
            yield from test.basis


def _told(people: Respondents, tables: Iterable[Table], threshold: int) -> Iterator[Key]:
    """Cells printed, those of the same row of levels (one follows from the others), and those of every spread."""
    tables = tuple(tables)
    printed = {who for table in tables for _, _, cell in table.walk() if (who := getattr(cell, "who", None))}
    for basis in set(bases(tables)):
        crossed = isinstance(basis, Spread) and len(basis.axes) > 1
        cells = [*spread_cells(people, basis)] if isinstance(basis, Spread) else [basis]
        if not (crossed and any(1 <= people.count(one) < threshold for one in cells)):
            printed.update(cells)
    for who in printed:
        yield who
        for name, _ in _axes(who):
            rest = frozenset(one for one in who if one[0] != name)
            yield from (rest | {(name, level)} for level in people.levels(name))


def _axes(who: Key) -> list[tuple[str, str]]:
    return [one for one in who if one[0] != GROUP]


def _margins(people: Respondents, told: set[Key], cells: dict[Key, int]) -> Iterator[KnownSum]:
    """Levels add up to what they divide: the group itself, whose size the flow prints, or a wider cell."""
    for who in sorted(told, key=sorted):
        for name, _ in _axes(who):
            rest = frozenset(one for one in who if one[0] != name)
            levels = [(rest | {(name, level)}, 1) for level in people.levels(name)]
            if _axes(rest):
                yield KnownSum((*levels, (rest, -1)), 0)
            else:
                yield KnownSum(tuple(levels), people.count(rest))


def _changes(people: Respondents, cells: dict[Key, int]) -> Iterator[KnownSum]:
    """A direction of change is the sum of the pairs (before, after) that move that way."""
    for who in [one for one in cells if len(_axes(one)) == 1]:
        (name, level), rest = _axes(who)[0], frozenset(one for one in who if one[0] == GROUP)
        variable, wave = name.rsplit("@", 1)
        if wave != CHANGE:
            continue
        found = [people.variables.get(axis(variable, one)) for one in people.compared]
        both = [one for one in found if one is not None]
        if len(both) != 2 or level == MISSING:
            continue
        side = [one.id for one in DIRECTIONS].index(level) - 1
        ranks = [
            {one.id: place if one.score is None else one.score for place, one in enumerate(v.levels)} for v in both
        ]
        pairs = [
            (rest | {(both[0].axis, x), (both[1].axis, y)}, 1)
            for x, before in ranks[0].items()
            for y, after in ranks[1].items()
            if (after > before) - (after < before) == side
        ]
        yield KnownSum((*pairs, (who, -1)), 0)
        yield from _joint(people, rest, both[0].axis, both[1].axis)


def _joint(people: Respondents, rest: Key, first: str, second: str) -> Iterator[KnownSum]:
    for one, other in ((first, second), (second, first)):
        for level in people.levels(one):
            margin = rest | {(one, level)}
            yield KnownSum((*((margin | {(other, x)}, 1) for x in people.levels(other)), (margin, -1)), 0)


def _composites(people: Respondents, cells: dict[Key, int], items: tuple[str, ...]) -> Iterator[KnownSum]:
    """The composite's mean tells the sum of the scores of all its items."""
    groups = {(group, wave) for who in cells for group in [_group(who)] for wave in _waves(who) if group}
    for group, wave in sorted(groups):
        variables = [people.variables.get(axis(item, wave)) for item in items]
        if not variables or any(one is None or people.is_missing(one.axis) for one in variables):
            continue
        terms = [(frozenset({(GROUP, group), (one.axis, level.id)}), level.score or 0)
                 for one in variables if one is not None for level in one.levels]  # fmt: skip
        yield KnownSum(tuple(terms), sum(factor * people.count(who) for who, factor in terms))


def _group(who: Key) -> str:
    return next((level for name, level in who if name == GROUP), "")


def _waves(who: Key) -> list[str]:
    return [name.rsplit("@", 1)[1] for name, _ in _axes(who) if not name.endswith(f"@{CHANGE}")]
