"""What a coder gave each unit: a file a coder, which no other coder reads."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from divan.sources.problem import FaultKind, Problem, ProblemsFound, stop_if
from divan.sources.utf8_text import read_text
from divan.sources.writing import write_beside
from surveys.coding.code_tree import CodeTree
from surveys.coding.text_units import coding_folder
from surveys.responses import escaped, unescaped

_FAULT = FaultKind("C03")

COLUMNS = ("unit", "codes", "memo", "review")
CODER = re.compile(r"[A-Za-z0-9]{1,20}")
_FILE = re.compile(r"coder-([A-Za-z0-9]{1,20})\.csv")


@dataclass(frozen=True, slots=True)
class Coding:
    """What a coder decided of a unit: codes as given then, in order; a memo; whether it is to be looked at again."""

    codes: tuple[str, ...] = ()
    memo: str = ""
    review: bool = False


def coders(folder: Path) -> tuple[str, ...]:
    """Those who have coded something of a study, in alphabetical order."""
    found = (_FILE.fullmatch(path.name) for path in coding_folder(folder).glob("coder-*.csv"))
    return tuple(sorted(one[1] for one in found if one))


def coder_path(folder: Path, coder: str) -> Path:
    """The file of a coder. Raises ProblemsFound for a name that is not letters and digits."""
    if not CODER.fullmatch(coder):
        message = "un codeur s'appelle d'une à vingt lettres sans accent ou chiffres"
        raise ProblemsFound([_FAULT(f"surveys/{folder.name}/coding", None, message, "choisissez-en un autre")])
    return coding_folder(folder) / f"coder-{coder}.csv"


def read_coder(folder: Path, coder: str) -> dict[str, Coding]:
    """What a coder decided, by unit. Raises ProblemsFound with each line that cannot be read."""
    path = coder_path(folder, coder)
    if not path.is_file():
        return {}
    shown = f"surveys/{folder.name}/coding/{path.name}"
    rows = [*csv.reader(io.StringIO(read_text(path, shown), newline=""))]
    if not rows or tuple(rows[0]) != COLUMNS:
        raise ProblemsFound([_FAULT(shown, 1, f"les colonnes doivent être {', '.join(COLUMNS)}", "corrigez-les")])
    message = f"une ligne a {len(COLUMNS)} cellules, et une unité n'y est qu'une fois"
    first = {row[0]: line for line, row in reversed([*enumerate(rows[1:], 2)]) if row}
    stop_if(_FAULT(shown, line, message, "corrigez cette ligne") for line, row in enumerate(rows[1:], 2)
            if len(row) != len(COLUMNS) or first[row[0]] != line)  # fmt: skip
    return {
        unit: Coding(tuple(one for one in codes.split(";") if one), unescaped(memo), bool(review))
        for unit, codes, memo, review in rows[1:]
    }


def write_coder(folder: Path, coder: str, decided: Mapping[str, Coding]) -> Path:
    """Keep what a coder decided; a unit without code, memo or mark is not kept."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    for unit, one in decided.items():
        if one != Coding():
            lines.writerow([unit, ";".join(one.codes), escaped(one.memo), "yes" if one.review else ""])
    path = coder_path(folder, coder)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_beside(path, text.getvalue())
    return path


def codes_today(tree: CodeTree, given: tuple[str, ...]) -> tuple[str, ...]:
    """The codes of a unit as the tree names them now; one that was split since counts for none until given again."""
    now = (tree.today(one) for one in given)
    return tuple(dict.fromkeys(one[0] for one in now if len(one) == 1 and one[0] in tree.by_id))


def coding_faults(
    folder: Path, tree: CodeTree, units: frozenset[str], names: Sequence[str] | None = None
) -> Iterator[Problem]:
    """Every code that the tree has never had, and every unit not of the thread, given by all coders or by ``names``."""
    for coder in coders(folder) if names is None else names:
        shown = f"surveys/{folder.name}/coding/coder-{coder}.csv"
        for line, (unit, one) in enumerate(read_coder(folder, coder).items(), 2):
            if unit not in units:
                yield _FAULT(shown, line, f"le passage « {unit} » n'est pas du fil", "retirez cette ligne")
            for code in one.codes:
                if not all(now in tree.by_id for now in tree.today(code)):
                    yield _FAULT(shown, line, f"« {code} » n'est pas un code de l'arbre", "corrigez-le, ou ajoutez-le")
