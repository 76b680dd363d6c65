"""The kinds of proposals and their fields, as ``kinds.yaml`` declares them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from divan.forum.naming import POST_ID
from divan.sources.yaml_source import read_yaml

KINDS_PATH = Path(__file__).with_name("kinds.yaml")

_PATTERNS = {
    "pseudonym": r"[^\W\d_][^\W_]*(?:[ '’._-][^\W_]+)*",
    "hashtag": r"[^\W\d_][^\W_]*(?:-[^\W_]+)*",
    "phone": r"(?:\+33 ?[1-9]|0[1-9])(?:[ .]?\d{2}){4}",
    "email": r"[^@\s]+@[^@\s]+\.[^@\s]+",
    "website": r"https?://[^\s]+",
}
_TARGETS = {
    "thread": POST_ID.pattern,
    "post": rf"(?:{POST_ID.pattern})(?:#r-{POST_ID.pattern})?",
    "entry": r"[a-z0-9]+(?:-[a-z0-9]+)*",
}
LONGEST_TEXT = 20_000
LONGEST_LINE = 300
MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class Field:
    """One field: ``type`` is line, text, words, lines, choice or tick; ``checked`` ones may not identify anybody.

    ``choices`` are what it may be, each with its words; ``among`` names the group's facts (places, areas, services)
    that hold the values it may have.
    """

    name: str
    type: str
    label: str
    required: bool
    longest: int
    choices: Mapping[str, str]
    among: str
    pattern: re.Pattern[str] | None
    default: str
    checked: bool


@dataclass(frozen=True, slots=True)
class ProposalKind:
    """One kind; ``target`` is the pattern of what it is about (None: nothing), ``about`` says what that is."""

    id: str
    label: str
    about: str
    target: re.Pattern[str] | None
    target_required: bool
    fields: tuple[Field, ...]


@cache
def load_kinds() -> dict[str, ProposalKind]:
    """The kinds by id, in the file's order."""
    written = read_yaml(KINDS_PATH.name, KINDS_PATH.read_text(encoding="utf-8")).value
    return {name: _kind(name, row) for name, row in written.items()}


def _kind(name: str, row: dict[str, Any]) -> ProposalKind:
    about, optional = row.get("target", "").removesuffix("?"), row.get("target", "").endswith("?")
    target = re.compile(_TARGETS[about]) if about else None
    fields = tuple(_field(key, field) for key, field in row["fields"].items())
    return ProposalKind(name, row["label"], about, target, bool(about) and not optional, fields)


def _field(name: str, row: dict[str, Any]) -> Field:
    kind = row["type"]
    return Field(
        name=name,
        type=kind,
        label=row["label"],
        required=row.get("required", False),
        longest=row.get("longest", LONGEST_LINE if kind == "line" else LONGEST_TEXT),
        choices=row.get("choices", {}),
        among=row.get("among", ""),
        pattern=re.compile(_PATTERNS[row["pattern"]]) if "pattern" in row else None,
        default=row.get("default", ""),
        checked=row.get("checked", False),
    )
