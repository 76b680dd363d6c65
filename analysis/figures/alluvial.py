"""From one wave to another: each answer as a block, and between blocks ribbons as wide as those who moved are many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.figures.figure import Figure
from analysis.figures.ramp import ascending, ramp
from analysis.figures.svg import LINE, WIDTH, drawing, group, lines, rect, tag, text, units, wrapped
from analysis.people.cohort import Cohort
from analysis.plan.specification import FigureSpec
from analysis.tables.cells import Count
from analysis.tables.table import Table, TableRow
from analysis.tables.transitions import exchanged, which_waves
from divan.sources.french import number, plural, typographic

FLOW = 250.0  # the height of everybody together
GAP = 8.0
BLOCK = 12.0
LEFT, RIGHT = 112.0, WIDTH - 112.0
TOP = 24.0
PALE = "0.5"


@dataclass(frozen=True, slots=True)
class _Block:
    """An answer at one wave: where it stands, and how many of its ribbons are shown; some may be ``hidden``."""

    label: str
    kind: str
    top: float
    n: int
    hidden: bool


def alluvial_table(spec: FigureSpec, cohort: Cohort) -> Table:
    """One row an answer at the earlier wave, one column an answer at the later one, from the lowest score up."""
    pair = spec.waves or cohort.study.pair
    shown = {*pair} <= {one.id for one in cohort.answered}
    before, after = (cohort.variable(spec.variables[0], wave) for wave in pair) if pair and shown else (None, None)
    if before is None or after is None:
        return Table(spec.id, spec.title, "Réponse", (), (), added=spec.added)
    rows, columns = exchanged(cohort, before, after)
    orders = ascending(before.levels), ascending(after.levels)
    kept = tuple(
        TableRow(row.id, row.label, tuple(row.cells[place] for place in orders[1]), row.level, row.role)
        for row in (rows[place] for place in orders[0])
    )
    return Table(
        spec.id,
        spec.title,
        which_waves(cohort, before, after),
        tuple(columns[place] for place in orders[1]),
        kept,
        added=spec.added,
    )


def draw_alluvial(spec: FigureSpec, table: Table) -> Figure:
    """The highest answer on top; what is masked has no ribbon, and its block no more than what is shown."""
    flows = [[cell.n if isinstance(cell, Count) else 0 for cell in row.cells] for row in table.rows]
    total = sum(map(sum, flows))
    if not total:
        said = "Aucun passage d'une réponse à l'autre ne peut être montré."
        return Figure(spec.id, table.title, table, "", said, ())
    masked = [[not isinstance(cell, Count) for cell in row.cells] for row in table.rows]
    hidden, unit = any(map(any, masked)), FLOW / total
    before = _blocks([row.label for row in table.rows], flows, masked, unit)
    after = _blocks([one.label for one in table.columns], _turned(flows), _turned(masked), unit)
    bottom = max(one.top + _tall(one, unit) for one in (*before, *after))
    first, _, second = table.head.partition(" ↓, ")
    heads = [text(LEFT, LINE, first, "value", "middle"),
             text(RIGHT, LINE, second.removesuffix(" →").capitalize(), "value", "middle")]  # fmt: skip
    notes = [text(0, bottom + LINE + 4, "Les passages masqués ne sont pas tracés.", "tick")] if hidden else []
    body = [*heads, *_ribbons(flows, before, after, unit), *_drawn(before, unit, LEFT - BLOCK, left=True),
            *_drawn(after, unit, RIGHT, left=False), *notes]  # fmt: skip
    description = _said(table, flows, total, hidden)
    svg = drawing(spec.id, table.title, description, bottom + (2 * LINE if hidden else 6), "".join(body))
    return Figure(spec.id, table.title, table, svg, description, ())


def _turned(lines: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    return list(zip(*lines, strict=True))


def _blocks(
    labels: Sequence[str], flows: Sequence[Sequence[int]], masked: Sequence[Sequence[int]], unit: float
) -> list[_Block]:
    """From the last answer, the highest, down; each takes the room of its words at least."""
    y, found = TOP, []
    for label, line, away, kind in reversed([*zip(labels, flows, masked, ramp(len(labels)), strict=True)]):
        one = _Block(label, kind, y, sum(line), any(away))
        found.append(one)
        y += _tall(one, unit) + GAP
    return found[::-1]


def _tall(block: _Block, unit: float) -> float:
    return max(block.n * unit, len(_words(block)) * LINE)


def _words(block: _Block) -> list[str]:
    shown = number(block.n)
    if block.hidden:  # what is shown is not all: a block never says more than its table
        shown = f"au moins {shown}" if block.n else "masqué"
    return [*wrapped(block.label, LEFT - BLOCK - 6), shown]


def _drawn(blocks: Sequence[_Block], unit: float, x: float, *, left: bool) -> list[str]:
    parts = []
    for one in blocks:
        parts.append(group(one.kind, rect(x, one.top, BLOCK, one.n * unit, "bar")))
        place, anchor = (x - 6, "end") if left else (x + BLOCK + 6, "")
        parts.append(lines(place, one.top + 11, _words(one), "tick", anchor))
    return parts


def _ribbons(
    flows: Sequence[Sequence[int]], before: Sequence[_Block], after: Sequence[_Block], unit: float
) -> list[str]:
    """From the top down on both sides, so that ribbons of one block never cross."""
    left, right = ([one.top for one in blocks] for blocks in (before, after))
    middle = units((LEFT + RIGHT) / 2)
    parts = []
    for a in reversed(range(len(before))):
        for b in reversed(range(len(after))):
            wide = flows[a][b] * unit
            if not wide:
                continue
            start, end = left[a], right[b]
            path = (f"M{units(LEFT)} {units(start)}C{middle} {units(start)} {middle} {units(end)} {units(RIGHT)} "
                    f"{units(end)}v{units(wide)}C{middle} {units(end + wide)} {middle} {units(start + wide)} "
                    f"{units(LEFT)} {units(start + wide)}z")  # fmt: skip
            parts.append(group(before[a].kind, tag("path", "bar", d=path, fill_opacity=PALE)))
            left[a] += wide
            right[b] += wide
    return parts


def _said(table: Table, flows: Sequence[Sequence[int]], total: int, hidden: bool) -> str:
    """Who kept their answer, then the widest ribbon of those who did not."""
    kept = sum(n for row, line in zip(table.rows, flows, strict=True)
               for one, n in zip(table.columns, line, strict=True) if one.id == row.level)  # fmt: skip
    moves = [(n, row.label, one.label) for row, line in zip(table.rows, flows, strict=True)
             for one, n in zip(table.columns, line, strict=True) if n and one.id != row.level]  # fmt: skip
    said = f"Sur {plural(total, 'personne')} dont le passage est montré, {number(kept)} ont gardé leur réponse."
    if moves:
        n, start, end = max(moves, key=lambda move: move[0])
        said += f" Le changement le plus fréquent : de « {start} » à « {end} », {plural(n, 'personne')}."
    return typographic(said + (" Certains passages sont masqués." if hidden else ""))
