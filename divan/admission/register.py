"""The public national directory of health professionals, indexed once: two million rows, read as a stream.

Source: « Annuaire santé », free-access extract « PS_LibreAcces_Personne_activite » (Agence du numérique en santé).
Only what a look-up needs is kept: RPPS number, profession code, département. No name, no address.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from divan.sources.problem import Problem, ProblemsFound
from divan.sources.reader_text import fold

PHYSICIAN = "10"

_COLUMNS = {
    "rpps": ("identifiant pp", "identification nationale pp"),
    "profession": ("code profession",),
    "departement": ("code departement (structure)",),
    "postcode": ("code postal (coord. structure)",),
}
_BATCH = 20_000
_RPPS = re.compile(r"8?(\d{11})")


@dataclass(frozen=True, slots=True)
class Registered:
    """What the directory says of a number: its profession code, and the départements where it practises."""

    profession: str
    departements: tuple[str, ...]


class Register:
    """Look-ups in an indexed extract."""

    def __init__(self, index: Path) -> None:
        if not index.is_file():
            message = "l'annuaire n'est pas indexé"
            raise ProblemsFound([Problem(str(index), None, message, "donnez l'extrait de l'annuaire avec --register")])
        self._database = sqlite3.connect(f"file:{index}?mode=ro", uri=True)

    def find(self, rpps: str) -> tuple[Registered, ...]:
        """The professions of an RPPS number; empty when the directory does not know it."""
        rows = self._database.execute(
            "SELECT profession, group_concat(departement) FROM practice WHERE rpps = ? GROUP BY profession",
            (int(rpps),),
        )
        return tuple(Registered(code, tuple(sorted(filter(None, places.split(","))))) for code, places in rows)

    def close(self) -> None:
        """Let the index go."""
        self._database.close()


def index_register(extract: Path, index: Path) -> int:
    """Index ``extract`` into the SQLite file ``index``, in place of a former one; returns the rows read.

    Memory does not grow with the extract. Raises ProblemsFound when its columns are not those of the directory.
    """
    with extract.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        places = _places(extract, next(lines, ""))
        index.parent.mkdir(parents=True, exist_ok=True)
        beside = index.with_name(f".{index.name}.partial")
        beside.unlink(missing_ok=True)
        database = sqlite3.connect(beside, isolation_level=None)
        try:
            count = _fill(database, lines, places)
        finally:
            database.close()
    beside.replace(index)
    return count


def _places(extract: Path, header: str) -> dict[str, int]:
    found = [fold(name.strip().strip('"')) for name in header.rstrip("\r\n").split("|")]
    places = {key: found.index(name) for key, names in _COLUMNS.items() for name in names[::-1] if name in found}
    missing = [names[0] for key, names in _COLUMNS.items() if key not in places and key != "postcode"]
    if missing:
        message = f"l'extrait doit avoir les colonnes {', '.join(missing)}, séparées par « | »"
        raise ProblemsFound([Problem(extract.name, 1, message, "prenez l'extrait « PS_LibreAcces_Personne_activite »")])
    return places


def _fill(database: sqlite3.Connection, lines: Iterator[str], places: dict[str, int]) -> int:
    """The index is rebuilt from the extract at will, so a crash may lose it: no journal."""
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.execute(
        "CREATE TABLE practice (rpps INTEGER, profession TEXT, departement TEXT,"
        " PRIMARY KEY (rpps, profession, departement)) WITHOUT ROWID"
    )
    count = 0
    while batch := list(islice(lines, _BATCH)):
        count += len(batch)
        rows = sorted({row for line in batch if (row := _row(line, places))})
        database.execute("BEGIN")
        database.executemany("INSERT OR IGNORE INTO practice VALUES (?, ?, ?)", rows)
        database.execute("COMMIT")
    return count


def _row(line: str, places: dict[str, int]) -> tuple[int, str, str] | None:
    cells = line.rstrip("\r\n").split("|")
    if len(cells) <= max(places.values()):
        return None
    number = _RPPS.fullmatch(cells[places["rpps"]].strip('" '))
    if number is None:
        return None
    place = cells[places["departement"]].strip('" ')
    if not place and "postcode" in places:
        place = _departement(cells[places["postcode"]].strip('" '))
    return int(number[1]), cells[places["profession"]].strip('" '), place


def _departement(postcode: str) -> str:
    """``86000`` is in 86; overseas ones take three figures."""
    return postcode[:3] if postcode.startswith(("97", "98")) else postcode[:2]
