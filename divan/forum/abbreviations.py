"""What physicians abbreviate: our list, which the search page reads too, and a group's own in its ``content/``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from divan.forum.post_text import decode
from divan.house import house
from divan.sources.problem import stop_if
from divan.sources.schema import schema_problems
from divan.sources.yaml_source import read_yaml

ABBREVIATIONS_PATH = "content/abbreviations.yaml"
_OURS = "static/search/abbreviations.json"
_SCHEMA = Path(__file__).parent / "schemas" / "abbreviations.schema.json"

Abbreviations = Mapping[str, tuple[str, ...]]


def load_own(root: Path) -> Abbreviations:
    """Those of the group at ``root``, none when it has no such file; raises ProblemsFound."""
    file = root / ABBREVIATIONS_PATH
    if not file.is_file():
        return {}
    return read_abbreviations(ABBREVIATIONS_PATH, decode(ABBREVIATIONS_PATH, file.read_bytes()))


def with_ours(own: Abbreviations) -> Abbreviations:
    """Meanings by abbreviation, in capitals: those that everybody uses, then the group's."""
    ours: Abbreviations = json.loads((house("theme") / _OURS).read_text(encoding="utf-8"))
    return {short: tuple(dict.fromkeys((*ours.get(short, ()), *own.get(short, ())))) for short in (*ours, *own)}


def read_abbreviations(path: str, text: str) -> Abbreviations:
    """Read one file of them; raises ProblemsFound."""
    source = read_yaml(path, text, aliases=False)
    stop_if(schema_problems(source, _SCHEMA))
    return {short.upper(): tuple(meanings) for short, meanings in source.value.items()}
