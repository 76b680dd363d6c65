"""Which signs one step of a pattern accepts: those of ASCII, and one that stands for all others."""

from __future__ import annotations

import re._constants as known  # type: ignore[import-not-found]
from string import ascii_letters
from typing import Any

SIGNS = [chr(code) for code in range(33, 127) if not chr(code).isalnum()] + ["\n"]
OTHER = "\u00a7"  # stands for every sign that is not ASCII
DIGITS, LETTERS = frozenset("0123456789"), frozenset(ascii_letters)
_ALL = frozenset((*SIGNS, OTHER, " ")) | DIGITS | LETTERS

Accepted = frozenset[str]


def accepted(code: Any, value: Any) -> Accepted:
    """What a node of the parser accepts; everything, when it is not understood."""
    if code is known.LITERAL:
        return frozenset((chr(value) if value < 127 else OTHER,))
    if code is known.NOT_LITERAL:
        return _ALL - {chr(value)}
    if code is not known.IN:
        return _ALL
    negated = value[0][0] is known.NEGATE
    held: set[str] = set()
    for kind, one in value[negated:]:
        if kind not in (known.LITERAL, known.RANGE):
            return _ALL
        first, last = one if kind is known.RANGE else (one, one)
        held.update(chr(code) for code in range(first, min(last, 126) + 1))
        if last > 126:
            held.add(OTHER)
    return (_ALL - held) | {OTHER} if negated else frozenset(held)
