"""What a JSON Schema finds wrong, said in French: where, what must hold and what was found, the remedy."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any

Where = tuple[str | int, ...]
Said = Iterator[tuple[Where, str, str]]

_TYPES = {
    "string": "un texte (entre guillemets s'il ressemble à un nombre)",
    "integer": "un nombre entier",
    "number": "un nombre",
    "boolean": "true ou false",
    "array": "une liste",
    "object": "un groupe de clés",
    "null": "vide",
}


def said(error: Any) -> Said:
    """The faults of one error of the validator's: usually one, as many as there are keys too many."""
    where = tuple(error.instance_path)
    say = _SENTENCES.get(error.kind.name)
    return say(error, where) if say else iter([(where, _plain(where, error), "")])


def named(where: Where) -> str:
    """A place as a reader is told it."""
    words = [f"n° {part + 1}" if isinstance(part, int) else str(part) for part in where]
    return "« " + " › ".join(words) + " »" if words else "ce fichier"


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "vide"
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value
    return f"« {text[:60]}{'…' if len(text) > 60 else ''} »"


def _format(error: Any, where: Where) -> Said:
    wanted = {"date": "une date comme 2023-03-26", "email": "une adresse électronique", "uri": "une adresse https://…"}
    kind = error.kind.as_dict()["format"]
    sentence = (
        f"{named(where)} doit être {wanted.get(kind, 'de la forme « ' + kind + ' »')}, pas {_shown(error.instance)}"
    )
    yield where, sentence, "corrigez la valeur"


def _alternatives(error: Any, where: Where) -> Said:
    """The faults against the one alternative that the value's own kind fits; else that its form is none of them."""
    fitting = [faults for faults in error.kind.context if all(_inside(one, where) for one in faults)]
    if len(fitting) != 1:
        yield where, _plain(where, error), "voyez les exemples du guide"
        return
    for one in fitting[0]:
        yield from said(one)


def _inside(fault: Any, where: Where) -> bool:
    """True when a fault is of something in the value, or of which word it is, rather than of its kind."""
    whole = tuple(fault.instance_path) == where
    several = isinstance(fault.instance, dict | list)
    return not (whole and (fault.kind.name == "type" or (fault.kind.name == "enum" and several)))


def _plain(where: Where, error: Any) -> str:
    return f"{named(where)} n'a pas la forme attendue ({_shown(error.instance)})"


def _required(error: Any, where: Where) -> Said:
    key = error.kind.as_dict()["property"]
    yield (
        where,
        f"il manque la clé « {key} »" + (f" dans {named(where)}" if where else ""),
        f"ajoutez une ligne « {key}: … »",
    )


def _unexpected(error: Any, where: Where) -> Said:
    for key in error.kind.unexpected:
        yield (*where, key), f"la clé « {key} » n'existe pas ici", "corrigez son nom ou retirez-la"


def _enum(error: Any, where: Where) -> Said:
    allowed = [str(option) for option in error.kind.as_dict()["options"] if option != ""]
    near = get_close_matches(str(error.instance), allowed, n=1)
    remedy = f"vouliez-vous « {near[0]} » ?" if near else "choisissez l'une d'elles"
    if str(error.instance) in allowed:
        remedy = f'écrivez-la entre guillemets : "{error.instance}"'
    yield where, f"{named(where)} doit valoir {' ou '.join(allowed)}, pas {_shown(error.instance)}", remedy


def _type(error: Any, where: Where) -> Said:
    allowed = error.kind.as_dict()["types"]
    kinds = " ou ".join(_TYPES.get(kind, kind) for kind in allowed)
    yield where, f"{named(where)} doit être {kinds}, pas {_shown(error.instance)}", "corrigez la valeur"


def _pattern(error: Any, where: Where) -> Said:
    yield where, f"{named(where)} n'a pas la forme attendue : {_shown(error.instance)}", "voyez les exemples du guide"


def _too_few(error: Any, where: Where) -> Said:
    limit = error.kind.as_dict()["limit"]
    if isinstance(error.instance, list) and limit > 1:
        yield where, f"{named(where)} doit avoir au moins {limit} valeurs", "ajoutez ce qui manque"
    else:
        yield where, f"{named(where)} ne doit pas être vide", "remplissez cette valeur"


def _too_long(error: Any, where: Where) -> Said:
    limit = error.kind.as_dict()["limit"]
    yield where, f"{named(where)} tient en {limit} caractères, pas {len(error.instance)}", "raccourcissez"


def _bound(words: str) -> Callable[[Any, Where], Said]:
    def bound(error: Any, where: Where) -> Said:
        limit = str(error.kind.as_dict()["limit"]).replace(".", ",")
        yield where, f"{named(where)} doit {words} {limit}, pas {_shown(error.instance)}", "corrigez la valeur"

    return bound


def _repeated(error: Any, where: Where) -> Said:
    yield where, f"{named(where)} répète une valeur", "gardez chacune une fois"


def _key(error: Any, where: Where) -> Said:
    """A key is no value of its own: its name is what is shown, and its line where it stands."""
    key = error.kind.error.instance
    yield (*where, key), f"la clé « {key} » n'a pas la forme attendue", "changez son nom ; voyez les exemples du guide"


_SENTENCES: dict[str, Callable[[Any, Where], Said]] = {
    "required": _required,
    "additionalProperties": _unexpected,
    "unevaluatedProperties": _unexpected,
    "enum": _enum,
    "type": _type,
    "pattern": _pattern,
    "propertyNames": _key,
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
