"""What a plan may say that its schema cannot check: every name exists, every test fits what it tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.plan.figure_faults import figure_faults
from analysis.plan.table_faults import table_faults, wave_faults
from analysis.plan.variable_faults import asked_in, unknown_item, variable_faults
from analysis.plan.weight_faults import weight_faults
from analysis.tables.families import families
from surveys.model import FEWEST_SHOWN, Study
from surveys.questionnaire import FREE, NUMBERS, ItemType
from surveys.rules.raw import Fault, Place

NUMERIC = NUMBERS | {ItemType.LIKERT}
UNPAIRED = frozenset({"mann_whitney", "welch_t"})


def plan_faults(raw: dict[str, Any], study: Study) -> Iterator[Fault]:
    """Every fault of a plan that follows its schema: its place in the YAML, what must hold, the remedy."""
    yield from _threshold(raw)
    yield from _composite(raw, study)
    for n, variable in enumerate(raw["variables"]):
        yield from variable_faults(variable, ("variables", n), study)
    yield from _twice([*raw["variables"]], "variables")
    yield from weight_faults(raw, study)
    yield from _files(raw, study)
    for n, table in enumerate(raw["tables"]):
        yield from table_faults(table, ("tables", n), raw, study)
    for n, figure in enumerate(raw.get("figures", ())):
        yield from figure_faults(figure, ("figures", n), raw, study)
    for n, one in enumerate(raw.get("open", ())):
        yield from _open(one, ("open", n), study)
    if "printed" in raw and not (study.folder / raw["printed"]).is_file():
        yield ("printed",), f"le fichier « {raw['printed']} » n'existe pas", "écrivez-le, ou retirez cette ligne"


def _threshold(raw: dict[str, Any]) -> Iterator[Fault]:
    if raw.get("threshold", FEWEST_SHOWN) < FEWEST_SHOWN and "threshold_reason" not in raw:
        yield (
            ("threshold",),
            f"un seuil de {raw['threshold']}, au-dessous de {FEWEST_SHOWN}, doit être justifié",
            "ajoutez « threshold_reason: … », qui paraîtra sur la page",
        )


def _composite(raw: dict[str, Any], study: Study) -> Iterator[Fault]:
    composite = raw.get("composite")
    if composite:
        yield from _composite_items(composite["items"], study)
        yield from _twice(composite["items"], "composite", "items")
        yield from _names_taken(raw, composite)
    primary = raw.get("primary")
    if primary and (composite is None or primary["endpoint"] != composite["id"]):
        message = f"le critère « {primary['endpoint']} » n'est pas le score composite"
        yield ("primary", "endpoint"), message, "donnez l'identifiant de « composite »"
    if primary:
        yield from _primary(raw, primary, study)


def _primary(raw: dict[str, Any], primary: dict[str, Any], study: Study) -> Iterator[Fault]:
    """A paired test wants two waves, the others two groups, and a table that compares them."""
    unpaired = primary["test"] in UNPAIRED
    if not unpaired and study.pairing is None:
        message = "un critère avant/après demande deux vagues appariées"
        remedy = "ajoutez « pairing: » à study.yaml, ou comparez deux groupes : « test: mann_whitney » et « by: … »"
        yield ("primary",), message, remedy
    elif unpaired and "by" not in primary:
        message = f"« {primary['test']} » compare deux groupes : il faut dire lesquels"
        yield ("primary", "test"), message, "ajoutez « by: … » et le nom d'une variable"
    elif not unpaired and "by" in primary:
        message = f"« {primary['test']} » compare les deux réponses d'une personne, et non deux groupes"
        yield ("primary", "by"), message, "retirez « by », ou employez mann_whitney"
    elif unpaired and not any(one["show"] == "score_difference" and one.get("by") == [primary["by"]]
                              for one in raw["tables"]):  # fmt: skip
        message = f"aucun tableau ne compare le score selon « {primary['by']} »"
        yield (
            ("primary", "by"),
            message,
            f"ajoutez un tableau « show: score_difference » avec « by: [{primary['by']}] »",
        )


def _composite_items(items: list[dict[str, Any]], study: Study) -> Iterator[Fault]:
    asked = [asked_in(study, one["id"]) for one in items]
    for n, (one, found) in enumerate(zip(items, asked, strict=True)):
        place = ("composite", "items", n, "id")
        if not found:
            yield place, *unknown_item(one["id"], study)
        elif any(item.type not in NUMERIC for item in found.values()):
            yield place, f"« {one['id']} » n'a pas de score : on ne peut pas l'additionner", "retirez cette question"
    wanted = {study.pairing.before, study.pairing.after} if study.pairing else set()
    common = set.intersection(*(set(found) for found in asked))
    if all(asked) and (not common or not wanted <= common):
        waves = "les deux vagues doivent" if wanted else "une même vague doit"
        yield ("composite", "items"), f"{waves} poser toutes les questions du score", "retirez celles qui manquent"


def _names_taken(raw: dict[str, Any], composite: dict[str, Any]) -> Iterator[Fault]:
    """A variable is not the score; one that bears the name of a question of the score is that question, as it is."""
    items = {one["id"] for one in composite["items"]}
    for n, one in enumerate(raw["variables"]):
        recoded = one.get("item", one["id"]) != one["id"] or {"as", "any_of", "merge", "bands"} & set(one)
        if one["id"] == composite["id"]:
            yield ("variables", n, "id"), f"« {one['id']} » est déjà le nom du score", "donnez-en un autre"
        elif one["id"] in items and recoded:
            message = f"« {one['id']} » est une question du score, qui se compte telle quelle"
            yield ("variables", n, "id"), message, "donnez un autre nom à cette variable recodée"


def _files(raw: dict[str, Any], study: Study) -> Iterator[Fault]:
    """Tables and figures each have a file, named after their id in small letters: no two may share it."""
    ours = {"reconciliation", "tables", "report", "index", *(f"codebook-{wave.id}".lower() for wave in study.fielded)}
    used: set[str] = set()
    for kind in ("tables", "figures"):
        for n, one in enumerate(raw.get(kind, ())):
            for name in _made_of(kind, one, raw):
                if name.lower() in ours:
                    message = f"« {name} » est le nom d'un fichier que Divan écrit"
                    yield (kind, n, "id"), message, "choisissez-en un autre"
                elif name.lower() in used:
                    message = f"l'identifiant « {name} » sert deux fois, majuscules mises à part"
                    yield (kind, n, "id"), message, "donnez-en un à chacun"
                used.add(name.lower())


def _made_of(kind: str, one: dict[str, Any], raw: dict[str, Any]) -> list[str]:
    """The files of one entry: its family's tables, or the figure of its name."""
    family = families().get(one["show"]) if kind == "tables" else None
    return family.ids(one, raw) if family else [one["id"]]


def _open(raw: dict[str, Any], place: Place, study: Study) -> Iterator[Fault]:
    asked = asked_in(study, raw["item"])
    if not asked:
        yield (*place, "item"), *unknown_item(raw["item"], study)
    elif any(item.type not in FREE for item in asked.values()):
        yield (*place, "item"), f"« {raw['item']} » n'est pas une question ouverte", "déclarez-la dans « variables »"
    yield from wave_faults(raw, place, study)


def _twice(entries: list[dict[str, Any]], *place: str | int) -> Iterator[Fault]:
    seen: set[str] = set()
    for n, one in enumerate(entries):
        if one["id"] in seen:
            yield (*place, n, "id"), f"l'identifiant « {one['id']} » sert deux fois", "donnez-en un à chacun"
        seen.add(one["id"])
