"""Signs that change what is read without being seen: as they are, by an HTML reference, by an escape of YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import yaml

from divan.sources.problem import FaultKind, Problem

_FAULT = FaultKind("L02")

# ordre de lecture forcé, largeur nulle, signes de commande (un flux qui en porte un est illisible en entier) ;
# le liant U+200D reste dans un emoji composé
_SIGNS = (
    "\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\ufffe\\uffff"
)
HIDDEN = re.compile(f"[{_SIGNS}]|(?<![\u2600-\U0010ffff])\u200d")
_PERHAPS = re.compile(f"[{_SIGNS}\u200d]")  # looked for seven times as fast

_REFERENCE = re.compile(r"(?<!\\)&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")
_BY_HAND = "retapez la ligne à la main : il est souvent venu d'un copier-coller"


def hides(text: str) -> bool:
    """Whether a text holds an invisible sign, as it is or by an HTML reference."""
    if _PERHAPS.search(text) and HIDDEN.search(text):
        return True
    return "&" in text and any(HIDDEN.search(unescape(one)) for one in _REFERENCE.findall(text))


def hidden_signs(path: str, text: str) -> Iterator[Problem]:
    """Each invisible sign of a text, with its line."""
    seen = [(one.start(), one[0]) for one in HIDDEN.finditer(text)]
    seen += [(one.start(), unescape(one[0])) for one in _REFERENCE.finditer(text) if HIDDEN.search(unescape(one[0]))]
    for start, sign in sorted(seen):
        yield _problem(path, text.count("\n", 0, start) + 1, sign[0])


def hidden_in_values(path: str, text: str, first_line: int, loader: type[yaml.CSafeLoader]) -> Iterator[Problem]:
    """Each invisible sign that an escape puts in a value of a YAML text."""
    if "\\" not in text:
        return
    for token in yaml.scan(text, Loader=loader):
        if isinstance(token, yaml.ScalarToken) and token.style == '"' and (sign := HIDDEN.search(token.value)):
            yield _problem(path, token.start_mark.line + first_line, sign[0])


def _problem(path: str, line: int, sign: str) -> Problem:
    says = f"un signe invisible (U+{ord(sign):04X}) change ce qu'on lit de cette ligne"
    return _FAULT(path, line, says, _BY_HAND)
