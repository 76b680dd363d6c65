"""A parser that speaks French or English, suggests the word that was meant, and shows problems all at once."""

from __future__ import annotations

import argparse
import errno
import re
import sys
from collections.abc import Callable, Iterable
from datetime import date
from difflib import get_close_matches
from typing import Any, NoReturn

from divan.commands.tongue import in_our_language, teach_argparse
from divan.sources.problem import Problem

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


class DivanParser(argparse.ArgumentParser):
    """``argparse`` in the language of the command line; an error exits with status 2, as is the custom."""

    def __init__(self, **settings: Any) -> None:
        teach_argparse()
        for part in ("description", "epilog"):
            settings[part] = in_our_language(settings.get(part) or "")
        settings.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(**settings)

    def add_argument(self, *names: Any, **said: Any) -> argparse.Action:
        """Add one, its help and the name of its value in our language."""
        for part in {"help", "metavar"} & {*said}:
            if isinstance(said[part], str) and said[part] != argparse.SUPPRESS:
                said[part] = in_our_language(said[part])
        return super().add_argument(*names, **said)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words of the call, and leave."""
        see = in_our_language("Voyez : {command} --help").format(command=self.prog)
        sys.stderr.write(f"{self.prog} : {message}\n{see}\n")
        sys.exit(2)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """A word that is none of the choices: say which there are, and which was meant."""
        if action.choices is None or value in action.choices:
            return
        allowed = [str(choice) for choice in action.choices]
        said = in_our_language("« {given} » n'existe pas pour {where} (il y a {choices})").format(
            given=value, where=action.metavar or "/".join(action.option_strings), choices=", ".join(allowed)
        )
        for near in get_close_matches(str(value), allowed, n=1):
            said += in_our_language(" ; vouliez-vous « {near} » ?").format(near=near)
        raise argparse.ArgumentError(None, said)


def whole(low: int, high: int) -> Callable[[str], int]:
    """What reads a word of the call as a whole number from ``low`` to ``high``."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            said = in_our_language("attend un nombre entier de {low} à {high}, pas {text!r}")
            raise argparse.ArgumentTypeError(said.format(low=low, high=high, text=text))
        return int(text)

    return read


def between(low: float, high: float) -> Callable[[str], float]:
    """What reads a word of the call as a number between ``low`` and ``high``, neither of them; a comma will do."""

    def read(text: str) -> float:
        plain = text.replace(",", ".")
        if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,12})?", plain) or not low < float(plain) < high:
            said = in_our_language("attend un nombre entre {low:g} et {high:g}, pas {text!r}")
            raise argparse.ArgumentTypeError(said.format(low=low, high=high, text=text))
        return float(plain)

    return read


def unreachable(error: OSError) -> Problem:
    """What keeps a file from being read or written, as a problem: the disk is full, a folder is closed to us."""
    message, remedy = _REFUSALS.get(error.errno or 0, ("ce fichier ne peut être ni lu ni écrit", "vérifiez le disque"))
    return Problem(str(error.filename or "disque"), None, message, remedy)


_EXTRAS = {
    "site": ("pelican", "blinker", "markdown", "watchfiles"),
    "report": ("numpy", "scipy", "pandas", "openpyxl", "docx", "statsmodels", "resvg_py"),
    "collector": ("starlette", "uvicorn", "sqlalchemy", "altcha", "python_multipart", "psycopg", "segno"),
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


def with_code(problem: Problem) -> str:
    """A problem in one line, the code of its kind last."""
    return f"{problem} [{problem.code}]" if problem.code else str(problem)


def show_problems(problems: Iterable[Problem]) -> int:
    """Print every problem on standard error, then their number; return the exit status 1."""
    found = tuple(problems)
    for problem in found:
        print(with_code(problem), file=sys.stderr)
    ended = "{n} problèmes à corriger." if len(found) > 1 else "{n} problème à corriger."
    print("\n" + in_our_language(ended).format(n=len(found)), file=sys.stderr)
    if code := next((problem.code for problem in found if problem.code), ""):
        told = in_our_language("« divan check --explain {code} » dit ce que demande un code entre crochets.")
        print(told.format(code=code), file=sys.stderr)
    return 1


def day_of(text: str) -> date:
    """A word of the call as a day, ``2026-12-01``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        said = in_our_language("attend un jour comme 2026-12-01, pas {text!r}")
        raise argparse.ArgumentTypeError(said.format(text=text)) from None
