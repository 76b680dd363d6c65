"""Keep a response's number from one import to the next, and say what changed between them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from surveys.model import Wave
from surveys.responses import Responses, Row


@dataclass(frozen=True, slots=True)
class Changes:
    """How many responses an import keeps as they were, adds, changes and takes away."""

    kept: int
    added: int
    changed: int
    removed: int

    def __str__(self) -> str:
        return f"inchangées {self.kept}, ajoutées {self.added}, modifiées {self.changed}, retirées {self.removed}"


def numbered(wave: Wave, rows: list[Row], held: Responses) -> tuple[Responses, Changes]:
    """Give each row the number that it had before: by equal content, else by day and code when only one fits."""
    columns = ("date", *wave.questionnaire.columns)
    same = _by(held.rows, columns)
    names: list[str | None] = [_take(same, _key(row, columns)) for row in rows]
    kept = sum(name is not None for name in names)
    left = {row["response"] for row in held.rows} - set(names)
    alike = _by([row for row in held.rows if row["response"] in left], ("date", "code"))
    changed = 0
    for position, row in enumerate(rows):
        key = _key(row, ("date", "code"))
        if names[position] is None and row.get("code") and len(alike.get(key, ())) == 1:
            names[position] = _take(alike, key)
            changed += 1
    last = max((_number(row["response"]) for row in held.rows), default=0)
    named: list[Row] = []
    for name, row in zip(names, rows, strict=True):
        if name is None:
            last += 1
            name = f"{wave.id}-{last:04d}"
        named.append({"response": name, **row})
    removed = len(held.rows) - kept - changed
    return Responses(wave, tuple(named)), Changes(kept, len(rows) - kept - changed, changed, removed)


def _number(name: str) -> int:
    """``before-0042`` is 42; a name that somebody made up is no number."""
    digits = name.rpartition("-")[2]
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def _key(row: Row, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in columns)


def _by(rows: tuple[Row, ...] | list[Row], columns: tuple[str, ...]) -> dict[tuple[str, ...], list[str]]:
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in rows:
        found[_key(row, columns)].append(row["response"])
    return found


def _take(found: dict[tuple[str, ...], list[str]], key: tuple[str, ...]) -> str | None:
    return found[key].pop(0) if found.get(key) else None
