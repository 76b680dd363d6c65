"""The rules of a questionnaire that a JSON Schema cannot say. Each yields its faults, on their lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sources.problem import Problem
from sources.yaml_source import YamlSource
from surveys.condition import ConditionError, parse_condition
from surveys.folding import fold, nearest

Place = tuple[str | int, ...]
Fault = tuple[Place, str, str]

_RESERVED = {"response", "date", "submission", "study", "wave", "website"}
_COMMON = {"id", "type", "text", "help", "required", "shown_if", "fallback", "headers"}
_KEYS: dict[str, set[str]] = {
    "code": {"format", "length"},
    "single": {"choices"},
    "several": {"choices"},
    "likert": {"choices"},
    "scale": {"minimum", "maximum", "low_label", "high_label"},
    "integer": {"minimum", "maximum", "unit"},
    "short_text": {"length"},
    "long_text": {"length"},
    "consent": {"version"},
}
_NEEDED: dict[str, set[str]] = {
    "code": {"format"}, "single": {"choices"}, "several": {"choices"}, "likert": {"choices"},
    "integer": {"minimum", "maximum"}, "consent": {"version"},
}  # fmt: skip


def questionnaire_problems(source: YamlSource) -> Iterator[Problem]:
    """Yield every fault of meaning of a questionnaire whose form is right."""
    for rule in (_names, _keys, _choices, _bounds, _conditions):
        for place, message, remedy in rule(source.value):
            yield Problem(source.path, source.line_of(place), message, remedy)


def _walk(raw: dict[str, Any]) -> Iterator[tuple[Place, dict[str, Any]]]:
    for s, section in enumerate(raw["sections"]):
        for i, item in enumerate(section["items"]):
            yield ("sections", s, "items", i), item


def _names(raw: dict[str, Any]) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, item in _walk(raw):
        name = item["id"]
        if name in _RESERVED:
            yield (*place, "id"), f"« {name} » est un nom réservé", "choisissez un autre identifiant"
        if name in seen:
            yield (*place, "id"), f"l'identifiant « {name} » sert à deux questions", "donnez-en un à chacune"
        columns = {name, f"{name}_other"} if any(c.get("other") for _, c in _offered(raw, place, item)) else {name}
        for clash in sorted((columns & seen) - {name}):
            yield (*place, "id"), f"« {clash} » est déjà la colonne d'une autre question", "changez l'un des deux noms"
        seen |= columns
    sections = [section["id"] for section in raw["sections"]]
    for s, name in enumerate(sections):
        if name in sections[:s]:
            yield ("sections", s, "id"), f"la page « {name} » est définie deux fois", "donnez un identifiant à chacune"


def _keys(raw: dict[str, Any]) -> Iterator[Fault]:
    for place, item in _walk(raw):
        kind = item["type"]
        for key in sorted(set(item) - _COMMON - _KEYS[kind]):
            yield (*place, key), f"une question « {kind} » n'a pas de clé « {key} »", "retirez-la ou changez le type"
        for key in sorted(_NEEDED.get(kind, set()) - set(item)):
            yield place, f"une question « {kind} » doit avoir la clé « {key} »", f"ajoutez une ligne « {key}: … »"
        if item.get("format") == "digits" and "length" not in item:
            yield place, "un code en chiffres doit dire combien il en a", "ajoutez une ligne « length: 4 »"


def _offered(raw: dict[str, Any], place: Place, item: dict[str, Any]) -> list[tuple[Place, dict[str, Any]]]:
    """The choices of an item with their places, through a named scale when there is one."""
    choices = item.get("choices", [])
    home: Place = (*place, "choices")
    if isinstance(choices, str):
        home, choices = ("scales", choices), raw.get("scales", {}).get(choices, [])
    return [((*home, n), choice) for n, choice in enumerate(choices)]


def _choices(raw: dict[str, Any]) -> Iterator[Fault]:
    scales = raw.get("scales", {})
    for place, item in _walk(raw):
        named = item.get("choices")
        if isinstance(named, str) and named not in scales:
            near = nearest(named, scales)
            remedy = f"vouliez-vous « {near} » ?" if near else "définissez-la sous « scales »"
            yield (*place, "choices"), f"la liste de réponses « {named} » n'existe pas", remedy
            continue
        offered = _offered(raw, place, item)
        if item["type"] in ("single", "several", "likert") and offered:
            for rule in (_choice_ids, _labels, _scores, _roles):
                yield from rule(item, offered)


_Offered = list[tuple[Place, dict[str, Any]]]


def _choice_ids(item: dict[str, Any], offered: _Offered) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, choice in offered:
        if "id" not in choice and "score" not in choice:
            yield place, f"la réponse « {choice['label']} » doit avoir un identifiant", "ajoutez « id: … »"
            continue
        name = choice.get("id", str(choice.get("score")))
        if name in seen:
            yield place, f"l'identifiant « {name} » sert à deux réponses de « {item['id']} »", "donnez-en un à chacune"
        seen.add(name)


def _labels(item: dict[str, Any], offered: _Offered) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, choice in offered:
        for label in (choice["label"], *choice.get("aliases", ())):
            if fold(label) in seen:
                yield place, f"le libellé « {label} » est donné deux fois à « {item['id']} »", "gardez-en un seul"
            seen.add(fold(label))


def _scores(item: dict[str, Any], offered: _Offered) -> Iterator[Fault]:
    if item["type"] != "likert":
        return
    scores = []
    for place, choice in offered:
        if "score" not in choice:
            yield place, f"le degré « {choice['label']} » doit avoir une valeur", "ajoutez « score: … »"
        elif choice.get("id", str(choice["score"])) != str(choice["score"]):
            yield place, f"le degré « {choice['label']} » a pour identifiant sa valeur", "retirez « id »"
        else:
            scores.append(choice["score"])
    expected = list(range(min(scores), max(scores) + 1)) if scores else []
    missing = sorted(set(expected) - set(scores))
    if missing:
        gap = ", ".join(map(str, missing))
        yield offered[0][0], f"les valeurs de « {item['id']} » sautent {gap}", "donnez-leur des entiers qui se suivent"


def _roles(item: dict[str, Any], offered: _Offered) -> Iterator[Fault]:
    others = [place for place, choice in offered if choice.get("other")]
    for place in others[1:]:
        yield place, f"« {item['id']} » a déjà une réponse « autre »", "gardez-en une seule"
    if others and item["type"] == "likert":
        yield others[0], "une échelle de Likert n'a pas de réponse « autre »", "retirez « other »"
    for place, choice in offered:
        if choice.get("exclusive") and item["type"] != "several":
            yield place, "« exclusive » ne sert qu'aux questions « several »", "retirez-le"
    if len(offered) == 1 and item["type"] != "several":
        yield offered[0][0], f"« {item['id']} » n'offre qu'une réponse", "ajoutez-en une autre"


def _bounds(raw: dict[str, Any]) -> Iterator[Fault]:
    for place, item in _walk(raw):
        low, high = item.get("minimum", 0), item.get("maximum", 10)
        if item["type"] in ("scale", "integer") and low >= high:
            yield (
                (*place, "minimum"),
                f"le minimum de « {item['id']} » ({low}) doit être sous son maximum ({high})",
                "corrigez-les",
            )
        if item["type"] == "scale" and high - low > 10:
            yield (
                (*place, "maximum"),
                f"l'échelle « {item['id']} » a {high - low + 1} degrés, plus que 11",
                "prenez « integer »",
            )


def _conditions(raw: dict[str, Any]) -> Iterator[Fault]:
    earlier: dict[str, tuple[Place, dict[str, Any]]] = {}
    known = {item["id"] for _, item in _walk(raw)}
    for place, item in _walk(raw):
        if "shown_if" in item:
            try:
                condition = parse_condition(item["shown_if"])
            except ConditionError as error:
                yield (
                    (*place, "shown_if"),
                    f"la condition doit se lire : {error}",
                    "exemple : uses = yes and age != over_70",
                )
            else:
                for name, op, value in condition.comparisons():
                    if name == item["id"]:
                        yield (*place, "shown_if"), f"« {name} » dépend d'elle-même", "parlez d'une question précédente"
                        continue
                    for message, remedy in _comparison(raw, earlier, known, name, op, value):
                        yield (*place, "shown_if"), message, remedy
        earlier[item["id"]] = (place, item)


_NUMERIC: Callable[[dict[str, Any]], bool] = lambda item: item["type"] in ("likert", "scale", "integer")  # noqa: E731


def _comparison(
    raw: dict[str, Any],
    earlier: dict[str, tuple[Place, dict[str, Any]]],
    known: set[str],
    name: str,
    op: str,
    value: str,
) -> Iterator[tuple[str, str]]:
    if name not in known:
        near = nearest(name, known)
        yield f"la condition parle de « {name} », qui n'existe pas", f"vouliez-vous « {near} » ?" if near else ""
    elif name not in earlier:
        yield f"la condition parle de « {name} », qui vient plus loin", "une condition dépend de questions précédentes"
    elif op in ("<", "<=", ">", ">=") and not _NUMERIC(earlier[name][1]):
        yield f"« {name} » n'est pas un nombre : « {op} » ne s'y applique pas", "utilisez « = »"
    elif op in ("=", "!=") and earlier[name][1]["type"] in ("single", "several", "likert"):
        place, item = earlier[name]
        ids = [choice.get("id", str(choice.get("score"))) for _, choice in _offered(raw, place, item)]
        if value not in ids:
            near = nearest(value, ids)
            yield (f"« {value} » n'est pas une réponse de « {name} »",
                   f"vouliez-vous « {near} » ?" if near else f"choisissez parmi {', '.join(ids)}")  # fmt: skip
