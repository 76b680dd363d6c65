"""Check a YAML source against a JSON Schema and say every fault in French, on its line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from divan.sources.problem import Problem
from divan.sources.yaml_source import YamlSource

_TYPES = {
    "string": "un texte (entre guillemets s'il ressemble à un nombre)",
    "integer": "un nombre entier",
    "number": "un nombre",
    "boolean": "true ou false",
    "array": "une liste",
    "object": "un groupe de clés",
    "null": "vide",
}


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


@cache
def validator(schema: Schema) -> Any:
    """The compiled validator of a JSON Schema (compiled once a process)."""
    return jsonschema_rs.validator_for(schema.whole(), validate_formats=True)


def schema_problems(source: YamlSource, schema: Schema | Path) -> Iterator[Problem]:
    """Yield a Problem for each fault of ``source`` against the schema; nothing when it is valid."""
    check = validator(schema if isinstance(schema, Schema) else Schema(schema))
    try:
        errors = [] if check.is_valid(source.value) else [*check.iter_errors(source.value)]
    except ValueError:
        yield from _unreadable(source)
        return
    for error in errors:
        where = tuple(error.instance_path)
        say = _SENTENCES.get(error.kind.name)
        for path, sentence, remedy in say(error, where) if say else [(where, _plain(where, error), "")]:
            yield Problem(source.path, source.line_of(path), sentence, remedy)


def _unreadable(source: YamlSource) -> Iterator[Problem]:
    """What JSON, hence a schema, cannot hold: keys that are not text, an alias inside what it names."""
    keys = [*_odd_keys(source.value, (), set())]
    for where in keys:
        yield Problem(source.path, source.line_of(where), f"la clé {_name(where[-1:])} doit être un mot",
                      "mettez-la entre guillemets, ou corrigez-la")  # fmt: skip
    if not keys:
        message = "ce fichier se contient lui-même (« & » et « * »)"
        yield Problem(source.path, source.first_line, message, "recopiez la valeur")


def _odd_keys(value: Any, where: tuple[str | int, ...], seen: set[int]) -> Iterator[tuple[str | int, ...]]:
    if not isinstance(value, dict | list) or id(value) in seen:
        return
    seen.add(id(value))
    for key, inside in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(value, dict) and not isinstance(key, str):
            yield (*where, str(key))
        yield from _odd_keys(inside, (*where, key if isinstance(value, list) else str(key)), seen)


_Said = Iterator[tuple[tuple[str | int, ...], str, str]]


def _name(where: tuple[str | int, ...]) -> str:
    words = [f"n° {part + 1}" if isinstance(part, int) else str(part) for part in where]
    return "« " + " › ".join(words) + " »" if words else "ce fichier"


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "vide"
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value
    return f"« {text[:60]}{'…' if len(text) > 60 else ''} »"


def _format(error: Any, where: tuple[str | int, ...]) -> _Said:
    wanted = {"date": "une date comme 2023-03-26", "email": "une adresse électronique", "uri": "une adresse https://…"}
    kind = error.kind.as_dict()["format"]
    sentence = (
        f"{_name(where)} doit être {wanted.get(kind, 'de la forme « ' + kind + ' »')}, pas {_shown(error.instance)}"
    )
    yield where, sentence, "corrigez la valeur"


def _alternatives(error: Any, where: tuple[str | int, ...]) -> _Said:
    """The faults against the one alternative that the value's own kind fits; else that its form is none of them."""
    fitting = [faults for faults in error.kind.context if all(_inside(one, where) for one in faults)]
    if len(fitting) != 1:
        yield where, _plain(where, error), "voyez les exemples du guide"
        return
    for one in fitting[0]:
        place = tuple(one.instance_path)
        say = _SENTENCES.get(one.kind.name)
        yield from say(one, place) if say else [(place, _plain(place, one), "")]


def _inside(fault: Any, where: tuple[str | int, ...]) -> bool:
    """True when a fault is of something in the value, or of which word it is, rather than of its kind."""
    whole = tuple(fault.instance_path) == where
    several = isinstance(fault.instance, dict | list)
    return not (whole and (fault.kind.name == "type" or (fault.kind.name == "enum" and several)))


def _plain(where: tuple[str | int, ...], error: Any) -> str:
    return f"{_name(where)} n'a pas la forme attendue ({_shown(error.instance)})"


def _required(error: Any, where: tuple[str | int, ...]) -> _Said:
    key = error.kind.as_dict()["property"]
    yield (
        where,
        f"il manque la clé « {key} »" + (f" dans {_name(where)}" if where else ""),
        f"ajoutez une ligne « {key}: … »",
    )


def _unexpected(error: Any, where: tuple[str | int, ...]) -> _Said:
    for key in error.kind.unexpected:
        yield (*where, key), f"la clé « {key} » n'existe pas ici", "corrigez son nom ou retirez-la"


def _enum(error: Any, where: tuple[str | int, ...]) -> _Said:
    allowed = [str(option) for option in error.kind.as_dict()["options"] if option != ""]
    near = get_close_matches(str(error.instance), allowed, n=1)
    remedy = f"vouliez-vous « {near[0]} » ?" if near else "choisissez l'une d'elles"
    if str(error.instance) in allowed:
        remedy = f'écrivez-la entre guillemets : "{error.instance}"'
    yield where, f"{_name(where)} doit valoir {' ou '.join(allowed)}, pas {_shown(error.instance)}", remedy


def _type(error: Any, where: tuple[str | int, ...]) -> _Said:
    allowed = error.kind.as_dict()["types"]
    kinds = " ou ".join(_TYPES.get(kind, kind) for kind in allowed)
    yield where, f"{_name(where)} doit être {kinds}, pas {_shown(error.instance)}", "corrigez la valeur"


def _pattern(error: Any, where: tuple[str | int, ...]) -> _Said:
    yield where, f"{_name(where)} n'a pas la forme attendue : {_shown(error.instance)}", "voyez les exemples du guide"


def _too_few(error: Any, where: tuple[str | int, ...]) -> _Said:
    limit = error.kind.as_dict()["limit"]
    if isinstance(error.instance, list) and limit > 1:
        yield where, f"{_name(where)} doit avoir au moins {limit} valeurs", "ajoutez ce qui manque"
    else:
        yield where, f"{_name(where)} ne doit pas être vide", "remplissez cette valeur"


def _too_long(error: Any, where: tuple[str | int, ...]) -> _Said:
    limit = error.kind.as_dict()["limit"]
    yield where, f"{_name(where)} tient en {limit} caractères, pas {len(error.instance)}", "raccourcissez"


def _bound(words: str) -> Callable[[Any, tuple[str | int, ...]], _Said]:
    def said(error: Any, where: tuple[str | int, ...]) -> _Said:
        limit = str(error.kind.as_dict()["limit"]).replace(".", ",")
        yield where, f"{_name(where)} doit {words} {limit}, pas {_shown(error.instance)}", "corrigez la valeur"

    return said


def _repeated(error: Any, where: tuple[str | int, ...]) -> _Said:
    yield where, f"{_name(where)} répète une valeur", "gardez chacune une fois"


_SENTENCES: dict[str, Callable[[Any, tuple[str | int, ...]], _Said]] = {
    "required": _required,
    "additionalProperties": _unexpected,
    "unevaluatedProperties": _unexpected,
    "enum": _enum,
    "type": _type,
    "pattern": _pattern,
    "minLength": _too_few,
    "minItems": _too_few,
    "maxLength": _too_long,
    "minimum": _bound("valoir au moins"),
    "maximum": _bound("valoir au plus"),
    "exclusiveMinimum": _bound("dépasser"),
    "exclusiveMaximum": _bound("rester sous"),
    "uniqueItems": _repeated,
    "format": _format,
    "anyOf": _alternatives,
    "oneOf": _alternatives,
}
