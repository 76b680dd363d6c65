"""The review sheet of an import: words that it masked without being sure, or left for somebody to look at."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from divan.sources.problem import Problem, stop_if
from divan.sources.reader_text import fold
from divan.sources.utf8_text import read_text
from surveys.chat.pseudonyms import Pseudonyms
from surveys.responses import escaped, unescaped

COLUMNS = ("mark", "reason", "times", "post", "context", "decision")
MASKED, KEPT = "masquer", "garder"
_AROUND = 45
_MOST = 5_000


class Reason(StrEnum):
    """Why a word is doubtful."""

    COMMON = "un mot courant qui est aussi le nom de quelqu'un : masqué"
    LISTED = "un prénom, un nom ou une commune, au milieu d'une phrase : masqué"
    VARIANT = "ressemble à un nom, ou à son diminutif : masqué"
    INITIALS = "les initiales de quelqu'un : masquées"
    UNKNOWN = "un mot inconnu, avec une capitale : laissé"


@dataclass(slots=True)
class Doubt:
    """A doubtful word, where it first stands and how often; not the word itself."""

    reason: Reason
    post: int
    context: str
    times: int = 1


@dataclass(slots=True, eq=False)
class Doubts:
    """Each doubtful word by its mark, the first place where it stands and how often it does; never a masked word."""

    pseudonyms: Pseudonyms
    found: dict[str, Doubt] = field(default_factory=dict)

    def note(self, word: str, reason: Reason, post: int, masked: str, place: int) -> None:
        """One more time that a word is met; ``masked`` is its message as it is kept, ``place`` where it stood."""
        mark = self.mark(word)
        if mark in self.found:
            self.found[mark].times += 1
        elif len(self.found) < _MOST:
            context = masked[max(0, place - _AROUND) : place + _AROUND].replace("\n", " ")
            self.found[mark] = Doubt(reason, post, context)

    def add(self, found: Mapping[str, Doubt]) -> None:
        """What was noted of later posts by somebody else."""
        for mark, one in found.items():
            if mark in self.found:
                self.found[mark].times += one.times
            elif len(self.found) < _MOST:
                self.found[mark] = one

    def mark(self, word: str) -> str:
        """What stands for a word in the sheet."""
        return self.pseudonyms.mark(f"word\0{fold(word)}")

    def sheet(self, decisions: dict[str, str]) -> str:
        """The sheet as CSV, the commonest words first, with what was decided before."""
        text = io.StringIO(newline="")
        lines = csv.writer(text, lineterminator="\n")
        lines.writerow(COLUMNS)
        for mark, one in sorted(self.found.items(), key=lambda pair: (-pair[1].times, pair[1].post, pair[0])):
            row = (mark, one.reason.value, str(one.times), str(one.post), one.context, decisions.pop(mark, ""))
            lines.writerow([escaped(cell) for cell in row])
        for mark, decision in sorted(decisions.items()):
            lines.writerow([mark, "décidé auparavant", "0", "", "", decision])
        return text.getvalue()


def sheet_path(folder: Path) -> Path:
    """Where the sheet of a study is; git ignores it."""
    return folder / "review" / "chat.csv"


def read_decisions(folder: Path, shown: str) -> dict[str, str]:
    """What was decided of each mark; ProblemsFound with each line that says something else."""
    path = sheet_path(folder)
    if not path.is_file():
        return {}
    name = f"{shown}/review/chat.csv"
    rows = [[unescaped(cell) for cell in row] for row in csv.reader(io.StringIO(read_text(path, name), newline=""))]
    if not rows or tuple(rows[0]) != COLUMNS:
        message = f"les colonnes doivent être {', '.join(COLUMNS)}"
        stop_if([Problem(name, 1, message, "retirez ce fichier : l'import en refait un")])
    said = [(n, row[0], row[-1].strip().lower()) for n, row in enumerate(rows[1:], 2) if len(row) == len(COLUMNS)]
    stop_if(Problem(name, n, f"une décision doit être « {MASKED} », « {KEPT} » ou rien", "corrigez cette ligne")
            for n, _, decision in said if decision not in (MASKED, KEPT, ""))  # fmt: skip
    return {mark: decision for _, mark, decision in said if decision}
