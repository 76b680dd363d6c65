"""Faults of a plan's tables: what each family needs is there, every name exists, every test fits what it tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from analysis.plan.variable_faults import (
    Fault,
    Place,
    asked_in,
    is_combination,
    is_number,
    is_ordered,
    item_of,
    levels_of,
    unknown,
)
from surveys.model import Study

TESTS_OF = {
    "characteristics": set(),
    "composite_change": {"sign", "signed_rank", "paired_t", "shapiro_wilk"},
    "item_levels": set(),
    "item_means": {"mann_whitney", "sign", "signed_rank", "paired_t"},
    "score_by": {"auto", "mann_whitney", "kruskal_wallis", "one_way_anova", "welch_t", "spearman"},
    "ordinal_change": {"sign", "marginal_homogeneity"},
    "regression": {"linear_regression"},
    "group_comparison": {"auto", "chi_square", "fisher_exact"},
    "group_means": {"mann_whitney", "welch_t"},
    "consistency": set(),
    "transitions": {"marginal_homogeneity"},
    "proportions": set(),
    "proportions_by": {"auto", "chi_square", "fisher_exact", "proportion_trend"},
}
TWO_GROUPS = {"mann_whitney", "welch_t"}
NEEDS = {
    "variables": {"characteristics", "score_by", "ordinal_change", "regression", "group_comparison", "proportions",
                  "proportions_by"},
    "groups": {"group_comparison", "group_means"},
    "by": {"proportions_by"},
}  # fmt: skip
NEEDS_COMPOSITE = {"composite_change", "item_levels", "item_means", "score_by", "regression", "group_means",
                   "consistency", "transitions"}  # fmt: skip
NEEDS_PAIRS = {"composite_change", "item_means", "ordinal_change", "transitions"}
COUNTS_LEVELS = {"score_by", "group_comparison", "proportions", "proportions_by"}
ORDERED = {"spearman", "proportion_trend"}


def table_faults(raw: dict[str, Any], place: Place, plan: dict[str, Any], study: Study) -> Iterator[Fault]:
    """Every fault of one planned table."""
    show = raw["show"]
    for key, shows in NEEDS.items():
        if show in shows and key not in raw:
            yield place, f"le tableau « {raw['id']} » ({show}) demande « {key} »", f"ajoutez « {key}: […] »"
    if show in NEEDS_COMPOSITE and "composite" not in plan:
        yield place, f"le tableau « {raw['id']} » ({show}) demande un score", "déclarez « composite »"
    if show in NEEDS_PAIRS and study.pairing is None:
        yield (*place, "show"), f"« {show} » demande deux vagues appariées", "ajoutez « pairing » à study.yaml"
    if show in NEEDS["groups"] and study.roster is None:
        message = f"« {show} » compare ceux qui ont rejoint le groupe aux autres"
        yield (*place, "show"), message, "ajoutez « roster: » à study.yaml"
    yield from name_faults(raw, place, plan)
    yield from wave_faults(raw, place, study)
    yield from _variables(raw, place, plan, study)
    yield from _tests(raw, place, plan, study)
    yield from _references(raw, place, plan, study)


def _variables(raw: dict[str, Any], place: Place, plan: dict[str, Any], study: Study) -> Iterator[Fault]:
    """What the table counts must have levels, or an order and two waves."""
    for n, name in enumerate(raw.get("variables", ())):
        here, item = (*place, "variables", n), item_of(name, plan)
        if raw["show"] in COUNTS_LEVELS and is_number(name, plan, study):
            yield here, f"« {name} » est un nombre : « {raw['show']} » compte des niveaux", "ajoutez-lui « bands: […] »"
        if raw["show"] != "ordinal_change" or not asked_in(study, item):
            continue
        if not is_ordered(name, plan, study):
            message = f"« {name} » n'a pas d'ordre : on n'en voit ni hausse ni baisse"
            yield here, message, "ajoutez-lui « ordered: true », ou retirez-la"
        if study.pairing and not {study.pairing.before, study.pairing.after} <= set(asked_in(study, item)):
            yield here, f"« {name} » n'est demandée qu'à une vague : elle ne change pas", "retirez-la de ce tableau"


def _tests(raw: dict[str, Any], place: Place, plan: dict[str, Any], study: Study) -> Iterator[Fault]:
    seen: set[str] = set()
    for n, one in enumerate(raw.get("tests", ())):
        test, here = one if isinstance(one, str) else one["test"], (*place, "tests", n)
        if test in seen:
            yield here, f"le test « {test} » est demandé deux fois", "gardez-en un"
        seen.add(test)
        # a split is what a trend follows; elsewhere a test is on each variable
        names = raw.get("by" if test == "proportion_trend" else "variables", ())
        yield from _fits(test, names, raw["show"], here, plan, study)
    for variable, test in raw.get("test_of", {}).items():
        here = (*place, "test_of", variable)
        if variable not in raw.get("variables", ()):
            yield here, f"« {variable} » n'est pas une variable de ce tableau", "corrigez son nom"
        else:
            yield from _fits(test, [variable], raw["show"], here, plan, study)


def _fits(
    test: str, names: Iterable[str], show: str, place: Place, plan: dict[str, Any], study: Study
) -> Iterator[Fault]:
    """The test is one that this family knows, and one that each of these variables bears."""
    if test not in TESTS_OF[show]:
        yield place, f"le test « {test} » ne convient pas à « {show} »", _choose(TESTS_OF[show])
        return
    for name in names:
        if test in ORDERED and not is_ordered(name, plan, study):
            message = f"« {test} » suit un ordre, que « {name} » n'a pas"
            yield place, message, "ajoutez-lui « ordered: true », ou employez auto, qui choisit"
        elif show == "score_by" and test in TWO_GROUPS:
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
    if raw.get("wave") is not None and raw["wave"] not in waves:
        yield (*place, "wave"), *unknown(raw["wave"], waves, "n'est pas une vague de l'étude")


def _choose(allowed: set[str]) -> str:
    return f"choisissez parmi {', '.join(sorted(allowed))}" if allowed else "retirez « tests »"
