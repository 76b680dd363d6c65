"""Values that « # » cuts: for YAML it begins a comment after a space, and « Retour #2 du cas » is « Retour »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from divan.sources.problem import FaultKind, Problem

_FAULT = FaultKind("L04")

_SIGN = re.compile(r"[ \t\[,]#")
_AFTER_TEXT = re.compile(r"[ \t]#|[ \t]+#\S")  # « texte  # remarque », à deux espaces, reste une remarque
_AFTER_CLOSED = re.compile(r"[ \t]+#\S")
_OPENING = re.compile(r"^[^#\"']*[\[,][ \t]*#")


def cut_values(path: str, text: str, first_line: int, loader: Any) -> Iterator[Problem]:
    """Texts without quotes, lists and quoted texts whose line goes on after « # »; ``text`` is readable YAML."""
    if not _SIGN.search(text):
        return
    lines = re.split(r"\r\n|[\n\r\x85\u2028\u2029]", text)
    for event in yaml.parse(text, Loader=loader):
        if not isinstance(event, yaml.ScalarEvent | yaml.SequenceEndEvent | yaml.MappingEndEvent):
            continue
        mark = event.end_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        rest = lines[line][column:] if line < len(lines) else ""
        plain = isinstance(event, yaml.ScalarEvent) and not event.style
        block = isinstance(event, yaml.ScalarEvent) and event.style in ("|", ">")
        if not block and column and (_AFTER_TEXT if plain else _AFTER_CLOSED).match(rest):
            yield _problem(path, first_line + line)


def cut_openings(path: str, text: str, first_line: int) -> Iterator[Problem]:
    """Lines of an unreadable YAML where « # » hides the rest of a list: ``[#toux]``."""
    for number, line in enumerate(text.split("\n")):
        if _OPENING.match(line):
            yield _problem(path, first_line + number)


def _problem(path: str, line: int) -> Problem:
    return _FAULT(path, line, "après un espace ou un crochet, « # » et la suite de la ligne ne seraient pas lus",
                   "mettez la valeur entre guillemets, ou retirez « # »")  # fmt: skip
