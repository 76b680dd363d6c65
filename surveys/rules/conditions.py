"""What a condition may say: it looks back, at questions that exist, for answers that they offer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from surveys.condition import ConditionError, parse_condition
from surveys.folding import meant
from surveys.rules.raw import NUMERIC, Fault, Place, offered, walk


def conditions(raw: dict[str, Any]) -> Iterator[Fault]:
    """Each fault of the conditions: of form, of what they speak of, of what they compare."""
    earlier: dict[str, tuple[Place, dict[str, Any]]] = {}
    known = {item["id"] for _, item in walk(raw)}
    for place, item in walk(raw):
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


def _comparison(
    raw: dict[str, Any],
    earlier: dict[str, tuple[Place, dict[str, Any]]],
    known: set[str],
    name: str,
    op: str,
    value: str,
) -> Iterator[tuple[str, str]]:
    if name not in known:
        yield f"la condition parle de « {name} », qui n'existe pas", meant(name, known, "")
    elif name not in earlier:
        yield f"la condition parle de « {name} », qui vient plus loin", "une condition dépend de questions précédentes"
    elif op in ("<", "<=", ">", ">=") and earlier[name][1]["type"] not in NUMERIC:
        yield f"« {name} » n'est pas un nombre : « {op} » ne s'y applique pas", "utilisez « = »"
    elif op in ("=", "!=") and earlier[name][1]["type"] in ("single", "several", "likert"):
        place, item = earlier[name]
        ids = [choice.get("id", str(choice.get("score"))) for _, choice in offered(raw, place, item)]
        if value not in ids:
            otherwise = f"choisissez parmi {', '.join(ids)}"
            yield f"« {value} » n'est pas une réponse de « {name} »", meant(value, ids, otherwise)
