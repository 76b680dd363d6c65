"""Faults of the margins that weights are brought to: each is a variable of the plan, every level has its share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.plan.variable_faults import is_combination, is_number, levels_of, unknown
from surveys.model import Study
from surveys.rules.raw import Fault

ROUNDED = 0.005  # shares are published rounded: what they add up to is not quite the whole


def weight_faults(raw: dict[str, Any], study: Study) -> Iterator[Fault]:
    """Every fault of ``weights``, and of the tables that want it."""
    for n, table in enumerate(raw["tables"]):
        if table["show"] == "weighted" and "weights" not in raw:
            message = f"le tableau « {table['id']} » demande des marges"
            yield ("tables", n, "show"), message, "ajoutez « weights: » au plan, avec « margins » et « source »"
    known = {one["id"] for one in raw["variables"]}
    for name, shares in raw.get("weights", {}).get("margins", {}).items():
        place = ("weights", "margins", name)
        if name not in known:
            yield place, *unknown(name, known, "n'est pas une variable du plan")
            continue
        if is_number(name, raw, study) or is_combination(name, raw):
            yield place, f"« {name} » n'a pas de niveaux fixes", "choisissez une variable à niveaux, ou « bands »"
            continue
        levels = levels_of(name, raw, study)
        for level in sorted(set(shares).symmetric_difference(levels) if levels else ()):
            said = "manque à ces marges" if level in levels else f"n'est pas un niveau de « {name} »"
            yield place, f"« {level} » {said}", "donnez la part de chaque niveau"
        whole = sum(shares.values())
        if min(abs(whole - 1), abs(whole / 100 - 1)) > ROUNDED * len(shares):
            message = f"les parts de « {name} » font {whole:g}".replace(".", ",")
            yield place, message, "elles doivent faire 1, ou 100 si ce sont des pourcentages"
