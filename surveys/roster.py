"""The roster: the codes of those who joined the group, one a row, and nothing else about them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from divan.sources.problem import FaultKind, ProblemsFound, stop_if
from divan.sources.reader_text import fold
from surveys.model import Study
from surveys.shapes.grid import read_grid

_FAULT = FaultKind("V02")


def read_roster(study: Study) -> tuple[str, ...]:
    """Codes of the study's roster, as text (``0042`` keeps its zeros), in the file's order; empty without a roster."""
    try:
        return parse_roster(study.roster) if study.roster else ()
    except ProblemsFound as found:
        folder = f"surveys/{study.id}"
        raise ProblemsFound(replace(one, path=f"{folder}/{one.path}") for one in found.problems) from None


def parse_roster(path: Path) -> tuple[str, ...]:
    """Codes in the column ``code`` of a CSV file. Raises ProblemsFound when the file cannot be read as one."""
    if not path.is_file():
        raise ProblemsFound([_FAULT(path.name, None, "la liste des membres n'existe pas", "vérifiez son nom")])
    grid, problems = read_grid(path)
    lines = [cells for _, cells in grid.lines]
    stop_if(problems if problems or lines else [_FAULT(path.name, None, "ce n'est pas un CSV lisible", "refaites-le")])
    header = [fold(cell) for cell in lines[0]]
    if "code" not in header:
        problems.append(_FAULT(path.name, 1, "la liste doit avoir une colonne « code »", "nommez-la ainsi"))
    if problems:
        raise ProblemsFound(problems)
    position = header.index("code")
    cells = ("".join(line[position].split()) for line in lines[1:] if len(line) > position)
    return tuple(code for code in cells if code)
