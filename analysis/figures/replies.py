"""Who answers whom, drawn without a name: members where a study shows everybody, levels of participation elsewhere.

A post answers the one before it when it is another member's and follows it by no more than the minutes declared.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from analysis.figures.figure import Figure
from analysis.figures.svg import WIDTH, drawing, group, tag, text
from analysis.people.chat_members import CHAT_MEMBERS, LEVEL, who
from analysis.people.cohort import Cohort
from analysis.people.thread import StudiedThread
from analysis.plan.specification import FigureSpec
from analysis.tables.cells import Number
from analysis.tables.table import Column, Table, TableRow
from divan.sources.french import number, plural, typographic

MOST_LINKS = 80
FAINT = "0.5"
SIZE = float(WIDTH)
RADIUS = SIZE / 2 - 56


def replies_table(spec: FigureSpec, cohort: Cohort) -> Table:
    """One row a pair: who answers (column ``from``), whom (``to``), how many times; the most frequent pairs only."""
    columns = (Column("from", "Répond", "text"), Column("to", "À", "text"), Column("posts", "Fois", "number"))
    thread = cohort.thread
    if thread is None:
        return Table(spec.id, spec.title, "Lien", columns, (), population=CHAT_MEMBERS)
    everybody = cohort.plan.threshold <= 1
    pairs, name, basis = _by_member(thread) if everybody else _by_level(thread)
    kept = sorted(pairs.items(), key=lambda one: (-one[1], one[0]))[:MOST_LINKS]
    rows = tuple(
        TableRow("replies", f"{name(answering)} → {name(answered)}",
                 (Number(answering, 0, basis(answering)), Number(answered, 0, basis(answered)),
                  Number(n, 0, (*basis(answering), *basis(answered)))), f"{answering}-{answered}", "level")
        for (answered, answering), n in kept
    )  # fmt: skip
    minutes = plural(thread.rules.reply_minutes, "minute")
    total = sum(thread.replies.values())
    left = (
        f" Les {number(len(kept))} liens les plus fréquents de {number(len(pairs))} sont montrés."
        if len(kept) < len(pairs)
        else ""
    )
    notes = (f"Un message répond à celui qui le précède, d'un autre membre, quand il le suit d'au plus {minutes} : "
             f"{plural(total, 'réponse')}.{left}",)  # fmt: skip
    return Table(spec.id, spec.title, "Lien", columns, rows, tuple(map(typographic, notes)), added=spec.added,
                 population=CHAT_MEMBERS)  # fmt: skip


Basis = Callable[[int], tuple[frozenset[tuple[str, str]], ...]]
Pairs = Mapping[tuple[int, int], int]


def _by_member(thread: StudiedThread) -> tuple[Pairs, Callable[[int], str], Basis]:
    """Members by their rank, from whoever wrote most; a rank tells no name."""
    ranked = sorted(thread.by_member, key=lambda name: (-thread.by_member[name].posts, name))
    rank = {name: n for n, name in enumerate(ranked, 1)}
    pairs = {(rank[answered], rank[answering]): n for (answered, answering), n in thread.replies.items()}
    return pairs, lambda n: f"nº\u00a0{n}", lambda n: ()


def _by_level(thread: StudiedThread) -> tuple[Pairs, Callable[[int], str], Basis]:
    levels = thread.rules.levels
    place = {one.name: levels.index(thread.level(one)) + 1 for one in thread.members}
    pairs: Counter[tuple[int, int]] = Counter()
    for (answered, answering), n in thread.replies.items():
        pairs[place[answered], place[answering]] += n
    return pairs, lambda n: levels[n - 1].label, lambda n: (who((LEVEL, levels[n - 1].id)),)


def draw_replies(spec: FigureSpec, table: Table) -> Figure:
    """A circle of nodes, and between them lines as wide as the answers are many."""
    links = [(int(ends[0]), int(ends[1]), ends[2]) for row in table.rows if (ends := _numbers(row)) is not None]
    nodes = sorted({one for first, second, _ in links for one in (first, second)})
    places = {one: _place(n, len(nodes)) for n, one in enumerate(nodes)}
    most = max((n for _, _, n in links), default=1)
    weight: Counter[int] = Counter()
    for first, second, n in links:
        weight[first] += int(n)
        weight[second] += int(n)
    lines = [_link(places[first], places[second], n / most) for first, second, n in reversed(links)]
    heaviest = max(weight.values(), default=1)
    dots = [tag("circle", "bar", cx=places[one][0], cy=places[one][1], r=3 + 9 * math.sqrt(weight[one] / heaviest))
            for one in nodes]  # fmt: skip
    names = _names(table, nodes)
    labels = [text(*_label_place(places[one]), label, "tick", _anchor(places[one])) for one, label in names.items()]
    description = _said(table, links)
    svg = drawing(
        spec.id, table.title, description, SIZE, group("links", *lines) + group("series-1", *dots) + "".join(labels)
    )
    return Figure(spec.id, table.title, table, svg if nodes else "", description)


def _numbers(row: TableRow) -> tuple[float, float, float] | None:
    values = [cell.value for cell in row.cells if isinstance(cell, Number) and cell.value is not None]
    return (values[0], values[1], values[2]) if len(values) == len(row.cells) else None


def _place(n: int, of: int) -> tuple[float, float]:
    turn = 2 * math.pi * n / max(of, 1) - math.pi / 2
    return SIZE / 2 + RADIUS * math.cos(turn), SIZE / 2 + RADIUS * math.sin(turn)


def _link(start: tuple[float, float], end: tuple[float, float], share: float) -> str:
    """A curve through the middle of the way to the centre; a level that answers itself is a small loop."""
    middle = SIZE / 2
    if start == end:
        return tag(
            "circle", "arrow", cx=start[0], cy=start[1], r=16, stroke_width=0.5 + 4 * share, stroke_opacity=FAINT
        )
    bend = [(a + b) / 2 * 0.5 + middle * 0.5 for a, b in zip(start, end, strict=True)]
    path = f"M{start[0]:.1f} {start[1]:.1f}Q{bend[0]:.1f} {bend[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
    return tag("path", "arrow", d=path, stroke_width=0.5 + 4 * share, stroke_opacity=FAINT)


def _names(table: Table, nodes: Sequence[int]) -> dict[int, str]:
    """The label of each node, as the rows call it."""
    found: dict[int, str] = {}
    for row in table.rows:
        ends = _numbers(row)
        if ends is not None:
            first, _, second = row.label.partition(" → ")
            found |= {int(ends[0]): first, int(ends[1]): second}
    return {one: found[one] for one in nodes}


def _label_place(place: tuple[float, float]) -> tuple[float, float]:
    middle = SIZE / 2
    return middle + (place[0] - middle) * 1.1, middle + (place[1] - middle) * 1.1 + 4


def _anchor(place: tuple[float, float]) -> str:
    if abs(place[0] - SIZE / 2) < 10:
        return "middle"
    return "end" if place[0] < SIZE / 2 else ""


def _said(table: Table, links: Sequence[tuple[int, int, float]]) -> str:
    if not links:
        return "Aucun lien à montrer."
    strongest = table.rows[next(n for n, row in enumerate(table.rows) if _numbers(row) is not None)]
    return f"{plural(len(links), 'lien')}. Le plus fréquent\u00a0: {strongest.label}, {strongest.cells[2].text()} fois."
