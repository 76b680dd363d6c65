"""Faults of a plan's variables: the item exists, its recoding covers every level, once."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from analysis.plan.specification import ANSWER
from surveys.model import Study
from surveys.questionnaire import FREE, NUMBERS, Item, ItemType
from surveys.rules.raw import Fault, Place

RESERVED = "missing"
_NUMBER = frozenset({ItemType.INTEGER, ItemType.DECIMAL, ItemType.DATE})


def variable_faults(raw: dict[str, Any], place: Place, study: Study) -> Iterator[Fault]:
    """Every fault of one planned variable."""
    name = raw.get("item", raw["id"])
    asked = asked_in(study, name)
    if not asked:
        yield (*place, "item" if "item" in raw else "id"), *unknown_item(name, study)
        return
    item = next(iter(asked.values()))
    recodings = [key for key in ("as", "any_of", "merge", "bands") if key in raw]
    if len(recodings) > 1:
        yield (*place, recodings[1]), f"« {raw['id']} » a deux recodages ({' et '.join(recodings)})", "gardez-en un"
    yield from _type_faults(raw, place, item, bool(recodings))
    yield from _date_faults(raw, place, item, study)
    levels = {choice.id for one in asked.values() for choice in one.choices if not choice.missing}
    yield from _level_faults(raw, place, levels)
    if "bands" in raw:
        limits = [band.get("max") for band in raw["bands"]]
        if None in limits[:-1] or limits[-1] is not None or limits[:-1] != sorted(set(limits[:-1])):
            yield (
                (*place, "bands"),
                "les tranches doivent monter, chacune avec « max » sauf la dernière",
                ("corrigez les « max »"),
            )


def _type_faults(raw: dict[str, Any], place: Place, item: Item, recoded: bool) -> Iterator[Fault]:
    if item.type in FREE | {ItemType.CODE, ItemType.CONSENT}:
        yield (
            place,
            f"la question « {item.id} » ({item.type}) ne se compte pas",
            "déclarez-la dans « open », ou retirez-la",
        )
    if item.type is ItemType.SEVERAL and not recoded:
        yield (
            place,
            f"« {item.id} » admet plusieurs réponses : il faut dire comment les compter",
            ("ajoutez « as: combination » ou « any_of: […] »"),
        )
    if item.type is ItemType.RANKING and (raw.get("take") == "first") == ("any_of" in raw):
        yield (
            place,
            f"« {item.id} » est un classement : il faut dire comment le compter",
            "ajoutez « take: first » (ce qui est mis en premier) ou « any_of: […] » (ce qui est classé)",
        )
    if "as" in raw and item.type is not ItemType.SEVERAL:
        yield (*place, "as"), f"« {item.id} » n'admet qu'une réponse : il n'y a pas de combinaison", "retirez « as »"
    if "bands" in raw and item.type not in NUMBERS | {ItemType.DATE}:
        yield (*place, "bands"), f"« {item.id} » n'est pas un nombre : il n'y a pas de tranches", "employez « merge »"


def _date_faults(raw: dict[str, Any], place: Place, item: Item, study: Study) -> Iterator[Fault]:
    """A date is counted by its year or by days since another; nothing else is."""
    if item.type is ItemType.RANKING and raw.get("take") == "first":
        return
    ways = [key for key in ("take", "days_since") if key in raw]
    if item.type is ItemType.DATE and (len(ways) != 1 or raw.get("take") == "first"):
        message = f"« {item.id} » est une date : il faut dire comment la compter"
        yield place, message, "ajoutez « take: year », ou « days_since: … » et le nom d'une autre date"
    elif ways and item.type is not ItemType.DATE:
        yield (*place, ways[0]), f"« {item.id} » n'est pas une date", f"retirez « {ways[0]} »"
    since = raw.get("days_since", ANSWER)
    others = {one.id for wave in study.waves for one in wave.questionnaire.items if one.type is ItemType.DATE}
    if since not in others | {ANSWER}:
        yield (*place, "days_since"), *unknown(since, others | {ANSWER}, "n'est pas une question qui demande une date")


def _level_faults(raw: dict[str, Any], place: Place, levels: set[str]) -> Iterator[Fault]:
    for n, level in enumerate(raw.get("any_of", ())):
        if level not in levels:
            yield (*place, "any_of", n), *unknown(level, levels, "n'est pas un choix de cette question")
    if "merge" in raw:
        sources = [level for one in raw["merge"] for level in one["from"]]
        for n, one in enumerate(raw["merge"]):
            for m, level in enumerate(one["from"]):
                if level not in levels:
                    yield (
                        (*place, "merge", n, "from", m),
                        *unknown(level, levels, "n'est pas un choix de cette question"),
                    )
                elif sources.count(level) > 1:
                    yield (
                        (*place, "merge", n, "from", m),
                        f"le niveau « {level} » va dans deux regroupements",
                        ("laissez-le dans un seul"),
                    )
        for level in sorted(levels - set(sources)):
            yield (
                (*place, "merge"),
                f"le niveau « {level} » manque à ce recodage",
                "ajoutez-le à l'un des regroupements",
            )
    made = [one["id"] for one in raw.get("merge", raw.get("bands", ()))]
    key = "merge" if "merge" in raw else "bands"
    for n, level in enumerate(made):
        if level == RESERVED:
            yield (*place, key, n, "id"), f"« {level} » désigne déjà l'absence de réponse", "donnez un autre nom"
        elif level in made[:n]:
            yield (*place, key, n, "id"), f"le niveau « {level} » est fait deux fois", "réunissez-les"
    final = set(made) or levels
    if "order" in raw:
        for level in sorted(final.symmetric_difference(raw["order"])):
            said = "n'est pas un niveau de cette variable" if level not in final else "manque à « order »"
            yield (*place, "order"), f"« {level} » {said}", "donnez tous les niveaux, du plus bas au plus haut"


def levels_of(variable: str, plan: dict[str, Any], study: Study) -> set[str]:
    """Level ids of a planned variable; empty when they depend on the answers or the variable is faulty."""
    raw = _declared(variable, plan)
    if not raw or "as" in raw:
        return set()
    if "any_of" in raw:
        return {"yes", "no"}
    for recoding in ("merge", "bands"):
        if recoding in raw:
            return {one["id"] for one in raw[recoding]}
    return {choice.id for item in asked_in(study, item_of(variable, plan)).values()
            for choice in item.choices if not choice.missing}  # fmt: skip


def item_of(variable: str, plan: dict[str, Any]) -> str:
    """The item that a planned variable comes from."""
    return str(_declared(variable, plan).get("item", variable))


def is_combination(variable: str, plan: dict[str, Any]) -> bool:
    """True when the levels of a planned variable are the choices ticked together."""
    return "as" in _declared(variable, plan)


def is_ordered(variable: str, plan: dict[str, Any], study: Study) -> bool:
    """True when the levels of a planned variable go up; what is not declared or asked is not held against it."""
    raw, asked = _declared(variable, plan), asked_in(study, item_of(variable, plan)).values()
    scored = any(item.type is ItemType.LIKERT for item in asked)
    return not raw or not asked or bool(raw.get("ordered") or raw.get("order")) or scored


def is_number(variable: str, plan: dict[str, Any], study: Study) -> bool:
    """True when a planned variable is a number without bands."""
    raw, asked = _declared(variable, plan), asked_in(study, item_of(variable, plan)).values()
    return bool(raw) and "bands" not in raw and any(item.type in _NUMBER for item in asked)


def _declared(variable: str, plan: dict[str, Any]) -> dict[str, Any]:
    return next((one for one in plan["variables"] if one["id"] == variable), {})


def asked_in(study: Study, item_id: str) -> dict[str, Item]:
    """The item in each wave that asks it."""
    return {wave.id: item for wave in study.waves for item in wave.questionnaire.items if item.id == item_id}


def unknown_item(name: str, study: Study) -> tuple[str, str]:
    """What to say of an item that no wave asks."""
    known = {item.id for wave in study.waves for item in wave.questionnaire.items}
    return unknown(name, known, "n'est une question d'aucune vague")


def unknown(name: str, known: set[str], said: str) -> tuple[str, str]:
    """What to say of an unknown name, and the nearest known one."""
    near = get_close_matches(name, sorted(known), n=1)
    return (
        f"« {name} » {said}",
        f"vouliez-vous « {near[0]} » ?" if near else f"choisissez parmi {', '.join(sorted(known))}",
    )
