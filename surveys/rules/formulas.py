"""What a formula may say: it looks back, at questions whose answers are numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from surveys.folding import meant
from surveys.formula import FormulaError, parse_formula
from surveys.rules.raw import NUMERIC, Fault, walk


def formulas(raw: dict[str, Any]) -> Iterator[Fault]:
    """Each fault of the formulas."""
    earlier: dict[str, str] = {}
    for place, item in walk(raw):
        if "formula" in item:
            try:
                read = parse_formula(item["formula"]).items
            except FormulaError as error:
                yield (*place, "formula"), f"la formule doit se lire : {error}", "exemple : weight / (height * height)"
                read = ()
            for name in read:
                if name not in earlier:
                    message = f"la formule lit « {name} », qui n'est pas une question précédente"
                    yield (*place, "formula"), message, meant(name, earlier)
                elif earlier[name] not in NUMERIC:
                    yield (*place, "formula"), f"« {name} » n'est pas un nombre", "une formule ne lit que des nombres"
        if item.get("required") and item["type"] == "calculated":
            yield (*place, "required"), f"« {item['id']} » se calcule : personne n'y répond", "retirez « required »"
        earlier[item["id"]] = item["type"]
