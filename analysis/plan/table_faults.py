"""Faults of a plan's tables: what each family needs is there, every name exists, every test fits what it tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from analysis.plan.model_faults import model_faults
from analysis.plan.variable_faults import asked_in, is_combination, is_number, is_ordered, item_of, levels_of, unknown
from analysis.tables.families import families
from analysis.tables.family import Family
from surveys.model import Study
from surveys.rules.raw import Fault, Place

TWO_GROUPS = {"mann_whitney", "welch_t"}
ORDERED = {"spearman", "proportion_trend"}


def table_faults(raw: dict[str, Any], place: Place, plan: dict[str, Any], study: Study) -> Iterator[Fault]:
    """Every fault of one planned table."""
    show, family = raw["show"], families().get(raw["show"])
    if family is None:
        yield (*place, "show"), *unknown(show, {*families()}, "n'est pas un genre de tableau")
        return
    for key in family.keys:
        if key not in raw:
            yield place, f"le tableau « {raw['id']} » ({show}) demande « {key} »", f"ajoutez « {key}: […] »"
    if family.composite and "composite" not in plan:
        yield place, f"le tableau « {raw['id']} » ({show}) demande un score", "déclarez « composite »"
    if family.pairs and study.pairing is None:
        yield (*place, "show"), f"« {show} » demande deux vagues appariées", "ajoutez « pairing » à study.yaml"
    if "groups" in family.keys and study.roster is None:
        message = f"« {show} » compare ceux qui ont rejoint le groupe aux autres"
        yield (*place, "show"), message, "ajoutez « roster: » à study.yaml"
    yield from name_faults(raw, place, plan)
    yield from wave_faults(raw, place, study)
    yield from _two_waves(raw, family, place, plan, study)
    yield from _variables(raw, family, place, plan, study)
    yield from _tests(raw, family, place, plan, study)
    yield from _references(raw, place, plan, study)
    yield from model_faults(raw, place, plan, study)
    yield from _between(raw, family, place, plan, study)
    yield from _filling(raw, family, place, plan, study)


def _two_waves(
    raw: dict[str, Any], family: Family, place: Place, plan: dict[str, Any], study: Study
) -> Iterator[Fault]:
    """The waves that a table compares are the study's, and ask what it compares."""
    if "waves" in raw and not family.any_two:
        yield (*place, "waves"), f"« {family.show} » ne choisit pas ses deux vagues", "retirez « waves »"
        return
    known = {wave.id: {item.id for item in wave.questionnaire.items} for wave in study.waves}
    items = [one["id"] for one in plan["composite"]["items"]] if "composite" in plan else []
    for n, wave in enumerate(raw.get("waves", ())):
        if wave not in known:
            yield (*place, "waves", n), *unknown(wave, {*known}, "n'est pas une vague de l'étude")
        elif not known[wave].issuperset(items):
            yield (*place, "waves", n), f"la vague « {wave} » ne pose pas tout le score", "choisissez-en une autre"


def _variables(
    raw: dict[str, Any], family: Family, place: Place, plan: dict[str, Any], study: Study
) -> Iterator[Fault]:
    """What the table counts must have levels, or an order and two waves."""
    for n, name in enumerate(raw.get("variables", ())):
        here, item = (*place, "variables", n), item_of(name, plan)
        if family.counts_levels and is_number(name, plan, study):
            yield here, f"« {name} » est un nombre : « {raw['show']} » compte des niveaux", "ajoutez-lui « bands: […] »"
        if not family.moves or not asked_in(study, item):
            continue
        if not is_ordered(name, plan, study):
            message = f"« {name} » n'a pas d'ordre : on n'en voit ni hausse ni baisse"
            yield here, message, "ajoutez-lui « ordered: true », ou retirez-la"
        if study.pairing and not {study.pairing.before, study.pairing.after} <= set(asked_in(study, item)):
            yield here, f"« {name} » n'est demandée qu'à une vague : elle ne change pas", "retirez-la de ce tableau"


def _tests(raw: dict[str, Any], family: Family, place: Place, plan: dict[str, Any], study: Study) -> Iterator[Fault]:
    seen: set[str] = set()
    for n, one in enumerate(raw.get("tests", ())):
        test, here = one if isinstance(one, str) else one["test"], (*place, "tests", n)
        if test in seen:
            yield here, f"le test « {test} » est demandé deux fois", "gardez-en un"
        seen.add(test)
        # a split is what a trend follows; elsewhere a test is on each variable
        names = raw.get("by" if test == "proportion_trend" else "variables", ())
        yield from _fits(test, names, family, here, plan, study)
    for variable, test in raw.get("test_of", {}).items():
        here = (*place, "test_of", variable)
        if variable not in raw.get("variables", ()):
            yield here, f"« {variable} » n'est pas une variable de ce tableau", "corrigez son nom"
        else:
            yield from _fits(test, [variable], family, here, plan, study)


def _fits(
    test: str, names: Iterable[str], family: Family, place: Place, plan: dict[str, Any], study: Study
) -> Iterator[Fault]:
    """The test is one that this family knows, and one that each of these variables bears."""
    if test not in family.tests:
        yield place, f"le test « {test} » ne convient pas à « {family.show} »", _choose(family.tests)
        return
    for name in names:
        if test in ORDERED and not is_ordered(name, plan, study):
            message = f"« {test} » suit un ordre, que « {name} » n'a pas"
            yield place, message, "ajoutez-lui « ordered: true », ou employez auto, qui choisit"
        elif family.levels_are_groups and test in TWO_GROUPS:
            levels = levels_of(name, plan, study)
            found = "des niveaux qui dépendent des réponses" if is_combination(name, plan) else (
                f"{len(levels)} niveaux" if levels and len(levels) != 2 else "")  # fmt: skip
            if found:
                message = f"« {test} » compare deux groupes, mais « {name} » a {found}"
                yield place, message, "employez kruskal_wallis, ou auto, qui choisit"


def _references(raw: dict[str, Any], place: Place, plan: dict[str, Any], study: Study) -> Iterator[Fault]:
    for variable, level in raw.get("reference", {}).items():
        here, levels = (*place, "reference", variable), levels_of(variable, plan, study)
        if variable not in raw.get("variables", ()):
            yield here, f"« {variable} » n'est pas une variable de ce tableau", "corrigez son nom"
        elif levels and level not in levels:
            yield here, *unknown(level, levels, f"n'est pas un niveau de « {variable} »")


def _filling(raw: dict[str, Any], family: Family, place: Place, plan: dict[str, Any], study: Study) -> Iterator[Fault]:
    """What is missing is filled by tables that say so, from variables that are numbers, have an order or two levels."""
    for key in ("imputations", "seed"):
        if key in raw and not family.fills:
            yield (*place, key), f"« {family.show} » ne complète aucune réponse", f"retirez « {key} »"
    for n, name in enumerate(raw.get("variables", ()) if family.fills else ()):
        levels = levels_of(name, plan, study)
        if is_combination(name, plan) or (len(levels) > 2 and not is_ordered(name, plan, study)):
            message = f"« {name} » n'est ni un nombre, ni ordonnée, ni à deux niveaux"
            yield (*place, "variables", n), message, "regroupez ses niveaux (« merge »), ou retirez-la"
    if family.fills and "primary" not in plan:
        yield (*place, "show"), f"« {family.show} » refait le critère principal", "déclarez « primary »"


def _between(raw: dict[str, Any], family: Family, place: Place, plan: dict[str, Any], study: Study) -> Iterator[Fault]:
    """Two groups are compared: those of a variable of two levels, or the two that the plan names."""
    if not family.between:
        if "between" in raw:
            yield (*place, "between"), f"« {family.show} » compare tous les groupes", "retirez « between »"
        return
    for extra in raw.get("by", ())[1:]:
        yield (*place, "by"), f"« {family.show} » compare selon une seule variable", f"retirez « {extra} »"
    for name in raw.get("by", ())[:1]:
        levels = levels_of(name, plan, study)
        for n, level in enumerate(raw.get("between", ())):
            if levels and level not in levels:
                yield (*place, "between", n), *unknown(level, levels, f"n'est pas un niveau de « {name} »")
        if len(levels) > 2 and "between" not in raw:
            message = f"« {name} » fait {len(levels)} groupes, et « {family.show} » en compare deux"
            yield (*place, "by"), message, "ajoutez « between: [l'un, l'autre] »"


def name_faults(raw: dict[str, Any], place: Place, plan: dict[str, Any]) -> Iterator[Fault]:
    """Every variable that a table or a figure names is declared."""
    known = {one["id"] for one in plan["variables"]}
    by = raw.get("by", ())
    for key, names in (("variables", raw.get("variables", ())), ("by", [by] if isinstance(by, str) else by)):
        for n, name in enumerate(names):
            if name not in known:
                where = (*place, key) if isinstance(raw[key], str) else (*place, key, n)
                yield where, *unknown(name, known, "n'est pas une variable du plan")


def wave_faults(raw: dict[str, Any], place: Place, study: Study) -> Iterator[Fault]:
    """The wave that a table, a figure or an open question names is one of the study."""
    waves = {wave.id for wave in study.waves}
    if raw.get("wave") is not None and study.stacked:
        message = "les vagues de cette étude sont des personnes différentes, mises bout à bout"
        yield (*place, "wave"), message, "retirez « wave » ; « by: [wave] » les compare"
    elif raw.get("wave") is not None and raw["wave"] not in waves:
        yield (*place, "wave"), *unknown(raw["wave"], waves, "n'est pas une vague de l'étude")


def _choose(allowed: frozenset[str]) -> str:
    return f"choisissez parmi {', '.join(sorted(allowed))}" if allowed else "retirez « tests »"
