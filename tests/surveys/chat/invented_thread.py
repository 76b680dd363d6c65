"""An invented thread of the shape of a real one: names, telephones and places in every way that people write them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

GIVEN = ("Pierre", "Nadia", "Claire", "Karim", "Frédéric", "Élodie", "Olivier", "Jean-Michel", "Noël", "Inès")
FAMILY = (
    "Lambert",
    "Petit",
    "Hennebelle",
    "Leclercq",
    "Marchand",
    "Le Goff",
    "N'Guyen",
    "Moreau",
    "D'Hondt",
    "Wallart",
)
PLACES = ("Douai", "Cambrai", "Sin-le-Noble", "Valenciennes", "Arras")
PLAIN = (
    "Bonjour à tous, qui est de garde ce soir ?", "Merci beaucoup", "La téléconsultation marche bien", "😂😂",
    "Scanner typique chez un homme de 50 ans", "Les masques arrivent demain\nHeure : 12:30 - à confirmer",
    "Je suis épuisée", "Protocole en pièce jointe", "fiche-12.pdf (fichier joint)", "<Médias omis>",
)  # fmt: skip
NAMING = (
    "Courage {family}, on est là", "merci {given_low} !", "Les {family}s ont répondu", "vu avec {family_low} hier",
    "Patient de Mme {family}, {phone}, à rappeler", "@{phone_bare} tu peux ?", "@\u2068{given} {family}\u2069 dispo ?",
    "{given_upper} {family_upper} arrive", "Appelle le {phone_dots}", "Le centre de {place} ouvre lundi",
    "je passe par {place_low} ce soir", "{given}{family} : voir mail", "Son mail : {given_low}.{family_low}@exemple.fr",
    "Lien https://chat.exemple.fr/invite/{family_bare}?t=Ab9Zq", "Dr {family} a dit oui à {given}, d'{family}",
)  # fmt: skip


@dataclass(frozen=True)
class InventedThread:
    """The text of an export, and all that must be left nowhere of it."""

    text: str
    people: tuple[str, ...]
    phones: tuple[str, ...]
    posts: int


def invented_thread(seed: int, posts: int = 400) -> InventedThread:
    """Twelve people, two of them known by a number; one in three posts names somebody or somewhere."""
    draw = random.Random(seed)
    names = [f"{given} {family}" for given, family in zip(GIVEN, FAMILY, strict=True)]
    phones = [f"+33 6 39 98 {n:02} {draw.randrange(10, 99)}" for n in range(10, 22)]
    people = [*names, *phones[:2]]
    when = datetime(2020, 3, 17, 7)
    lines = [f"{when:%d/%m/%Y à %H:%M} - {people[0]} a ajouté {one}" for one in people[1:]]
    for n in range(posts):
        when += timedelta(minutes=draw.randrange(1, 150))
        said = _naming(draw, phones) if draw.random() < 1 / 3 else draw.choice(PLAIN)
        if n < len(PLACES):  # every place is written once as it should be
            said = f"Le centre dédié de {PLACES[n]} ouvre lundi"
        lines.append(f"{when:%d/%m/%Y à %H:%M} - {draw.choice(people)}: {said}")
    assert when.date() <= date(2020, 5, 10)
    return InventedThread("\n".join(lines) + "\n", tuple(people), tuple(phones), posts)


def _naming(draw: random.Random, phones: list[str]) -> str:
    given, family, place = draw.choice(GIVEN), draw.choice(FAMILY), draw.choice(PLACES)
    phone = draw.choice(phones).replace("+33 ", "0")
    return draw.choice(NAMING).format(
        given=given, family=family, place=place, given_low=given.lower(), family_low=family.lower(),
        family_bare="".join(filter(str.isalpha, family.lower())),
        given_upper=given.upper(), family_upper=family.upper(), place_low=place.lower(), phone=phone,
        phone_bare="33" + phone.replace(" ", "")[1:], phone_dots=phone.replace(" ", "."),
    )  # fmt: skip
