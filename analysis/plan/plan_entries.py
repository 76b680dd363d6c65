"""What a plan asks for, part by part: two texts that ask for the same have the same parts.

Titles and labels, spaces, the order of keys and the names that the plan gives to its tables ask for nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.model import FEWEST_SHOWN

SETTINGS: Mapping[str, Any] = {"threshold": FEWEST_SHOWN, "alpha": 0.05, "confidence": 0.95, "multiplicity": "holm",
                               "quantile_type": 7, "composite": None, "primary": None}  # fmt: skip
_WORDING = frozenset({"title", "label", "added"})
_OWN_NAME = _WORDING | {"id", "tests"}


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """One part: its ``kind`` (table, test, figure, variable, open, setting), its name, the digest of what it asks."""

    kind: str
    id: str
    says: str
    label: str = ""


def plan_entries(raw: Any) -> tuple[PlanEntry, ...]:
    """The parts of a plan as YAML gave it; what has no shape of a plan is no part of it."""
    if not isinstance(raw, dict):
        return ()
    found = [*_settings(raw)]
    for one in _listed(raw, "variables"):
        asked = {"item": one["id"]} | one
        found.append(PlanEntry("variable", one["id"], digest_of(_bare(asked)), _label(one)))
    for one in _listed(raw, "tables"):
        found += _table(one)
    found += [PlanEntry("figure", one["id"], digest_of(_bare(one, _OWN_NAME)), _label(one))
              for one in _listed(raw, "figures")]  # fmt: skip
    found += [
        PlanEntry("open", one["item"], digest_of(_bare(one)), _label(one)) for one in _listed(raw, "open", "item")
    ]
    return tuple(found)


def entries_digest(entries: Iterable[PlanEntry]) -> str:
    """One digest of all that a plan asks, whatever its wording and order."""
    return digest_of(sorted({(one.kind, one.says) for one in entries}))


def digest_of(value: Any) -> str:
    """A digest of plain values that does not see the order of keys."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def named_test(table: str, test: str) -> str:
    """The name of a test among the parts of a plan."""
    return f"{table}/{test}"


def _settings(raw: dict[str, Any]) -> Iterator[PlanEntry]:
    for name, usual in SETTINGS.items():
        value = raw.get(name, usual)
        label = str(value) if isinstance(value, (int, float, str)) else ""
        yield PlanEntry("setting", name, digest_of([name, _bare(value)]), label)


def _table(raw: dict[str, Any]) -> Iterator[PlanEntry]:
    says = digest_of(_bare(raw, _OWN_NAME))
    yield PlanEntry("table", raw["id"], says, _label(raw))
    tests = raw.get("tests", ())
    for one in tests if isinstance(tests, (list, tuple)) else ():
        name = one.get("test") if isinstance(one, dict) else one
        if isinstance(name, str):
            yield PlanEntry("test", named_test(raw["id"], name), digest_of([says, name]), _label(raw))


def _listed(raw: dict[str, Any], key: str, name: str = "id") -> list[dict[str, Any]]:
    value = raw.get(key)
    return [one for one in value if isinstance(one, dict) and isinstance(one.get(name), str)] if isinstance(
        value, list) else []  # fmt: skip


def _bare(value: Any, without: frozenset[str] = _WORDING) -> Any:
    """A value without the words that only name it, at any depth."""
    if isinstance(value, dict):
        return {key: _bare(one) for key, one in value.items() if key not in without}
    return [_bare(one) for one in value] if isinstance(value, list) else value


def _label(raw: dict[str, Any]) -> str:
    return str(raw.get("title", raw.get("label", "")))
