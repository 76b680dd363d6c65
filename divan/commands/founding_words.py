"""The words of « divan init » and « divan upgrade »: what a founder says of the group, and of its engine."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path


def founding_commands(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Add them by ``command``, which takes a name and what its help says."""
    init = command("init", "commence le dossier d'un groupe : réglages, charte, entrée, premier fil, forge")
    init.add_argument("folder", type=Path, metavar="DOSSIER", help="un dossier neuf")
    init.add_argument("--name", metavar="NOM", help="le nom du groupe")
    init.add_argument(
        "--trade", metavar="MÉTIER", help="qui en est, au pluriel : sages-femmes, enseignants, vétérinaires…"
    )
    init.add_argument("--country", metavar="PAYS", help="fr, be, ch, qc, ou free pour des secteurs à vous")
    init.add_argument("--territory", metavar="RÉGION", help="comment vous nommez votre région")
    init.add_argument(
        "--places", metavar="CODES", help="40,64 ; WLX,WNA ; « free » : nord=Secteur nord,sud=Secteur sud"
    )
    init.add_argument("--areas", metavar="DOMAINES", help="pour quoi l'on vient, séparé par des virgules")
    init.add_argument("--contact", metavar="ADRESSE", help="le courriel des modérateurs")
    init.add_argument("--url", metavar="URL", help="l'adresse du site")
    init.add_argument("--repository", metavar="URL", help="le dépôt, s'il est sur une forge")
    init.add_argument("--forge", metavar="FORGE", help="github, gitlab, forgejo ou none")
    init.add_argument(
        "--edition", metavar="ÉDITION",
        help="ce que voit le public : closed (la charte et de quoi entrer), members (tout sauf les fils) ou public",
    )  # fmt: skip
    init.add_argument(
        "--sending", metavar="FAÇONS",
        help="comment on propose un texte, séparé par des virgules : collector (sans compte), forge, mail, file",
    )  # fmt: skip
    init.add_argument(
        "--surveys", metavar="OÙ", help="où partent les réponses : collector, file, ou l'adresse d'un autre service"
    )
    init.add_argument("--collector", metavar="URL", help="l'adresse du collecteur ; sinon DIVAN_COLLECTOR la dit")
    init.add_argument(
        "--pseudonyms", metavar="RÈGLE", help="required (un pseudonyme, demandé à l'entrée), free ou undecided"
    )
    init.add_argument("--language", metavar="LANGUE", help="la langue des menus et des boutons : fr ou en")
    init.add_argument(
        "--example",
        action="store_const",
        const="oui",
        help="remplit le forum d'un exemple, pour le voir avant d'écrire",
    )
    init.add_argument(
        "--remove-example",
        action="store_true",
        help="ôte d'un dossier déjà fait ce que --example y a mis, et rien d'autre",
    )
    init.add_argument("--answers", type=Path, metavar="YAML", help="les mêmes réponses, dans un fichier")
    init.add_argument("--engine", default="", metavar="PAQUET", help="ce que pip installe : cette version par défaut")

    upgrade = command(
        "upgrade", "dit ce que la version qui tourne change et demande au groupe, puis la note comme la sienne"
    )
    upgrade.add_argument(
        "--engine", default="", metavar="PAQUET", help="ce que pip installera : celle qui tourne par défaut"
    )
