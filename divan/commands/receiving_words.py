"""The words of the commands of whoever receives answers, proposals and requests to enter."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from divan.commands.member_words import members_command
from divan.commands.speech import day_of, whole
from divan.commands.study_words import study_and_wave


def receiving_commands(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Add them by ``command(name, help)``."""
    collect = command("collect", "reçoit réponses et propositions, et tient le bureau (derrière un serveur web)")
    _receiving(collect)
    _listening(command("desk", "tient le bureau des modérateurs seul, dans un processus à part"), 8002)

    tried = command("try", "met à l'essai les formulaires d'une étude, à part : montre, chronomètre, et jette tout")
    tried.add_argument("study", metavar="ETUDE", help="un dossier de surveys/")
    tried.add_argument("wave", nargs="?", metavar="VAGUE", help="toutes par défaut")
    day = "le jour où l'on fait comme si l'on était : 2026-12-01 (aujourd'hui par défaut)"
    tried.add_argument("--date", type=day_of, metavar="JOUR", help=day)
    _place(tried, 8003)

    tokens = command("tokens", "fait des codes d'invitation, qui ne servent qu'une fois, pour une vague")
    study_and_wave(tokens)
    tokens.add_argument("count", nargs="?", type=whole(1, 20_000), metavar="N", help="combien ; sans N, où on en est")
    merged = "une ligne par personne, titres en tête : rend ses colonnes avec un code et un lien, pour un publipostage"
    tokens.add_argument("--members", type=Path, metavar="CSV", help=merged)
    _database(tokens)

    export = command("export", "écrit les réponses reçues d'une vague en CSV")
    study_and_wave(export)
    _database(export)
    export.add_argument("--quarantined", action="store_true", help="celles mises en quarantaine, avec la raison")
    export.add_argument("--output", metavar="FICHIER", help="« - » pour l'écran ; responses/VAGUE.csv par défaut")

    _database(command("choices", "écrit ce qui a été choisi sous les cas (« Qu'auriez-vous fait ? »)"))

    erase = command("erase", "efface la réponse d'une personne qui donne son reçu")
    erase.add_argument("receipt", metavar="REÇU", help="ABCD-EFGH-JKLM")
    _database(erase)

    forget = command("forget", "efface d'une étude ce que sa date (« retention ») ne permet plus de garder")
    forget.add_argument("study", metavar="ETUDE", help="un dossier de surveys/")
    forget.add_argument("--now", action="store_true", help="sans attendre les dates : tout")
    forget.add_argument("--yes", action="store_true", help="sans demander")
    _database(forget)

    admit = command("admit", "sort des réponses de quarantaine, une fois regardées")
    study_and_wave(admit)
    admit.add_argument("responses", nargs="+", metavar="RÉPONSE", help="before-c0042…")
    _database(admit)

    backup = command("backup", "sauvegarde tout ce qui a été reçu, et les clés, en un fichier chiffré")
    backup.add_argument("--to", type=Path, metavar="FICHIER", help=".divan/backups/divan-JOUR.age par défaut")
    restore = command("restore", "remet une sauvegarde dans une base vide, et la vérifie ligne pour ligne")
    restore.add_argument("file", type=Path, metavar="FICHIER", help="écrit par « divan backup »")
    for either in (backup, restore):
        told = "la première ligne est la phrase ; sinon DIVAN_BACKUP_PASSPHRASE, ou le clavier"
        either.add_argument("--passphrase", type=Path, metavar="FICHIER", help=told)
        _database(either)

    members_command(command, _database)
    moderators = command("moderators", "déclare, montre ou retire ceux qui modèrent")
    moderators.add_argument("action", choices=["add", "list", "revoke"], metavar="ACTION", help="add, list ou revoke")
    moderators.add_argument(
        "name", nargs="?", default="", metavar="NOM", help="qui ; ou, pour revoke, un appareil : #3"
    )
    moderators.add_argument("--url", default="", metavar="ADRESSE", help="celle du bureau, pour le lien d'entrée")
    _database(moderators)

    digest = command("digest", "écrit la lettre de la semaine, ou l'envoie à ceux qui l'ont demandée")
    digest.add_argument("--week", metavar="SEMAINE", help="2026-W48 ; la dernière semaine finie par défaut")
    digest.add_argument("--output", type=Path, metavar="DOSSIER", help="où l'écrire (.divan/letters/)")
    digest.add_argument("--members", action="store_true", help="celle de l'espace des membres, à donner soi-même")
    digest.add_argument("--send", action="store_true", help="l'envoie, à chacun une fois, même relancée")
    _database(digest)

    _database(command("news", "dit ce qui attend les modérateurs, sans un mot des textes (pour cron)"))


def _listening(parser: argparse.ArgumentParser, port: int) -> None:
    _place(parser, port)
    _database(parser)


def _place(parser: argparse.ArgumentParser, port: int) -> None:
    parser.add_argument("--port", type=whole(0, 65_535), default=port, metavar="N", help=f"{port} par défaut")
    parser.add_argument("--host", default="127.0.0.1", metavar="ADRESSE", help="127.0.0.1 par défaut")


def _receiving(parser: argparse.ArgumentParser) -> None:
    _listening(parser, 8001)
    parser.add_argument("--without-desk", action="store_true", help="sans le bureau, que « divan desk » tient ailleurs")
    parser.add_argument("--ignore-window", action="store_true", help="reçoit aussi hors des dates de l'enquête")
    parser.add_argument("--require-proof", action="store_true", help="sans preuve de travail, en quarantaine")
    parser.add_argument(
        "--rate", type=whole(1, 1_000_000), default=30, metavar="N", help="envois par minute et par appareil (30)"
    )


def _database(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--database", metavar="URL", help="sqlite:///fichier ou postgresql://… (SQLite par défaut)")
