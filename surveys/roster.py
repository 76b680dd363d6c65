"""The roster: the codes of those who joined the group, one a row, and nothing else about them."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from divan.sources.problem import Problem, ProblemsFound
from divan.sources.reader_text import fold
from surveys.model import Study
from surveys.shapes.exported_table import decoded


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
        raise ProblemsFound([Problem(path.name, None, "la liste des membres n'existe pas", "vérifiez son nom")])
    text, problems = decoded(path)
    try:
        lines = list(csv.reader(text.splitlines()))
    except csv.Error:
        raise ProblemsFound(
            [*problems, Problem(path.name, None, "ce n'est pas un CSV lisible", "refaites-le")]
        ) from None
    header = [fold(cell) for cell in lines[0]]
    if "code" not in header:
        problems.append(Problem(path.name, 1, "la liste doit avoir une colonne « code »", "nommez-la ainsi"))
    if problems:
        raise ProblemsFound(problems)
    position = header.index("code")
    cells = (line[position].strip() for line in lines[1:] if len(line) > position)
    return tuple(code for code in cells if code)
