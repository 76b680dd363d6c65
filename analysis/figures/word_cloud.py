"""A cloud of the most frequent words: the size of each is that of its frequency, its place the first that is free."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from analysis.figures.figure import Figure
from analysis.figures.svg import WIDTH, drawing, group, units
from analysis.people.cohort import Cohort
from analysis.plan.specification import FigureSpec
from analysis.tables.cells import Number
from analysis.tables.table import Table
from analysis.tables.thread_words_tables import words_table
from divan.sources.french import enumeration, number

HEIGHT = 260.0
MOST = 80
SMALLEST, LARGEST = 10.0, 34.0
_WIDE, _TALL = 0.68, 1.15  # a letter's width and a line's height, in sizes
_STEP, _FLAT = 2.2, 1.4  # how far apart the turns are, how much wider than high
_TRIES = 4_000
_COLOURS = 4


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word, its size, and the middle of its box."""

    word: str
    size: float
    x: float
    y: float

    @property
    def half(self) -> tuple[float, float]:
        """Half the width and half the height of its box."""
        return len(self.word) * self.size * _WIDE / 2, self.size * _TALL / 2

    def meets(self, other: PlacedWord) -> bool:
        """Whether two boxes overlap."""
        (w, h), (v, g) = self.half, other.half
        return abs(self.x - other.x) < w + v and abs(self.y - other.y) < h + g


def cloud_table(spec: FigureSpec, cohort: Cohort) -> Table:
    """One row a word, as in the table of words."""
    return words_table(spec, cohort, MOST)


def draw_cloud(spec: FigureSpec, table: Table) -> Figure:
    """The words that find a place; the table beside tells them all."""
    times = [(row.label, cell.value) for row in table.rows
             if isinstance(cell := row.cells[0], Number) and cell.value]  # fmt: skip
    placed = placed_words(times)
    parts = [group(f"series-{n % _COLOURS + 1}", _drawn(one)) for n, one in enumerate(placed)]
    first = [f"« {word} » ({number(n)})" for word, n in times[:5]]
    description = (
        f"{number(len(placed))} mots. Les plus fréquents\u00a0: {enumeration(first)}." if placed else "Aucun mot."
    )
    svg = drawing(spec.id, table.title, description, HEIGHT, "".join(parts)) if placed else ""
    return Figure(spec.id, table.title, table, svg, description)


def placed_words(times: list[tuple[str, float]]) -> list[PlacedWord]:
    """Words on a spiral from the middle, the most frequent first; the area of a letter goes with its frequency."""
    most = max((n for _, n in times), default=1)
    found: list[PlacedWord] = []
    for word, n in times:
        size = max(SMALLEST, LARGEST * math.sqrt(n / most))
        place = next((one for one in _spiral(word, size) if not any(one.meets(other) for other in found)), None)
        if place:
            found.append(place)
    return found


def _spiral(word: str, size: float) -> Iterator[PlacedWord]:
    """The places that a word may take, from the middle outwards, those that stay inside."""
    for n in range(_TRIES):
        turn = math.sqrt(n)
        away = _STEP * turn
        one = PlacedWord(word, size, WIDTH / 2 + _FLAT * away * math.cos(turn), HEIGHT / 2 + away * math.sin(turn))
        w, h = one.half
        if w <= one.x <= WIDTH - w and h <= one.y <= HEIGHT - h:
            yield one


def _drawn(one: PlacedWord) -> str:
    place = f'x="{units(one.x)}" y="{units(one.y + one.size * 0.35)}" font-size="{units(one.size)}"'
    return f'<text class="word" {place} text-anchor="middle">{escape(one.word, quote=False)}</text>'
