"""What stands in a slot of a template: a name with the ways people write it, or a word that only looks like one."""

from __future__ import annotations

import random
from collections.abc import Callable

from divan.privacy.training.fixed_words import fixed, often
from divan.privacy.training.lists import Names
from divan.privacy.training.written_people import given, invented, surname
from divan.privacy.training.written_places import hospital, postcode, street, town


def value(drawn: random.Random, names: Names, slot: str) -> str:
    """What a slot becomes, drawn at random."""
    if slot in _MAKERS:
        return _MAKERS[slot](drawn, names)
    return drawn.choice(fixed()[_CHOICES.get(slot, slot)])


def known_slots() -> frozenset[str]:
    """The letters, and the names of lists, that a template may hold."""
    return frozenset((*_CHOICES, *_MAKERS, *fixed()))


def _product(drawn: random.Random, names: Names) -> str:
    """A medicine: a real one, or a word that could be one."""
    known = drawn.random() < 0.7
    word = (
        drawn.choice(names.products) if known else invented(drawn, often(drawn, names.surnames), "endings_of_products")
    )
    way = drawn.random()
    return word.upper() if way < 0.12 else word.lower() if way < 0.2 else word


def _eponym(drawn: random.Random, names: Names) -> str:
    """The name of a sign, a score, a disease: often a surname, and nobody's."""
    name = often(drawn, names.surnames)
    return name if drawn.random() < 0.35 else invented(drawn, name, "endings_of_eponyms")


def _trial(drawn: random.Random, names: Names) -> str:
    way = drawn.random()
    if way < 0.2:
        return often(drawn, names.given).upper()
    return drawn.choice(names.capitalised).upper() + drawn.choice(("", "", "-2", " 3"))


def _germ(drawn: random.Random, _: Names) -> str:
    return f"{drawn.choice(fixed()['germs'])} {drawn.choice(fixed()['species'])}".strip()


def _acronym(drawn: random.Random, _: Names) -> str:
    if drawn.random() < 0.5:
        return drawn.choice(fixed()["acronyms"])
    return "".join(drawn.choices("ABCDEFGHILMNOPRSTUV", k=drawn.randint(2, 6)))


def _capitalised(drawn: random.Random, names: Names) -> str:
    return drawn.choice(names.capitalised).capitalize()


def _word(drawn: random.Random, names: Names) -> str:
    return drawn.choice(names.capitalised)


def _rare(drawn: random.Random, names: Names) -> str:
    """A word of French that few people write."""
    return drawn.choice(names.rare)


def _medical(drawn: random.Random, _: Names) -> str:
    """A word of medicine, that exists or could."""
    parts = fixed()
    roots = "".join(drawn.choice(parts["medical_roots"]) for _ in range(drawn.choice((1, 1, 2))))
    word = roots + drawn.choice(parts["medical_ends"]) + drawn.choice(("", "", "s"))
    return word.capitalize() if drawn.random() < 0.4 else word


def _homograph(drawn: random.Random, names: Names) -> str:
    return drawn.choice(names.homographs)


_CHOICES = {
    "M": "titles", "k": "kin", "p": "trades", "d": "dates", "v": "brands", "r": "roman", "D": "areas",
    "H": "headers",
}  # fmt: skip
_MAKERS: dict[str, Callable[[random.Random, Names], str]] = {
    "g": given, "s": surname, "t": town, "h": hospital, "i": _product, "e": _eponym, "E": _trial, "b": _germ,
    "a": _acronym, "W": _capitalised, "w": _word, "q": _homograph, "c": postcode, "R": street,
    "u": _rare, "m": _medical,
    "X": lambda drawn, names: drawn.choice((_rare, _medical, _eponym))(drawn, names).upper(),
    "U": lambda drawn, names: _rare(drawn, names).capitalize(),
    "I": lambda drawn, _: drawn.choice("ABCDEFGHIJKLMNPRSTVY"),
    "Q": lambda drawn, names: _homograph(drawn, names).capitalize(), "n": lambda drawn, _: str(drawn.randint(2, 89)),
}  # fmt: skip
