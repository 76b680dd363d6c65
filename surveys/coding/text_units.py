"""Text units: a post, several that follow one another, or a part of one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from divan.sources.problem import FaultKind, Problem, ProblemsFound, stop_if
from divan.sources.utf8_text import read_text
from divan.sources.writing import write_beside
from surveys.chat.store import Post

_FAULT = FaultKind("C05")

UNITS = "units.csv"
COLUMNS = ("unit", "first", "last", "start", "end")


@dataclass(frozen=True, slots=True)
class TextUnit:
    """Posts ``first`` to ``last``, from sign ``start`` of the first to sign ``end`` of the last (None: its end)."""

    id: str
    first: int
    last: int
    start: int = 0
    end: int | None = None

    def text(self, texts: Mapping[int, str]) -> str:
        """Its words, from the texts of posts by number; a line break parts two posts."""
        found = [texts.get(n, "") for n in range(self.first, self.last + 1)]
        found[-1] = found[-1][: self.end]
        found[0] = found[0][self.start :]
        return "\n".join(found)


def coding_folder(folder: Path) -> Path:
    """Where the coding of a study is; git ignores it."""
    return folder / "coding"


def coding_files(folder: Path) -> tuple[Path, ...]:
    """The files that what comes out of a coding is made from."""
    return (folder / "codes.yaml", *sorted(coding_folder(folder).glob("*.csv")))


def read_units(folder: Path, posts: Iterable[Post]) -> tuple[TextUnit, ...]:
    """The units of a study in order; each post is one when nobody has cut the thread otherwise.

    Raises ProblemsFound with each line that is not a unit of these posts.
    """
    lengths = {post.number: len(post.text) for post in posts}
    path = coding_folder(folder) / UNITS
    if not path.is_file():
        return tuple(TextUnit(str(number), number, number) for number in lengths)
    shown = f"surveys/{folder.name}/coding/{UNITS}"
    rows = [*csv.reader(io.StringIO(read_text(path, shown), newline=""))]
    if not rows or tuple(rows[0]) != COLUMNS:
        raise ProblemsFound([_FAULT(shown, 1, f"les colonnes doivent être {', '.join(COLUMNS)}", "corrigez-les")])
    stop_if(_faults(shown, rows[1:], lengths))
    return tuple(_unit(row) for row in rows[1:])


def write_units(folder: Path, units: Iterable[TextUnit]) -> Path:
    """Write the units of a study, in place of those there were."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    for one in units:
        lines.writerow([one.id, one.first, one.last, one.start or "", "" if one.end is None else one.end])
    path = coding_folder(folder) / UNITS
    write_beside(path, text.getvalue())
    return path


def _unit(row: list[str]) -> TextUnit:
    name, first, last, start, end = row
    return TextUnit(name, int(first), int(last), int(start or 0), int(end) if end else None)


def _faults(shown: str, rows: list[list[str]], lengths: Mapping[int, int]) -> Iterator[Problem]:
    seen: set[str] = set()
    for line, row in enumerate(rows, 2):
        said = _fault(row, lengths) or (f"l'unité « {row[0]} » est déjà plus haut" if row[0] in seen else "")
        if said:
            yield _FAULT(shown, line, said, "corrigez cette ligne")
        seen.update(row[:1])


def _fault(row: list[str], lengths: Mapping[int, int]) -> str:
    try:
        unit = _unit(row)
    except ValueError:
        return "une unité a un nom et des nombres : premier et dernier message, signes du début et de la fin"
    if unit.first > unit.last or unit.first not in lengths or unit.last not in lengths:
        return "le premier et le dernier message doivent être du fil, dans cet ordre"
    after = unit.start if unit.first == unit.last else 0
    end = lengths[unit.last] if unit.end is None else unit.end
    if not 0 <= unit.start <= lengths[unit.first] or not after <= end <= lengths[unit.last]:
        return "le début et la fin doivent être dans le texte de ces messages"
    return "" if unit.id else "une unité doit avoir un nom"
