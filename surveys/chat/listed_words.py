"""What the detector's lists say of a word: a French one, a given name, a surname, a town."""

from __future__ import annotations

from functools import cache

from divan.privacy.tagger import load_tagger


@cache
def is_common(word: str) -> bool:
    """A word that French has for other uses, whatever names it also makes: « petit », « claire », « marchand »."""
    return bool(set(load_tagger().lists.get(word, "")) & {"w", "x"})


@cache
def is_listed_name(word: str) -> bool:
    """A given name, a surname or a town of the lists, which is no product's name."""
    lists = set(load_tagger().lists.get(word, ""))
    return bool(lists & {"g", "s", "t"}) and "x" not in lists


@cache
def is_town(word: str) -> bool:
    """A town of the lists."""
    return "t" in load_tagger().lists.get(word, "")


@cache
def is_listed(word: str) -> bool:
    """A word of some list: a French word, a product, a name."""
    return word in load_tagger().lists
