"""Who wrote: the many ways that an export has of naming one person, brought to one."""

from __future__ import annotations

import re
from functools import lru_cache

from divan.sources.reader_text import fold

TITLES = frozenset((
    "dr", "drs", "dre", "docteur", "docteure", "doc", "pr", "prof", "professeur", "professeure", "m", "mr", "mme",
    "mlle", "monsieur", "madame", "me", "maitre",
))  # fmt: skip
PARTICLES = frozenset((
    "de", "du", "des", "d", "le", "la", "les", "l", "el", "al", "ben", "bin", "van", "von", "der", "den", "da", "dos",
    "di", "et", "ou", "y", "ti", "a", "au", "aux",
))  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\D+")
_NUMBER = re.compile(r"[+(]?\d[\d\s().\-]{5,}\d")
_LAST = 9


def is_number(name: str) -> bool:
    """True for somebody whom the export names by a telephone number."""
    return bool(_NUMBER.fullmatch(name.strip()))


@lru_cache(maxsize=1 << 14)
def identity(name: str) -> str:
    """What two writings of one person have in common: the last digits of a number, or the name as it is read."""
    if is_number(name):
        return digits_of(name)
    return fold(name)


def digits_of(number: str) -> str:
    """The end of a telephone number, the same with or without its country."""
    return _DIGITS.sub("", number)[-_LAST:]


@lru_cache(maxsize=1 << 14)
def parts_of(name: str) -> tuple[str, ...]:
    """The words of a name that name somebody, as they are compared: neither title nor particle."""
    return tuple(word for word in words_of(name) if len(word) > 1 and word not in TITLES and word not in PARTICLES)


@lru_cache(maxsize=1 << 14)
def words_of(name: str) -> tuple[str, ...]:
    """All the words of a name, as they are compared."""
    return tuple(fold(word) for word in _WORD.findall(name))
