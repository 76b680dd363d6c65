"""Faults of a plan's figures: what each needs is there, and what it puts side by side can be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.plan.table_faults import name_faults, wave_faults
from analysis.plan.variable_faults import asked_in, is_number, is_ordered, item_of, levels_of, unknown
from surveys.model import Study
from surveys.rules.raw import Fault, Place

NEEDS = {"levels": ("variables",), "levels_by": ("variables", "by"), "activity": ("file",),
         "proportions": ("variables",), "alluvial": ("variables",), "forest": ("table",)}  # fmt: skip
SCORE_OR_VARIABLES = frozenset(("likert", "trend"))


def figure_faults(raw: dict[str, Any], place: Place, plan: dict[str, Any], study: Study) -> Iterator[Fault]:
    """Every fault of one planned figure."""
    show, named = raw["show"], f"la figure « {raw['id']} » ({raw['show']})"
    for key in NEEDS.get(show, ()):
        if key not in raw:
            yield place, f"{named} demande « {key} »", f"ajoutez « {key}: … »"
    if show == "boxes" and "composite" not in plan:
        yield place, f"{named} demande un score", "déclarez « composite »"
    if show in SCORE_OR_VARIABLES and "composite" not in plan and "variables" not in raw:
        yield (
            place,
            f"{named} demande un score ou des variables",
            "déclarez « composite », ou ajoutez « variables: […] »",
        )
    if "file" in raw and not (study.folder / raw["file"]).is_file():
        yield (*place, "file"), f"le fichier « {raw['file']} » n'existe pas", "ajoutez-le, ou retirez la figure"
    plan = _with_items(plan)
    yield from name_faults(raw, place, plan)
    yield from wave_faults(raw, place, study)
    if show == "alluvial":
        yield from _alluvial(raw, place, plan, study)
    elif "waves" in raw:
        yield (*place, "waves"), f"« {show} » ne choisit pas deux vagues", "retirez « waves »"
    yield from _forest(raw, place, plan)
    if show == "likert":
        yield from _same_answers(raw, place, plan, study)
    if show == "trend":
        yield from _same_measure(raw, place, plan, study)


def _forest(raw: dict[str, Any], place: Place, plan: dict[str, Any]) -> Iterator[Fault]:
    """A forest plot is of a model; no other figure names a table."""
    if "table" not in raw:
        return
    here, models = (*place, "table"), {one["id"] for one in plan["tables"] if one["show"] == "regression"}
    if raw["show"] != "forest":
        yield here, f"« {raw['show']} » n'est pas tirée d'un tableau", "retirez « table »"
    elif not models:
        yield here, "il n'y a aucun tableau « regression » dans le plan", "ajoutez-en un, ou retirez la figure"
    elif raw["table"] not in models:
        yield here, *unknown(raw["table"], models, "n'est pas un tableau « regression » du plan")


def _with_items(plan: dict[str, Any]) -> dict[str, Any]:
    """The plan, where the questions of the composite may be shown without being declared a second time."""
    declared = {one["id"] for one in plan["variables"]}
    items = plan["composite"]["items"] if "composite" in plan else ()
    return {**plan, "variables": [*plan["variables"], *(one for one in items if one["id"] not in declared)]}


def _alluvial(raw: dict[str, Any], place: Place, plan: dict[str, Any], study: Study) -> Iterator[Fault]:
    """One variable with levels, which both waves ask."""
    if study.pairing is None:
        message = "« alluvial » suit les mêmes personnes d'une vague à l'autre"
        yield (*place, "show"), message, "ajoutez « pairing » à study.yaml, ou choisissez « likert »"
        return
    known, names = {wave.id for wave in study.waves}, raw.get("variables", ())
    for n, wave in enumerate(raw.get("waves", ())):
        if wave not in known:
            yield (*place, "waves", n), *unknown(wave, known, "n'est pas une vague de l'étude")
    if len(names) > 1:
        yield (*place, "variables"), "« alluvial » montre une variable", "faites une figure par variable"
    for name in names[:1]:
        asked = asked_in(study, item_of(name, plan))
        for wave in raw.get("waves", study.pair):
            if asked and wave in known and wave not in asked:
                message = f"la vague « {wave} » ne pose pas la question de « {name} »"
                yield (*place, "variables", 0), message, "choisissez une question des deux vagues"
        if asked and is_number(name, plan, study):
            yield (*place, "variables", 0), f"« {name} » est un nombre", "donnez-lui des tranches (« bands »)"


def _same_answers(raw: dict[str, Any], place: Place, plan: dict[str, Any], study: Study) -> Iterator[Fault]:
    """Bars side by side have one scale: the same answers for every question."""
    names = raw.get("variables", ())
    levels = [levels_of(name, plan, study) for name in names]
    for n, (name, own) in enumerate(zip(names, levels, strict=True)):
        if own and levels[0] and own != levels[0]:
            message = f"« {name} » et « {names[0]} » n'ont pas les mêmes réponses"
            yield (*place, "variables", n), message, "faites une figure par échelle"


def _same_measure(raw: dict[str, Any], place: Place, plan: dict[str, Any], study: Study) -> Iterator[Fault]:
    """What has a mean or a share; the two have no common axis."""
    declared = {one["id"]: one for one in plan["variables"]}
    names = [name for name in raw.get("variables", ()) if name in declared]
    for n, name in enumerate(names):
        share = "any_of" in declared[name]
        if not (share or is_number(name, plan, study) or is_ordered(name, plan, study)):
            message = f"« {name} » n'a ni moyenne ni part : ses réponses n'ont pas d'ordre"
            yield (*place, "variables", n), message, "faites-en un oui/non (« any_of »), ou ajoutez « ordered: true »"
    if len({"any_of" in declared[name] for name in names}) > 1:
        message = "une part (« any_of ») et une moyenne n'ont pas d'axe commun"
        yield (*place, "variables"), message, "faites une figure des parts, une autre des moyennes"
