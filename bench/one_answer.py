"""One made-up answer to one question, of somebody whose hidden degree of help is known."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import timedelta

from bench.recipe import Recipe
from surveys.questionnaire import NUMBERS, Item, ItemType

CODE = "abcdefghijklmnopqrstuvwxyz234567"


def code_of(source: random.Random, item: Item) -> str:
    """A code of the format that the question wants."""
    letters = CODE if item.format == "phrase" else "0123456789"
    return "".join(source.choices(letters, k=8 if item.format == "phrase" else item.length or 4))


def answer_of(source: random.Random, item: Item, recipe: Recipe, person: Mapping[str, float]) -> str:
    """The tidy cell, blank for some when the recipe wants it."""
    if item.id in recipe.blank and source.random() < recipe.blank[item.id]:
        return ""
    weights = recipe.weights.get(item.id, {})
    if item.type is ItemType.LIKERT:
        moved = recipe.shift.get(item.id, 0.0) * person["late"]
        return str(min(5, max(1, round(person["help"] + moved + weights.get("mean", 0.0) + source.gauss(0, 0.9)))))
    if item.type is ItemType.SINGLE:
        names = [choice.id for choice in item.choices if weights.get(choice.id, 0 if weights else 1)]
        return source.choices(names, [weights.get(name, 1) for name in names])[0]
    if item.type is ItemType.SEVERAL:
        return _ticked(source, item, weights)
    if item.type in NUMBERS:
        return _number(source, item, recipe.numbers.get(item.id, {"mean": 5, "sd": 2}))
    if item.type is ItemType.DATE and item.latest:
        ago = recipe.numbers.get(item.id, {"mean": 400, "sd": 200})
        return (item.latest - timedelta(days=max(0, round(source.gauss(ago["mean"], ago["sd"]))))).isoformat()
    if item.type is ItemType.CONSENT:
        return item.version
    said = recipe.texts.get(item.id, ())
    return source.choice(said) if said and source.random() < 0.6 else ""


def _number(source: random.Random, item: Item, bounds: Mapping[str, float]) -> str:
    low = bounds.get("minimum", item.minimum or 0)
    high = bounds.get("maximum", 10**6 if item.maximum is None else item.maximum)
    drawn = source.gauss(bounds["mean"], bounds["sd"])
    if item.type is ItemType.DECIMAL:
        return f"{min(high, max(low, round(drawn * 2) / 2)):g}"  # people answer to the half
    return str(min(high, max(low, round(drawn))))


def _ticked(source: random.Random, item: Item, weights: Mapping[str, float]) -> str:
    chosen = [
        choice.id
        for choice in item.choices
        if not choice.exclusive and not choice.other and source.random() < weights.get(choice.id, 0.3)
    ]
    alone = next((choice.id for choice in item.choices if choice.exclusive), item.choices[0].id)
    return ";".join(chosen) or alone
