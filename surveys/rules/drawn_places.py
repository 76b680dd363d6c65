"""What may be drawn at random: choices of a question that has some, pages on which no other page depends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from surveys.condition import ConditionError, parse_condition
from surveys.formula import FormulaError, parse_formula
from surveys.recall import recalled_items
from surveys.rules.raw import Fault, walk


def drawn_places(raw: dict[str, Any]) -> Iterator[Fault]:
    """A question on another page cannot look back at a page whose place is drawn."""
    home = {item["id"]: place[1] for place, item in walk(raw)}
    drawn = {s for s, section in enumerate(raw["sections"]) if section.get("order") == "random"}
    for place, item in walk(raw):
        for name in _looked_at(item):
            if home.get(name) in drawn and home[name] != place[1]:
                message = f"« {item['id']} » dépend de « {name} », dont la page est placée au hasard"
                yield place, message, "mettez-les sur la même page, ou retirez « order: random » de celle-là"
    if len(drawn) == 1:
        page = ("sections", next(iter(drawn)), "order")
        yield page, "une seule page ne change pas de place", "marquez-en une autre, ou retirez « order »"


def _looked_at(item: dict[str, Any]) -> Iterator[str]:
    yield from recalled_items(item["text"])
    try:
        if "shown_if" in item:
            yield from (name for name, _, _ in parse_condition(item["shown_if"]).comparisons())
        if "formula" in item:
            yield from parse_formula(item["formula"]).items
    except (ConditionError, FormulaError):
        return  # told elsewhere
