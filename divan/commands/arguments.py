"""The words that each subcommand of « divan » takes, and what its help says of them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from divan.commands.annotations import wanted_format
from divan.commands.coding_words import coding_commands
from divan.commands.examples import shown
from divan.commands.fault_kinds import known_code
from divan.commands.founding_words import founding_commands
from divan.commands.receiving_words import receiving_commands
from divan.commands.speech import DivanParser, whole
from divan.commands.study_words import study_and_wave, study_commands
from divan.commands.tongue import in_our_language
from divan.commands.version import ShowVersion
from divan.forum.tombstone import REASONS

Words = argparse.Namespace
SHELLS = ("bash", "zsh", "fish")

DESCRIPTION = """\
Divan : un forum entre confrères, fait d'un site statique et d'un dépôt git,
avec les enquêtes qui disent s'il aide."""

EPILOG = """\
exemples :
  divan init notre-forum                           le dossier d'un nouveau groupe, en quelques questions
  divan new case                                   un cas à remplir
  divan new reply 2026-03-14-k7f2                  une réponse à ce fil
  divan check                                      tout relire avant de proposer
  divan draft mon-etude before avant.csv           un questionnaire ébauché d'après un export
  divan import poitou-charentes-2023 before avant.csv
  divan chat import douaisis-2020 export.txt       un fil de messagerie, sous pseudonymes
  divan report poitou-charentes-2023               refaire la page de résultats

Les guides sont sur le site : /guides/contribuer/, /guides/moderer/, /guides/etude/, /guides/fil/, /guides/heberger/."""


def parser(runs: Mapping[str, Callable[[Words], int]]) -> DivanParser:
    """The parser of every call; ``words.run`` is the one of ``runs`` that bears the subcommand's name."""
    divan = DivanParser(prog="divan", description=DESCRIPTION, epilog=EPILOG)
    divan.add_argument("--root", type=_folder, default=Path.cwd(), metavar="DOSSIER", help="le dépôt (ici par défaut)")
    divan.add_argument("--version", action=ShowVersion, help="quel Divan c'est, et quel code d'analyse")
    title, metavar = in_our_language("commandes"), in_our_language("COMMANDE")
    commands = divan.add_subparsers(title=title, prog="divan", metavar=metavar, required=True, parser_class=DivanParser)

    def command(name: str, help_text: str) -> argparse.ArgumentParser:
        told = in_our_language(help_text)
        said = told[0].upper() + told[1:] + "."
        added = commands.add_parser(name, help=told, description=said, epilog=shown(name))
        added.set_defaults(run=runs[name], command=name)
        return added

    founding_commands(command)
    new = command("new", "écrit un fichier valide, à remplir")
    kinds = {"case": "cas", "topic": "sujet", "reply": "réponse", "member": "confrère", "service": "service"}
    help_kinds = ", ".join(f"{kind} ({meaning})" for kind, meaning in kinds.items())
    new.add_argument("kind", choices=[*kinds], metavar="GENRE", help=help_kinds)
    new.add_argument("thread", nargs="?", metavar="FIL", help="pour une réponse : l'identifiant du fil")
    new.add_argument("--title", default="", metavar="TITRE", help="le titre du fil, ou le nom de la fiche")
    new.add_argument("--area", default="", metavar="DOMAINE", help="pour un sujet : l'un de content/forum.yaml")

    check = command("check", "dit tout ce qui ne va pas dans le contenu, les études et les identités")
    check.add_argument("paths", nargs="*", type=Path, metavar="CHEMIN", help="ces fichiers ou dossiers seulement")
    check.add_argument("--commits", metavar="DEPUIS", help="relit aussi les messages des commits qui suivent celui-ci")
    told = "text, github (GitHub et Forgejo), gitlab, json ou markdown ; « gitlab:FICHIER » l'écrit dans un fichier"
    check.add_argument("--format", type=wanted_format, action="append", default=[], metavar="FORME", help=told)

    check.add_argument("--explain", type=known_code, metavar="CODE", help="dit ce que demande une faute, par son code")

    doctor = command("doctor", "dit ce qui manque à l'installation : git, place, horloge, collecteur, courriel, forge")
    doctor.add_argument("--offline", action="store_true", help="ne demande rien à personne")

    completion = command("completion", "écrit ce qui complète les commandes dans votre shell")
    completion.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))

    build = command("build", "construit le site dans output/, en ne refaisant que ce qui a changé")
    build.add_argument("--full", action="store_true", help="oublie l'état gardé et refait tout")

    theme = command("theme", "copie un fichier du thème dans le vôtre, pour le changer")
    theme.add_argument("file", metavar="FICHIER", help="templates/home.html, static/style.css…")

    command("index", "refait l'index de la page de recherche, si le site a changé")

    serve = command("serve", "montre le site en local et le recharge à chaque changement")
    serve.add_argument(
        "--port",
        type=whole(1, 65_534),
        default=8000,
        metavar="N",
        help="8000 par défaut ; le collecteur prend le suivant",
    )
    serve.add_argument("--open", action="store_true", help="ouvre le navigateur")

    study_commands(command)
    coding_commands(command)

    receiving_commands(command)

    remind = command("remind", "écrit le rappel à envoyer aux membres qui n'ont pas répondu")
    study_and_wave(remind)

    consult = command("consult", "groupe en raisons les réponses libres d'une consultation, et en écrit le vote")
    consult.add_argument("study", metavar="ETUDE", help="un dossier de surveys/")

    intake = command("intake", "fait une branche, avec un commit, de ce qui a été reçu par courriel ou en fichier")
    intake.add_argument("place", type=Path, metavar="REÇU", help="un fichier, un .eml, une boîte mbox ou un dossier")

    activity = command("activity", "compte ce que le forum a fait, mois par mois, pour sa page")
    views = "pages lues : un CSV « month,views », ou un journal du serveur sans adresse"
    activity.add_argument("--views", type=Path, metavar="FICHIER", help=views)

    withdraw = command(
        "withdraw", "retire un fil, une réponse, une image ou une fiche, quoi qu'il y ait d'autre à corriger"
    )
    withdraw.add_argument("name", metavar="NOM", help="son identifiant, son fichier ou l'adresse de sa page")
    withdraw.add_argument("--reason", choices=[*REASONS], metavar="RAISON", help="patient, author ou rule")

    purge = command("purge", "efface de l'histoire de git ce qui a été retiré, puis cherche s'il en reste un mot")
    purge.add_argument("name", metavar="NOM", help="ce qui a été retiré : identifiant, fichier ou adresse")

    preview = command("preview", "écrit ce que montrera une proposition, en une page qui s'ouvre sans rien d'autre")
    preview.add_argument("threads", nargs="*", metavar="FIL", help="ces fils ; sans eux, ceux qui ont changé")
    preview.add_argument("--since", metavar="COMMIT", default="", help="changé depuis quand (le dernier commit)")
    page = "le fichier à écrire (apercu.html)"
    preview.add_argument("--output", type=Path, default=Path("apercu.html"), metavar="FICHIER", help=page)

    image = command(
        "image", "fait d'une photo ou d'un dessin une image du site, sans métadonnées, et donne la ligne à coller"
    )
    image.add_argument("files", nargs="+", type=Path, metavar="FICHIER", help="JPEG, PNG, WebP, HEIC, TIFF…")
    return divan


def _folder(text: str) -> Path:
    return Path(text).resolve()
