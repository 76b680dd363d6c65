"""The rules of a questionnaire that a JSON Schema cannot say. Each yields its faults, on their lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from divan.sources.problem import FaultKind, Problem
from divan.sources.yaml_source import YamlSource
from surveys.kinds import kind_named
from surveys.rules.choices import choices
from surveys.rules.conditions import conditions
from surveys.rules.drawn_places import drawn_places
from surveys.rules.formulas import formulas
from surveys.rules.past_names import declared_changes
from surveys.rules.raw import RESERVED, Fault, declared, offered, walk
from surveys.rules.recalls import recalls

_COMMON = {"id", "type", "text", "help", "required", "shown_if", "fallback", "headers", "missing", "image"}


def questionnaire_problems(source: YamlSource) -> Iterator[Problem]:
    """Yield every fault of meaning of a questionnaire whose form is right."""
    for kind, rule in _RULES:
        for place, message, remedy in rule(source.value):
            yield kind(source.path, source.line_of(place), message, remedy)


def _names(raw: dict[str, Any]) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, item in walk(raw):
        name = item["id"]
        if name in RESERVED:
            yield (*place, "id"), f"« {name} » est un nom réservé", "choisissez un autre identifiant"
        if name in seen:
            yield (*place, "id"), f"l'identifiant « {name} » sert à deux questions", "donnez-en un à chacune"
        columns = {name, f"{name}_other"} if any(c.get("other") for _, c in offered(raw, place, item)) else {name}
        for clash in sorted((columns & seen) - {name}):
            yield (*place, "id"), f"« {clash} » est déjà la colonne d'une autre question", "changez l'un des deux noms"
        seen |= columns
    sections = [section["id"] for section in raw["sections"]]
    for s, name in enumerate(sections):
        if name in sections[:s]:
            yield ("sections", s, "id"), f"la page « {name} » est définie deux fois", "donnez un identifiant à chacune"


def _keys(raw: dict[str, Any]) -> Iterator[Fault]:
    for place, item in declared(raw):
        kind = item["type"]
        known = kind_named(kind)
        for key in sorted(set(item) - _COMMON - known.keys):
            yield (*place, key), f"une question « {kind} » n'a pas de clé « {key} »", "retirez-la ou changez le type"
        for key in sorted(known.needed - set(item)):
            yield place, f"une question « {kind} » doit avoir la clé « {key} »", f"ajoutez une ligne « {key}: … »"
        if item.get("format") == "digits" and "length" not in item:
            yield place, "un code en chiffres doit dire combien il en a", "ajoutez une ligne « length: 4 »"


def _bounds(raw: dict[str, Any]) -> Iterator[Fault]:
    for place, item in walk(raw):
        low, high = item.get("minimum", 0), item.get("maximum", 10)
        if item["type"] in ("scale", "integer", "decimal") and low >= high:
            yield (
                (*place, "minimum"),
                f"le minimum de « {item['id']} » ({low}) doit être sous son maximum ({high})",
                "corrigez-les",
            )
        for key in ("minimum", "maximum"):
            if item["type"] in ("scale", "integer") and item.get(key, 0) % 1:
                message = f"« {key} » de « {item['id']} » doit être un nombre entier, comme ses réponses"
                yield (*place, key), message, "corrigez-le, ou prenez « decimal »"
        if item.get("earliest", "") > item.get("latest", "9999-12-31"):
            message = f"« earliest » de « {item['id']} » doit venir avant « latest »"
            yield (*place, "earliest"), message, "corrigez ces deux jours"
        if item["type"] == "scale" and high - low > 10:
            yield (
                (*place, "maximum"),
                f"l'échelle « {item['id']} » a {high - low + 1} degrés, plus que 11",
                "prenez « integer »",
            )


def _matrices(raw: dict[str, Any]) -> Iterator[Fault]:
    names = {item["id"] for _, item in walk(raw)}
    seen: set[str] = set()
    for place, item in declared(raw):
        if item["type"] != "matrix":
            continue
        if item["id"] in names | seen:
            yield (*place, "id"), f"« {item['id']} » est aussi le nom d'une autre question", "donnez-en un à chacune"
        seen.add(item["id"])
        if any(choice.get("other") for _, choice in offered(raw, place, item)):
            yield (
                (*place, "choices"),
                f"« {item['id']} » : une matrice n'a pas de réponse « autre »",
                "retirez « other »",
            )


def _ranks(raw: dict[str, Any]) -> Iterator[Fault]:
    for place, item in walk(raw):
        n = len(offered(raw, place, item))
        if item["type"] == "ranking" and item.get("ranks", n) > n:
            message = f"« {item['id']} » a {item['ranks']} rangs pour {n} réponses"
            yield (*place, "ranks"), message, "demandez-en moins"


_RULES = (
    (FaultKind("E11"), _names),
    (FaultKind("E12"), _keys),
    (FaultKind("E13"), choices),
    (FaultKind("E14"), formulas),
    (FaultKind("E15"), recalls),
    (FaultKind("E16"), drawn_places),
    (FaultKind("E17"), _bounds),
    (FaultKind("E18"), _matrices),
    (FaultKind("E19"), _ranks),
    (FaultKind("E20"), conditions),
    (FaultKind("E21"), declared_changes),
)
