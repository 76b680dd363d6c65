"""The plain form of a word: what compares hashtags, and what stands in URLs."""

from __future__ import annotations

import re
from functools import cache

from divan.sources.reader_text import fold, fold_long

_WORD = re.compile(r"[a-z0-9]+")


@cache
def slug(text: str) -> str:
    """``Insuffisance cardiaque`` -> ``insuffisance-cardiaque``: lower case, no accent, words joined by hyphens."""
    return "-".join(_WORD.findall(fold(text)))


def slugs_of(text: str) -> str:
    """A text as the slugs of its words between hyphens, in which ``-slug-`` is looked for."""
    return "-".join(("", *_WORD.findall(fold_long(text)), ""))
