"""How wide each column of a printed table is, so that no word is cut and nothing leaves the margins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.tables.table import Table
from divan.sources.french import NBSP

PORTRAIT, LANDSCAPE = 16.0, 24.7  # cm of text on A4, margins of 2.5 cm
TRIED = (
    (9.0, PORTRAIT),
    (8.0, PORTRAIT),
    (7.5, PORTRAIT),
    (9.0, LANDSCAPE),
    (8.0, LANDSCAPE),
    (7.0, LANDSCAPE),
)  # points, then cm
LETTER = 0.56  # of the size: a figure of Arial, which most letters do not exceed
PADDING = 0.3  # cm, both sides
BOLD = 1.12  # how much wider a heading is
FIRST, LABELS = 3.2, 5.5  # cm: the least for the labels of the rows, and what they ask for first
FIGURE = 14  # signs: « 12 (17,4 %) » and « −0,35 à 1,04 » stay on one line
POINT = 2.54 / 72
_BREAK = re.compile(r"(?<=[-/])|[ \n]")
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class PrintedGrid:
    """The width of each column in centimetres, the size of the letters, and whether the page lies on its side."""

    widths: tuple[float, ...]
    size: float
    landscape: bool


def printed_grid(table: Table) -> PrintedGrid:
    """On a page upright if the words hold there, else on its side; what holds nowhere is cut as it comes."""
    for size, room in TRIED:
        narrow, wide = _bounds(table, size)
        if sum(narrow) <= room:
            return PrintedGrid(_shared(narrow, wide, room), size, room == LANDSCAPE)
    size, room = TRIED[-1]
    narrow, _ = _bounds(table, size)
    return PrintedGrid(tuple(room * one / sum(narrow) for one in narrow), size, landscape=True)


def printed_rows(table: Table) -> list[list[str]]:
    """The heading, then each row, as words; a short « (0,25 à 0,76) » stays on one line."""
    heading = [table.head, *(_held(column.label) for column in table.columns)]
    return [heading, *([row.label, *(_held(cell.text()) for cell in row.cells)] for row in table.rows)]


def _held(cell: str) -> str:
    return _BRACKETS.sub(lambda found: found[0].replace(" ", NBSP) if len(found[0]) <= FIGURE + 2 else found[0], cell)


def _bounds(table: Table, size: float) -> tuple[list[float], list[float]]:
    """For each column the least that cuts no word and no figure, and what lets its cells stand on one line."""
    heading, *rows = printed_rows(table)
    narrow, wide = [], []
    for place, head in enumerate(heading):
        cells = [row[place] for row in rows]
        held = [
            *(len(word) * BOLD for word in _BREAK.split(head)),
            *(len(word) for cell in cells for word in _BREAK.split(cell)),
        ]
        whole = [len(cell) for cell in cells if place and len(cell) <= FIGURE]
        narrow.append(_centimetres(max((*held, *whole), default=0), size))
        wide.append(_centimetres(max(len(head) * BOLD, *map(len, cells), 0), size))
    narrow[0] = max(narrow[0], min(FIRST, wide[0]))
    return narrow, [max(pair) for pair in zip(narrow, wide, strict=True)]


def _centimetres(letters: float, size: float) -> float:
    return letters * LETTER * size * POINT + PADDING


def _shared(narrow: Sequence[float], wide: Sequence[float], room: float) -> tuple[float, ...]:
    """What is left of the room goes to the columns whose cells would take several lines, the labels' then last."""
    if sum(wide) <= room:
        return tuple(wide)
    asked = (max(narrow[0], min(wide[0], LABELS)), *wide[1:])
    left = room - sum(asked)
    if left >= 0:
        return (asked[0] + left, *asked[1:])
    share = (room - sum(narrow)) / (sum(asked) - sum(narrow))
    return tuple(low + share * (high - low) for low, high in zip(narrow, asked, strict=True))
