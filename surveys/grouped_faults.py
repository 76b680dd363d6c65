"""The faults of an export, one message for all the rows that bear the same: « Angoulême : 43 lignes »."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from divan.sources.problem import Problem
from divan.sources.reader_text import fold
from surveys.folding import nearest
from surveys.questionnaire import CLOSED, Item, ItemType

SHARED = 3  # what so many rows bear is a label, not somebody's words
_SHOWN = 6


@dataclass(slots=True)
class GroupedFaults:
    """Faults of rows, kept by what is wrong and with what; an answer is quoted only when several gave it."""

    path: str
    _cells: dict[tuple[str, str, str], list[tuple[int, str]]] = field(default_factory=dict)
    _items: dict[str, Item] = field(default_factory=dict)
    _stamps: list[int] = field(default_factory=list)

    def stamp(self, row: int) -> None:
        """The time stamp of this row cannot be read."""
        self._stamps.append(row)

    def answer(self, item: Item, cell: str, expected: str, row: int) -> None:
        """This cell is no answer to its question, which expects something else."""
        self._items[item.id] = item
        told = fold(cell) if item.type in CLOSED and item.type is not ItemType.SEVERAL else ""
        self._cells.setdefault((item.id, expected, told), []).append((row, cell.strip()))

    def problems(self) -> Iterator[Problem]:
        """Each kind of fault once, in the order of the first row that bears it."""
        found = [*self._answers()]
        if self._stamps:
            message = f"l'horodatage de {_rows(self._stamps, 'cette ligne')} ne se lit pas"
            found.append(Problem(self.path, self._stamps[0], message, "écrivez-le 26/03/2023 ou 2023-03-26"))
        yield from sorted(found, key=lambda problem: problem.line or 0)

    def _answers(self) -> Iterator[Problem]:
        unnamed: dict[tuple[str, str], list[int]] = {}
        for (name, expected, _), given in self._cells.items():
            item, cell, rows = self._items[name], given[0][1], [row for row, _ in given]
            near = _resembling(item, cell)
            if near:
                message = f"question « {name} » : « {cell} »{_times(rows)} n'est pas déclaré, « {near} » lui ressemble"
                yield Problem(self.path, rows[0], message, _declare(item))
            elif len(given) >= SHARED and len({text for _, text in given}) == 1 and item.type in CLOSED:
                message = f"question « {name} » : « {cell} »{_times(rows)} n'est pas déclaré"
                yield Problem(self.path, rows[0], message, _declare(item))
            else:
                unnamed.setdefault((name, expected), []).extend(rows)
        for (name, expected), rows in unnamed.items():
            message = f"question « {name} » : {expected}{_times(rows)}"
            yield Problem(self.path, min(rows), message, "corrigez la cellule, ou déclarez ce libellé")


def _resembling(item: Item, cell: str) -> str | None:
    """The declared choice that a cell resembles: only then may it be quoted, as it is no text of another column."""
    if item.type not in CLOSED or item.type is ItemType.SEVERAL:
        return None
    return nearest(cell, (choice.label for choice in item.choices))


def _declare(item: Item) -> str:
    other = f" ; sinon, à ceux de « {item.other.label} »" if item.other else ""
    return f"si c'est elle, ajoutez ce libellé à ses « aliases »{other}"


def _times(rows: list[int]) -> str:
    return "" if len(rows) == 1 else f" ({_rows(rows, '')})"


def _rows(rows: list[int], one: str) -> str:
    if len(rows) == 1:
        return one
    first = ", ".join(map(str, sorted(rows)[:_SHOWN]))
    return f"{len(rows)} lignes : {first}{'…' if len(rows) > _SHOWN else ''}"
