"""Check a YAML source against a JSON Schema and say every fault in French, on its line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import jsonschema_rs

from divan.sources.problem import FaultKind, Problem
from divan.sources.schema_sentences import Where, named, said
from divan.sources.yaml_source import YamlSource

_FAULT = FaultKind("L05")


@dataclass(frozen=True)
class Schema:
    """A JSON Schema file, and the values of those of its properties that it leaves to each group to fix."""

    path: Path
    allowed: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def whole(self) -> dict[str, Any]:
        """The schema with these values in it; a property that is not required may be empty."""
        found: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
        for name, values in self.allowed:
            described = {key: value for key, value in found["properties"][name].items() if key != "type"}
            empty = () if name in found.get("required", ()) else ("",)
            found["properties"][name] = {**described, "enum": [*empty, *values]}
        return found

    @cached_property
    def compiled(self) -> Any:
        """Its validator, found at hand when a schema is used again, without comparing it with the others."""
        return validator(self)


@cache
def validator(schema: Schema) -> Any:
    """The compiled validator of a JSON Schema (compiled once a process)."""
    return jsonschema_rs.validator_for(schema.whole(), validate_formats=True)


def schema_problems(source: YamlSource, schema: Schema | Path) -> Iterator[Problem]:
    """Yield a Problem for each fault of ``source`` against the schema; nothing when it is valid."""
    check = schema.compiled if isinstance(schema, Schema) else validator(Schema(schema))
    try:
        errors = [] if check.is_valid(source.value) else [*check.iter_errors(source.value)]
    except ValueError:
        yield from _unreadable(source)
        return
    for error in errors:
        for path, sentence, remedy in said(error):
            yield _FAULT(source.path, source.line_of(path), sentence, remedy)


def _unreadable(source: YamlSource) -> Iterator[Problem]:
    """What JSON, hence a schema, cannot hold: keys that are not text, an alias inside what it names."""
    keys = [*_odd_keys(source.value, (), set())]
    for where in keys:
        yield _FAULT(source.path, source.line_of(where), f"la clé {named(where[-1:])} doit être un mot",
                      "mettez-la entre guillemets, ou corrigez-la")  # fmt: skip
    if not keys:
        message = "ce fichier se contient lui-même (« & » et « * »)"
        yield _FAULT(source.path, source.first_line, message, "recopiez la valeur")


def _odd_keys(value: Any, where: Where, seen: set[int]) -> Iterator[Where]:
    if not isinstance(value, dict | list) or id(value) in seen:
        return
    seen.add(id(value))
    for key, inside in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(value, dict) and not isinstance(key, str):
            yield (*where, str(key))
        yield from _odd_keys(inside, (*where, key if isinstance(value, list) else str(key)), seen)
