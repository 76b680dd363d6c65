"""The consensus round: of each unit that coders read otherwise, the codes agreed on, and who was followed."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from divan.sources.problem import FaultKind, ProblemsFound, stop_if
from divan.sources.utf8_text import read_text
from divan.sources.writing import write_beside
from surveys.coding.text_units import coding_folder

_FAULT = FaultKind("C04")

CONSENSUS = "consensus.csv"
COLUMNS = ("unit", "codes", "followed")


class Followed(StrEnum):
    """Whom a consensus follows when it is not one coder, who is then named."""

    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Agreed:
    """The codes agreed on for a unit, and whose they were."""

    codes: tuple[str, ...]
    followed: str


def followed(codes: Sequence[str], given: Mapping[str, Sequence[str]]) -> str:
    """The coder whose codes these are; all of them, or none: what was agreed on is then of nobody before."""
    same = [coder for coder, own in given.items() if set(own) == set(codes)]
    if len(same) == len(given):
        return Followed.ALL
    return ";".join(same) or Followed.NONE


def to_settle(given: Mapping[str, Mapping[str, Sequence[str]]]) -> list[str]:
    """Units that two coders at least have coded, not all with the same codes; ``given`` is by coder, then unit."""
    units = dict.fromkeys(unit for own in given.values() for unit in own)
    codes = {unit: [frozenset(own[unit]) for own in given.values() if own.get(unit)] for unit in units}
    return [unit for unit, sets in codes.items() if len(sets) > 1 and len(set(sets)) > 1]


def read_consensus(folder: Path) -> dict[str, Agreed]:
    """What was agreed on, by unit."""
    path = coding_folder(folder) / CONSENSUS
    if not path.is_file():
        return {}
    shown = f"surveys/{folder.name}/coding/{CONSENSUS}"
    rows = [*csv.reader(io.StringIO(read_text(path, shown), newline=""))]
    if not rows or tuple(rows[0]) != COLUMNS:
        raise ProblemsFound([_FAULT(shown, 1, f"les colonnes doivent être {', '.join(COLUMNS)}", "corrigez-les")])
    message = f"une ligne a {len(COLUMNS)} cellules, et un passage n'y est qu'une fois"
    first = {row[0]: line for line, row in reversed([*enumerate(rows[1:], 2)]) if row}
    stop_if(_FAULT(shown, line, message, "corrigez cette ligne") for line, row in enumerate(rows[1:], 2)
            if len(row) != len(COLUMNS) or first[row[0]] != line)  # fmt: skip
    return {unit: Agreed(tuple(one for one in codes.split(";") if one), who) for unit, codes, who in rows[1:]}


def write_consensus(folder: Path, agreed: Mapping[str, Agreed]) -> Path:
    """Keep what was agreed on."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    lines.writerows([unit, ";".join(one.codes), one.followed] for unit, one in agreed.items())
    path = coding_folder(folder) / CONSENSUS
    path.parent.mkdir(parents=True, exist_ok=True)
    write_beside(path, text.getvalue())
    return path
