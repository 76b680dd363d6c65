"""What a coder's own passages would give to these words: shown after they decided, never before, and counted."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log
from pathlib import Path

from divan.sources.problem import FaultKind, ProblemsFound
from divan.sources.reader_text import fold
from divan.sources.utf8_text import read_text
from divan.sources.writing import write_beside
from surveys.coding.text_units import coding_folder

_FAULT = FaultKind("C06")

SUGGESTIONS = "suggestions-{}.csv"
COLUMNS = ("unit", "shown", "taken")
_WORD = re.compile(r"[^\W\d_]{3,}")
_FEWEST = 3  # passages of a code, before its words say anything
_MOST = 3
_STRONG = log(3)  # these words are three times more usual under the code than elsewhere
_SMOOTH = 0.5


@dataclass(frozen=True, slots=True)
class Suggested:
    """Codes that a coder was shown for a unit, and those of them that they then gave."""

    shown: tuple[str, ...]
    taken: tuple[str, ...] = ()


def suggested(text: str, others: Iterable[tuple[str, tuple[str, ...]]], given: Iterable[str]) -> tuple[str, ...]:
    """Up to three codes, the likeliest first, that ``text`` would bear were it coded as the ``others`` (text, codes).

    The score of a code is the sum, over the words of the text that two others hold, of the logarithm of how much more
    usual each is under the code than in all. Codes already ``given`` are not said again.
    """
    words = set(_words(text))
    of_code, together, of_word, all_units = Counter[str](), Counter[tuple[str, str]](), Counter[str](), 0
    for said, codes in others:
        held = words & set(_words(said))
        all_units += 1
        of_word.update(held)
        of_code.update(codes)
        together.update((code, word) for code in codes for word in held)
    telling = [word for word in words if of_word[word] > 1]

    def score(code: str) -> float:
        own = of_code[code] + 2 * _SMOOTH
        usual = {word: (of_word[word] + _SMOOTH) / (all_units + 2 * _SMOOTH) for word in telling}
        return sum(log((together[code, word] + _SMOOTH) / own / usual[word]) for word in telling)

    scores = {code: score(code) for code, n in of_code.items() if n >= _FEWEST and code not in set(given)}
    likely = sorted((code for code, one in scores.items() if one > _STRONG), key=lambda code: (-scores[code], code))
    return tuple(likely[:_MOST])


def _words(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]


def read_suggestions(folder: Path, coder: str) -> dict[str, Suggested]:
    """What a coder was shown, by unit. Raises ProblemsFound for a file that is not one."""
    path = coding_folder(folder) / SUGGESTIONS.format(coder)
    if not path.is_file():
        return {}
    shown = f"surveys/{folder.name}/coding/{path.name}"
    rows = [*csv.reader(io.StringIO(read_text(path, shown), newline=""))]
    if not rows or tuple(rows[0]) != COLUMNS or any(len(row) != len(COLUMNS) for row in rows):
        raise ProblemsFound([_FAULT(shown, 1, f"les colonnes doivent être {', '.join(COLUMNS)}", "corrigez-les")])
    return {unit: Suggested(_codes(seen), _codes(taken)) for unit, seen, taken in rows[1:]}


def _codes(cell: str) -> tuple[str, ...]:
    return tuple(one for one in cell.split(";") if one)


def write_suggestions(folder: Path, coder: str, found: Mapping[str, Suggested]) -> Path:
    """Keep what a coder was shown, and what they took of it."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    lines.writerows([unit, ";".join(one.shown), ";".join(one.taken)] for unit, one in found.items())
    path = coding_folder(folder) / SUGGESTIONS.format(coder)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_beside(path, text.getvalue())
    return path
