"""An argument parser that speaks French, suggests the word that was meant, and shows problems all at once."""

from __future__ import annotations

import argparse
import errno
import re
import sys
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any, NoReturn

from divan.sources.problem import Problem

_SENTENCES = (
    (r"the following arguments are required: (.*)", r"il manque : \1"),
    (r"unrecognized arguments: (.*)", r"inconnu ici : \1"),
    (r"argument (.*?): expected one argument", r"\1 attend une valeur"),
    (r"argument (.*?): expected at least one argument", r"\1 attend au moins une valeur"),
    (r"argument (.*?): invalid int value: (.*)", r"\1 attend un nombre entier, pas \2"),
    (r"argument (.*?): (attend .*)", r"\1 \2"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 ne va pas avec \2"),
    (r"argument (.*?): ignored explicit argument (.*)", r"\1 n'attend pas de valeur (\2)"),
    (r"ambiguous option: (.*) could match (.*)", r"\1 peut vouloir dire \2"),
)

_REFUSALS = {
    errno.ENOENT: ("ce fichier ou ce dossier n'existe pas", "vérifiez son nom"),
    errno.ENOTDIR: ("ce n'est pas un dossier", "vérifiez son nom"),
    errno.EISDIR: ("c'est un dossier ; un fichier est attendu", "ajoutez le nom du fichier"),
    errno.EACCES: (
        "vous n'avez pas le droit de le lire ou de l'écrire",
        "changez ses droits, ou choisissez un autre lieu",
    ),
    errno.EPERM: (
        "vous n'avez pas le droit de le lire ou de l'écrire",
        "changez ses droits, ou choisissez un autre lieu",
    ),
    errno.EROFS: ("ce disque ne s'écrit pas", "choisissez un autre lieu"),
    errno.ENOSPC: ("le disque est plein", "faites de la place ; rien n'a été écrit à moitié"),
}


class FrenchParser(argparse.ArgumentParser):
    """``argparse`` with French headings and errors; an error exits with status 2, as is the custom."""

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("formatter_class", _FrenchFormatter)
        super().__init__(add_help=False, **settings)
        self._positionals.title = "à donner"
        self._optionals.title = "options"
        self.add_argument("-h", "--help", action="help", help="montre cette aide")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words of the call, in French, and leave."""
        sys.stderr.write(f"{self.prog} : {_in_french(message)}\nVoyez : {self.prog} --help\n")
        sys.exit(2)


class _FrenchFormatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, prefix or "usage : ")


def _in_french(message: str) -> str:
    choice = re.fullmatch(r"argument (.*?): invalid choice: '(.*?)' \(choose from (.*)\)", message)
    if choice:
        where, given, allowed = choice[1], choice[2], re.findall(r"[^',\s]+", choice[3])
        near = get_close_matches(given, allowed, n=1)
        meant = f" ; vouliez-vous « {near[0]} » ?" if near else ""
        return f"« {given} » n'existe pas pour {where} (il y a {', '.join(allowed)}){meant}"
    for pattern, sentence in _SENTENCES:
        if re.fullmatch(pattern, message):
            return re.sub(pattern, sentence, message)
    return message


def whole(low: int, high: int) -> Callable[[str], int]:
    """What reads a word of the call as a whole number from ``low`` to ``high``."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(f"attend un nombre entier de {low} à {high}, pas {text!r}")
        return int(text)

    return read


def between(low: float, high: float) -> Callable[[str], float]:
    """What reads a word of the call as a number between ``low`` and ``high``, neither of them; a comma will do."""

    def read(text: str) -> float:
        plain = text.replace(",", ".")
        if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,12})?", plain) or not low < float(plain) < high:
            raise argparse.ArgumentTypeError(f"attend un nombre entre {low:g} et {high:g}, pas {text!r}")
        return float(plain)

    return read


def unreachable(error: OSError) -> Problem:
    """What keeps a file from being read or written, as a problem: the disk is full, a folder is closed to us."""
    message, remedy = _REFUSALS.get(error.errno or 0, ("ce fichier ne peut être ni lu ni écrit", "vérifiez le disque"))
    return Problem(str(error.filename or "disque"), None, message, remedy)


_EXTRAS = {
    "site": ("pelican", "blinker", "markdown", "polib", "watchfiles"),
    "report": ("numpy", "scipy", "pandas", "openpyxl", "docx", "statsmodels", "resvg_py"),
    "collector": ("starlette", "uvicorn", "sqlalchemy", "altcha", "python_multipart", "psycopg"),
}


def not_installed(error: ModuleNotFoundError) -> Problem:
    """A part of Divan that was left out when it was installed, or a module that is nowhere."""
    missing = (error.name or "").partition(".")[0]
    extra = next((extra for extra, names in _EXTRAS.items() if missing in names), None)
    remedy = (
        f"réinstallez Divan avec sa partie « {extra} » : divan[{extra}]"
        if extra
        else "vérifiez son nom dans vos réglages et vos greffons"
    )
    return Problem("installation", None, f"le module {error.name} n'est pas installé", remedy)


def show_problems(problems: Iterable[Problem]) -> int:
    """Print every problem on standard error, then their number; return the exit status 1."""
    found = tuple(problems)
    for problem in found:
        print(problem, file=sys.stderr)
    print(f"\n{len(found)} problème{'s' if len(found) > 1 else ''} à corriger.", file=sys.stderr)
    return 1
