"""Given names and surnames with the ways people write them, and some that no list holds."""

from __future__ import annotations

import random

from divan.privacy.training.fixed_words import fixed, often
from divan.privacy.training.lists import Names


def given(drawn: random.Random, names: Names) -> str:
    """A given name: whole, short, doubled, of two parts, or of no list."""
    way, name = drawn.random(), often(drawn, names.given)
    if way < 0.06:
        return f"{drawn.choice(fixed()['compound_starts'])}{drawn.choice('-- ')}{name.split('-')[0]}"
    if way < 0.10:  # a short or doubled form: Momo, Jean-Mi, Domi
        syllable = name.split("-")[0][:2]
        return drawn.choice((syllable + syllable.lower(), f"Jean-{syllable}", name[:4], name[:3] + "o"))
    if way < 0.18:
        return syllables(drawn)
    return invented(drawn, name, "endings_of_names") if way < 0.21 else name


def syllables(drawn: random.Random) -> str:
    """A name of no language in particular, which no list holds."""
    parts = fixed()
    count = drawn.choice((2, 2, 3, 3, 4))
    name = "".join(drawn.choice(parts["name_consonants"]) + drawn.choice(parts["name_vowels"]) for _ in range(count))
    return name.capitalize() + drawn.choice(("", "", "", "n", "r", "t", "s", "k", "x"))


def surname(drawn: random.Random, names: Names) -> str:
    """A surname: in capitals, double, with its particle, or of no list."""
    name = often(drawn, names.surnames)
    way = drawn.random()
    if way < 0.25:
        return name.upper()
    if way < 0.33:
        return f"{name}-{often(drawn, names.surnames)}"
    if way < 0.40:
        return drawn.choice(fixed()["particles"]) + name
    if way < 0.50:
        name = syllables(drawn)
        return name.upper() if drawn.random() < 0.3 else name
    return invented(drawn, name, "endings_of_names") if way < 0.62 else name


def invented(drawn: random.Random, name: str, endings: str) -> str:
    """A word that no list holds: the beginning of a name and another end."""
    return name[: drawn.randint(2, 5)] + drawn.choice(fixed()[endings])
