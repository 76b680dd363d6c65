"""The figures of a published report, each at its place, and those that another report moves."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from divan.sources import french
from divan.sources.french import plural

Place = tuple[str, ...]
DIGITS = 9  # significant digits by which two figures are the same, whatever the processor
_NAMES = frozenset({"row", "level", "label"})
_OF_A_TEST = ("statistic", "p_value", "n")
_PARTS = {"percent": "%", "low": "borne basse", "high": "borne haute"}


@dataclass(frozen=True, slots=True)
class Move:
    """A figure that is not what it was: where it stands, in words, then as it was and as it is (« — » for none)."""

    table: str
    row: str
    column: str
    before: str
    after: str


def figures(report: Mapping[str, Any]) -> dict[Place, Any]:
    """Every figure of a ``report.json`` by its place; words that name are none."""
    found: dict[Place, Any] = {}
    for name, table in report.get("tables", {}).items():
        seen: Counter[Place] = Counter()
        for row in table["rows"]:
            place = (name, row["row"], row["level"])
            seen[place] += 1
            found |= {(*place, str(seen[place]), key): value for key, value in row.items() if key not in _NAMES}
    found |= dict(_tests(report.get("tests", ())))
    for step in report.get("flow", ()):
        found["flow", step["id"], "", "1", "n"] = step["n"]
        found |= {("flow", step["id"], one["reason"], "1", "n"): one["n"] for one in step["excluded"]}
    for wave, counts in report.get("waves", {}).items():
        found |= {("waves", wave, "", "1", key): value for key, value in counts.items()}
    return found | {("activity", "", "", "1", key): value for key, value in report.get("activity", {}).items()}


def _tests(tests: Any) -> Iterator[tuple[Place, Any]]:
    seen: Counter[Place] = Counter()
    for one in tests:
        place = (one["table"], one["row"], f"{one['test']} {one['wave'] or ''}".strip())
        seen[place] += 1
        values = {key: one[key] for key in _OF_A_TEST} | one["detail"]
        yield from (((*place, str(seen[place]), key), value) for key, value in values.items()
                    if isinstance(value, (int, float)) or value is None)  # fmt: skip


def figures_digest(report: Mapping[str, Any]) -> str:
    """One digest of all the figures of a report."""
    told = sorted((place, _same(value)) for place, value in figures(report).items())
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def moves(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Move, ...]:
    """Each figure that moved, came or went, in the order of the page; a table that was not there before is one move."""
    old, new = figures(before), figures(after)
    added = after.get("tables", {}).keys() - before.get("tables", {}).keys()
    changed = [place for place in dict.fromkeys([*new, *old])
               if place not in old or place not in new or _same(old[place]) != _same(new[place])]  # fmt: skip
    kept = (_move(place, old, new, before, after) for place in changed if place[0] not in added)
    return (*kept, *_added(added, new, after))


def _added(added: Set[str], new: Mapping[Place, Any], after: Mapping[str, Any]) -> Iterator[Move]:
    """A line for each table that was not there, in the order of the page."""
    for name, table in after.get("tables", {}).items():
        if name in added:
            many = plural(sum(place[0] == name for place in new), "chiffre")
            yield Move(f"{name}. {table['title']}", "Tout le tableau", many, "—", "ajouté")


def _same(value: Any) -> str:
    return f"{value:.{DIGITS}g}" if isinstance(value, (int, float)) else json.dumps(value, ensure_ascii=False)


def _move(
    place: Place,
    old: Mapping[Place, Any],
    new: Mapping[Place, Any],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> Move:
    table, row, level, _, key = place
    told = after if place in new else before
    texts = _shown(old.get(place), new.get(place))
    known = told.get("tables", {}).get(table)
    if known is None:
        return Move(table, " ".join(filter(None, (row, level))), key, *texts)
    return Move(f"{table}. {known['title']}", _row(known["rows"], row, level), _column(known["columns"], key), *texts)


def _row(rows: list[dict[str, Any]], row: str, level: str) -> str:
    """What a row is, under the row that heads it when it has one."""
    labels = [one["label"] for here in ("", level) for one in rows if (one["row"], one["level"]) == (row, here)]
    return ", ".join(dict.fromkeys(labels)) or f"{row} {level}".strip()


def _column(columns: list[dict[str, Any]], key: str) -> str:
    """The label of the column that a key of a row belongs to, and which of its figures it is."""
    for one in sorted(columns, key=lambda column: -len(column["id"])):
        if key == one["id"] or key.startswith(f"{one['id']}_"):
            part = key[len(one["id"]) + 1 :]
            return f"{one['label']}, {_PARTS.get(part, part)}" if part else str(one["label"])
    return key


def _shown(before: Any, after: Any) -> tuple[str, str]:
    """Two figures with as many decimals as tell them apart."""
    digits = range(2, DIGITS + 3) if any(isinstance(one, float) for one in (before, after)) else (0,)
    texts = ("", "")
    for count in digits:
        texts = (_text(before, count), _text(after, count))
        if texts[0] != texts[1]:
            break
    return texts


def _text(value: Any, digits: int) -> str:
    if isinstance(value, (int, float)):
        return french.number(value, digits if isinstance(value, float) else 0)
    return "—" if value is None else str(value)
