"""What stands in a slot of a template: a name with the ways people write it, or a word that only looks like one."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

import yaml

from divan.privacy.training.lists import Names

_SLOTS = Path(__file__).parent / "slots.yaml"


@cache
def fixed() -> dict[str, tuple[str, ...]]:
    """The lists of ``slots.yaml``."""
    written = yaml.safe_load(_SLOTS.read_text(encoding="utf-8"))
    return {key: tuple(map(str, values)) for key, values in written.items()}


def value(drawn: random.Random, names: Names, slot: str) -> str:
    """What a slot becomes, drawn at random."""
    if slot in _CHOICES:
        return drawn.choice(fixed()[_CHOICES[slot]])
    return _MAKERS[slot](drawn, names)


def known_slots() -> frozenset[str]:
    """The letters that a template may hold."""
    return frozenset((*_CHOICES, *_MAKERS))


def _often(drawn: random.Random, names: tuple[str, ...]) -> str:
    """Frequent names more often than rare ones."""
    return names[int(len(names) * drawn.random() ** 2)]


def _given(drawn: random.Random, names: Names) -> str:
    way, name = drawn.random(), _often(drawn, names.given)
    if way < 0.06:
        return f"{drawn.choice(fixed()['compound_starts'])}{drawn.choice('-- ')}{name.split('-')[0]}"
    if way < 0.10:  # a short or doubled form: Momo, Jean-Mi, Domi
        syllable = name.split("-")[0][:2]
        return drawn.choice((syllable + syllable.lower(), f"Jean-{syllable}", name[:4], name[:3] + "o"))
    return _invented(drawn, name, "endings_of_names") if way < 0.13 else name


def _surname(drawn: random.Random, names: Names) -> str:
    name = _often(drawn, names.surnames)
    way = drawn.random()
    if way < 0.25:
        return name.upper()
    if way < 0.33:
        return f"{name}-{_often(drawn, names.surnames)}"
    if way < 0.40:
        return drawn.choice(fixed()["particles"]) + name
    return _invented(drawn, name, "endings_of_names") if way < 0.52 else name


def _invented(drawn: random.Random, name: str, endings: str) -> str:
    """A word that no list holds: the beginning of a name and another end."""
    return name[: drawn.randint(2, 5)] + drawn.choice(fixed()[endings])


def _town(drawn: random.Random, names: Names) -> str:
    name = drawn.choice(names.small_towns) if drawn.random() < 0.35 else _often(drawn, names.towns)
    way = drawn.random()
    if way < 0.15:
        return name.replace("-", " ")
    if way < 0.25:
        return name.replace("Saint-", "St ").replace("Sainte-", "Ste ").replace("-", " ")
    return name.upper() if way < 0.32 else name


def _hospital(drawn: random.Random, names: Names) -> str:
    if drawn.random() < 0.08:
        return drawn.choice(fixed()["bare_hospitals"])
    kind = drawn.choice(fixed()["facilities"])
    if drawn.random() < 0.55:
        return kind + drawn.choice((" de ", " de ", " ", " à ")) + _town(drawn, names)
    place = drawn.choice(fixed()["grounds"])
    if drawn.random() < 0.3:
        place = drawn.choice((_often(drawn, names.given) + "-", "", "Saint-")) + _often(drawn, names.surnames)
    return f"{kind} {place}" if drawn.random() < 0.75 else f"{kind} {place} de {_town(drawn, names)}"


def _product(drawn: random.Random, names: Names) -> str:
    """A medicine: a real one, or a word that could be one."""
    known = drawn.random() < 0.7
    word = (
        drawn.choice(names.products)
        if known
        else _invented(drawn, _often(drawn, names.surnames), "endings_of_products")
    )
    way = drawn.random()
    return word.upper() if way < 0.12 else word.lower() if way < 0.2 else word


def _eponym(drawn: random.Random, names: Names) -> str:
    """The name of a sign, a score, a disease: often a surname, and nobody's."""
    name = _often(drawn, names.surnames)
    return name if drawn.random() < 0.35 else _invented(drawn, name, "endings_of_eponyms")


def _trial(drawn: random.Random, names: Names) -> str:
    way = drawn.random()
    if way < 0.2:
        return _often(drawn, names.given).upper()
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


def _homograph(drawn: random.Random, names: Names) -> str:
    return drawn.choice(names.homographs)


def _postcode(drawn: random.Random, _: Names) -> str:
    return f"{drawn.randint(1, 95):02}{drawn.choice((0, 100, 200, 300, 400, 500)):03}"


_CHOICES = {
    "M": "titles", "k": "kin", "p": "trades", "d": "dates", "v": "brands", "r": "roman", "D": "areas",
    "H": "headers",
}  # fmt: skip
_MAKERS: dict[str, Callable[[random.Random, Names], str]] = {
    "g": _given, "s": _surname, "t": _town, "h": _hospital, "i": _product, "e": _eponym, "E": _trial, "b": _germ,
    "a": _acronym, "W": _capitalised, "w": _word, "q": _homograph, "c": _postcode,
    "I": lambda drawn, _: drawn.choice("ABCDEFGHIJKLMNPRSTVY"),
    "Q": lambda drawn, names: _homograph(drawn, names).capitalize(), "n": lambda drawn, _: str(drawn.randint(2, 89)),
}  # fmt: skip
