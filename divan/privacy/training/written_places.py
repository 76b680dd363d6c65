"""Towns, establishments of care and addresses with the ways people write them."""

from __future__ import annotations

import random

from divan.privacy.training.fixed_words import fixed, often
from divan.privacy.training.lists import Names
from divan.privacy.training.written_people import surname


def town(drawn: random.Random, names: Names) -> str:
    """A commune, large or small, here or elsewhere."""
    name = drawn.choice(names.small_towns) if drawn.random() < 0.4 else often(drawn, names.towns)
    way = drawn.random()
    if way < 0.18:
        return name.replace("-", " ")
    if way < 0.28:
        return name.replace("Saint-", "St ").replace("Sainte-", "Ste ").replace("-", " ")
    if way < 0.32:
        return drawn.choice(fixed()["foreign_towns"])
    return name.upper() if way < 0.40 else name


def hospital(drawn: random.Random, names: Names) -> str:
    """An establishment by its kind and its name, or by its name alone."""
    way = drawn.random()
    if way < 0.12:
        return drawn.choice(names.hospitals)
    name = f"{drawn.choice(fixed()['facilities'])}{_of_hospital(drawn, names)}"
    return name.lower() if way < 0.24 else name.upper() if way < 0.32 else name


def _of_hospital(drawn: random.Random, names: Names) -> str:
    """What comes after the kind of an establishment: a town, a saint, a person, a garden."""
    way = drawn.random()
    if way < 0.45:
        return contracted(drawn, drawn.choice((" de ", " de ", " ", " à ")), town(drawn, names))
    place = drawn.choice(fixed()["grounds"])
    if way < 0.55:
        place = drawn.choice(names.hospitals)
    elif way < 0.65:
        place = drawn.choice(("Saint-", "Saint ", "St ", "St-")) + drawn.choice(fixed()["saints"])
    elif way < 0.75:
        place = often(drawn, names.given) + drawn.choice("- ") + often(drawn, names.surnames)
    elif way < 0.82:
        place = (
            drawn.choice(("Les ", "les ", "Le ", "La ", "du ", "des ")) + drawn.choice(names.capitalised).capitalize()
        )
    elif way < 0.87:
        place = surname(drawn, names)
    return f" {place}" if drawn.random() < 0.8 else contracted(drawn, f" {place} de ", town(drawn, names))


def contracted(drawn: random.Random, text: str, name: str) -> str:
    """A text that ends with "de" or "à" and a name, joined as one says it, or as one types it in haste: "d angers"."""
    last = text[-4:].lower()
    if not last.endswith((" de ", " à ", " a ")) or drawn.random() < 0.1:
        return text + name
    capitals, of = text[-2:-1].isupper(), last.endswith("de ")
    article, rest = name.split(" ", 1) if " " in name else ("", name)
    joined = {"le": ("du ", "au "), "les": ("des ", "aux ")}.get(article.lower())
    if joined is None:
        joined, rest = _before_a_kind(name), name
    if joined is None:
        if not of or name[:1].lower() not in "aeéèêiîoôuyhœ":
            return text + name
        joined = (drawn.choice(("d'", "d'", "d'", "d ")),) * 2
    small = joined[0] if of else joined[1]
    return text[: -3 if of else -2] + (small.upper() if capitals else small) + rest


def _before_a_kind(name: str) -> tuple[str, str] | None:
    """What "de" and "à" become before the kind of an establishment."""
    kind = name.lower()
    if kind.startswith(("clin", "poly", "mat", "rés", "mais", "msp")):
        return "de la ", "à la "
    if kind.startswith(("hôp", "hop", "ehp", "inst", "ime")):
        return "de l'", "à l'"
    if kind.startswith(("ch", "cent", "foy", "cmp", "pôle", "ght", "ssr", "fam", "ht")):
        return "du ", "au "
    return None


def street(drawn: random.Random, names: Names) -> str:
    """A street with its number, often named after somebody."""
    way, parts = drawn.random(), fixed()
    if way < 0.3:
        return drawn.choice(parts["streets"])
    of = f"{often(drawn, names.given)}{drawn.choice('- ')}{often(drawn, names.surnames)}"
    if way < 0.6:
        of = drawn.choice(("des ", "du ", "de la ")) + drawn.choice(names.capitalised).capitalize()
    return f"{drawn.randint(1, 99)}{drawn.choice((' ', ', ', ' bis '))}{drawn.choice(parts['ways'])} {of}"


def postcode(drawn: random.Random, _: Names) -> str:
    """A postcode."""
    return f"{drawn.randint(1, 95):02}{drawn.choice((0, 100, 200, 300, 400, 500)):03}"
