"""The words of « divan members »: who may enter, who holds a key, and what only moderators open."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

_ACTIONS = {
    "verify": "tient les demandes d'entrée contre l'annuaire public, puis les oublie",
    "key": "donne à NOM la clé qui ouvre l'espace des membres",
    "list": "dit qui en tient une",
    "feed": "donne à NOM l'adresse secrète d'un flux, où les titres se lisent en clair ; une autre à chaque fois",
    "revoke": "retire celle de NOM",
    "identity": "dit la clé publique d'un modérateur, et la tire au sort la première fois",
    "seal": "chiffre dans le dépôt les messages nommés, ou tous ceux des membres, pour les modérateurs du groupe",
    "open": "montre un message chiffré",
    "edit": "l'ouvre dans un éditeur, et le chiffre de nouveau",
}


def members_command(
    command: Callable[[str, str], argparse.ArgumentParser], database: Callable[[argparse.ArgumentParser], None]
) -> None:
    """Add it by ``command(name, help)``; ``database`` adds the words that say where answers are."""
    members = command("members", "vérifie les demandes d'entrée ; clés des membres ; messages chiffrés dans le dépôt")
    told = " ; ".join(f"{action} {what}" for action, what in _ACTIONS.items())
    members.add_argument("action", choices=[*_ACTIONS], metavar="ACTION", help=told)
    members.add_argument(
        "names", nargs="*", default=(), metavar="NOM",
        help="pour key et revoke : de qui est la clé ; pour seal, open et edit : des fichiers",
    )  # fmt: skip
    members.add_argument(
        "--phrase", type=Path, metavar="FICHIER",
        help="pour key : la première ligne est une phrase que la personne sait, au lieu d'une clé tirée au sort",
    )  # fmt: skip
    members.add_argument("--stop", action="store_true", help="pour feed : retire le flux de NOM")
    members.add_argument("--register", type=Path, metavar="FICHIER", help="un nouvel extrait de l'annuaire, à indexer")
    for name, help_text in (
        ("--admit", "des demandes à voir que vous admettez"),
        ("--refuse", "celles que vous refusez"),
    ):
        members.add_argument(name, nargs="+", default=(), metavar="DEMANDE", help=help_text)
    members.add_argument("--dry-run", action="store_true", help="dit le verdict de chaque demande, sans rien changer")
    database(members)
