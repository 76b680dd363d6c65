"""What a plan may say that its schema cannot check: every name exists, every test fits what it tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.variable_faults import Fault, Place, asked_in, levels_of, unknown, unknown_item, variable_faults
from surveys.model import FREE, ItemType, Study

NUMERIC = frozenset({ItemType.LIKERT, ItemType.SCALE, ItemType.INTEGER})
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
NEEDS_PAIRS = {"composite_change", "ordinal_change", "transitions"}
FIGURE_NEEDS = {"levels": ("variables",), "levels_by": ("variables", "by"), "activity": ("file",),
                "proportions": ("variables",)}  # fmt: skip


def plan_faults(raw: dict[str, Any], study: Study) -> Iterator[Fault]:
    """Every fault of a plan that follows its schema: its place in the YAML, what must hold, the remedy."""
    yield from _threshold(raw)
    yield from _composite(raw, study)
    for n, variable in enumerate(raw["variables"]):
        yield from variable_faults(variable, ("variables", n), study)
    yield from _twice([*raw["variables"]], "variables")
    yield from _files(raw, study)
    for n, table in enumerate(raw["tables"]):
        yield from _table(table, ("tables", n), raw, study)
    for n, figure in enumerate(raw.get("figures", ())):
        yield from _figure(figure, ("figures", n), raw, study)
    for n, one in enumerate(raw.get("open", ())):
        yield from _open(one, ("open", n), study)
    if "printed" in raw and not (study.folder / raw["printed"]).is_file():
        yield ("printed",), f"le fichier « {raw['printed']} » n'existe pas", "écrivez-le, ou retirez cette ligne"


def _threshold(raw: dict[str, Any]) -> Iterator[Fault]:
    if raw.get("threshold", 5) < 5 and "threshold_reason" not in raw:
        yield (
            ("threshold",),
            f"un seuil de {raw['threshold']}, au-dessous de 5, doit être justifié",
            "ajoutez « threshold_reason: … », qui paraîtra sur la page",
        )


def _composite(raw: dict[str, Any], study: Study) -> Iterator[Fault]:
    composite = raw.get("composite")
    if composite:
        for n, one in enumerate(composite["items"]):
            asked = asked_in(study, one["id"])
            place = ("composite", "items", n, "id")
            if not asked:
                yield place, *unknown_item(one["id"], study)
            elif any(item.type not in NUMERIC for item in asked.values()):
                yield (
                    place,
                    f"« {one['id']} » n'a pas de score : on ne peut pas l'additionner",
                    "retirez cette question",
                )
        yield from _twice(composite["items"], "composite", "items")
    primary = raw.get("primary")
    if primary:
        if composite is None or primary["endpoint"] != composite["id"]:
            yield (
                ("primary", "endpoint"),
                f"le critère « {primary['endpoint']} » n'est pas le score composite",
                ("donnez l'identifiant de « composite »"),
            )
        if study.pairing is None:
            yield (
                ("primary",),
                "un critère avant/après demande deux vagues appariées",
                ("ajoutez « pairing: » à study.yaml, ou retirez « primary »"),
            )


def _table(raw: dict[str, Any], place: Place, plan: dict[str, Any], study: Study) -> Iterator[Fault]:
    show = raw["show"]
    for key, shows in NEEDS.items():
        if show in shows and key not in raw:
            yield place, f"le tableau « {raw['id']} » ({show}) demande « {key} »", f"ajoutez « {key}: […] »"
    if show in NEEDS_COMPOSITE and "composite" not in plan:
        yield place, f"le tableau « {raw['id']} » ({show}) demande un score", "déclarez « composite »"
    if show in NEEDS_PAIRS and study.pairing is None:
        yield (*place, "show"), f"« {show} » demande deux vagues appariées", "ajoutez « pairing » à study.yaml"
    if show in NEEDS["groups"] and study.roster is None:
        yield (
            (*place, "show"),
            f"« {show} » compare ceux qui ont rejoint le groupe aux autres",
            ("ajoutez « roster: » à study.yaml"),
        )
    yield from _names(raw, place, plan)
    yield from _wave(raw, place, study)
    yield from _tests(raw, place, plan, study)
    for variable, level in raw.get("reference", {}).items():
        levels = levels_of(variable, plan, study)
        if levels and level not in levels:
            yield (*place, "reference", variable), *unknown(level, levels, f"n'est pas un niveau de « {variable} »")


def _tests(raw: dict[str, Any], place: Place, plan: dict[str, Any], study: Study) -> Iterator[Fault]:
    allowed = TESTS_OF[raw["show"]]
    for n, one in enumerate(raw.get("tests", ())):
        test = one if isinstance(one, str) else one["test"]
        if test not in allowed:
            yield (*place, "tests", n), f"le test « {test} » ne convient pas à « {raw['show']} »", _choose(allowed)
        elif raw["show"] == "score_by" and test in TWO_GROUPS:
            for variable in raw.get("variables", ()):
                yield from _two_levels(test, variable, (*place, "tests", n), plan, study)
    for variable, test in raw.get("test_of", {}).items():
        here = (*place, "test_of", variable)
        if variable not in raw.get("variables", ()):
            yield here, f"« {variable} » n'est pas une variable de ce tableau", "corrigez son nom"
        elif test not in allowed:
            yield here, f"le test « {test} » ne convient pas à « {raw['show']} »", _choose(allowed)
        elif raw["show"] == "score_by" and test in TWO_GROUPS:
            yield from _two_levels(test, variable, here, plan, study)


def _two_levels(test: str, variable: str, place: Place, plan: dict[str, Any], study: Study) -> Iterator[Fault]:
    levels = levels_of(variable, plan, study)
    if levels and len(levels) != 2:
        yield (
            place,
            f"« {test} » compare deux groupes, mais « {variable} » a {len(levels)} niveaux",
            ("employez kruskal_wallis, ou auto, qui choisit"),
        )


def _figure(raw: dict[str, Any], place: Place, plan: dict[str, Any], study: Study) -> Iterator[Fault]:
    for key in FIGURE_NEEDS.get(raw["show"], ()):
        if key not in raw:
            yield place, f"la figure « {raw['id']} » ({raw['show']}) demande « {key} »", f"ajoutez « {key}: … »"
    if raw["show"] == "boxes" and "composite" not in plan:
        yield place, f"la figure « {raw['id']} » (boxes) demande un score", "déclarez « composite »"
    if "file" in raw and not (study.folder / raw["file"]).is_file():
        yield (*place, "file"), f"le fichier « {raw['file']} » n'existe pas", "ajoutez-le, ou retirez la figure"
    yield from _names(raw, place, plan)
    yield from _wave(raw, place, study)


def _open(raw: dict[str, Any], place: Place, study: Study) -> Iterator[Fault]:
    asked = asked_in(study, raw["item"])
    if not asked:
        yield (*place, "item"), *unknown_item(raw["item"], study)
    elif any(item.type not in FREE for item in asked.values()):
        yield (*place, "item"), f"« {raw['item']} » n'est pas une question ouverte", "déclarez-la dans « variables »"
    yield from _wave(raw, place, study)


def _names(raw: dict[str, Any], place: Place, plan: dict[str, Any]) -> Iterator[Fault]:
    known = {one["id"] for one in plan["variables"]}
    by = raw.get("by", ())
    for key, names in (("variables", raw.get("variables", ())), ("by", [by] if isinstance(by, str) else by)):
        for n, name in enumerate(names):
            if name not in known:
                where = (*place, key) if isinstance(raw[key], str) else (*place, key, n)
                yield where, *unknown(name, known, "n'est pas une variable du plan")


def _wave(raw: dict[str, Any], place: Place, study: Study) -> Iterator[Fault]:
    waves = {wave.id for wave in study.waves}
    if raw.get("wave") is not None and raw["wave"] not in waves:
        yield (*place, "wave"), *unknown(raw["wave"], waves, "n'est pas une vague de l'étude")


def _twice(entries: list[dict[str, Any]], *place: str | int) -> Iterator[Fault]:
    seen: set[str] = set()
    for n, one in enumerate(entries):
        if one["id"] in seen:
            yield (*place, n, "id"), f"l'identifiant « {one['id']} » sert deux fois", "donnez-en un à chacun"
        seen.add(one["id"])


def _files(raw: dict[str, Any], study: Study) -> Iterator[Fault]:
    """Tables and figures each have a file, named after their id in small letters: no two may share it."""
    taken = {"reconciliation", "tables", "report", "index"} | {f"codebook-{wave.id}".lower() for wave in study.waves}
    used: set[str] = set()
    for kind in ("tables", "figures"):
        for n, one in enumerate(raw.get(kind, ())):
            name = one["id"].lower()
            if name in taken:
                yield (
                    (kind, n, "id"),
                    f"« {one['id']} » est le nom d'un fichier que Divan écrit",
                    "choisissez-en un autre",
                )
            elif name in used:
                yield (
                    (kind, n, "id"),
                    f"l'identifiant « {one['id']} » sert deux fois, majuscules mises à part",
                    "donnez-en un à chacun",
                )
            used.add(name)


def _choose(allowed: set[str]) -> str:
    return f"choisissez parmi {', '.join(sorted(allowed))}" if allowed else "retirez « tests »"
