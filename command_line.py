"""An argument parser that speaks French, suggests the word that was meant, and shows problems all at once."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, NoReturn

from sources.problem import Problem

_SENTENCES = (
    (r"the following arguments are required: (.*)", r"il manque : \1"),
    (r"unrecognized arguments: (.*)", r"inconnu ici : \1"),
    (r"argument (.*?): expected one argument", r"\1 attend une valeur"),
    (r"argument (.*?): expected at least one argument", r"\1 attend au moins une valeur"),
    (r"argument (.*?): invalid int value: (.*)", r"\1 attend un nombre entier, pas \2"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 ne va pas avec \2"),
    (r"argument (.*?): ignored explicit argument (.*)", r"\1 n'attend pas de valeur (\2)"),
    (r"ambiguous option: (.*) could match (.*)", r"\1 peut vouloir dire \2"),
)


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


def show_problems(problems: Iterable[Problem]) -> int:
    """Print every problem on standard error, then their number; return the exit status 1."""
    found = tuple(problems)
    for problem in found:
        print(problem, file=sys.stderr)
    print(f"\n{len(found)} problème{'s' if len(found) > 1 else ''} à corriger.", file=sys.stderr)
    return 1
