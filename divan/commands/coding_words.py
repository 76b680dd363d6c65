"""The words of the commands that code a thread: the coder's page, the tree and its exchanges."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from divan.commands.speech import whole


def coding_commands(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Add them, each by ``command``, which takes a name and what its help says."""
    code = command("code", "ouvre sur cette machine la page où l'on code un fil, au clavier")
    code.add_argument("study", metavar="ETUDE", help="un dossier de surveys/ dont le fil est importé")
    who = code.add_mutually_exclusive_group(required=True)
    who.add_argument("--coder", default="", metavar="NOM", help="qui code : A, B…, des lettres ou des chiffres")
    who.add_argument("--consensus", action="store_true", help="les désaccords, à décider ensemble")
    code.add_argument("--port", type=whole(0, 65_535), default=0, metavar="N", help="un port libre par défaut")
    code.add_argument("--open", action="store_true", help="ouvre le navigateur")

    codes = command("codes", "échange un arbre de codes et un codage (REFI-QDA, Taguette), ou change l'arbre")
    actions = ["export", "import", "merge", "split", "rename"]
    codes.add_argument("action", choices=actions, metavar="ACTION", help=", ".join(actions))
    codes.add_argument("study", metavar="ETUDE", help="un dossier de surveys/")
    said = "un fichier .qdc, .qdpx, .csv, .xlsx ou .sqlite3 (Taguette) ; "
    said += "merge CODE DANS ; rename CODE NOUVEAU [NOM] ; split CODE NOUVEAU=NOM…"
    codes.add_argument("words", nargs="+", metavar="MOT", help=said)
    codes.add_argument("--tree", action="store_true", help="pour Taguette : le livre de codes, sans les passages")
    codes.add_argument("--coder", default="A", metavar="NOM", help="pour un CSV de Taguette : qui a codé")


def file_of(words: argparse.Namespace) -> Path:
    """The file that an exchange names."""
    return Path(words.words[0])
