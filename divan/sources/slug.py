"""The plain form of a word: what compares hashtags, and what stands in URLs."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "-", "'": "-"})


@cache
def slug(text: str) -> str:
    """``Insuffisance cardiaque`` -> ``insuffisance-cardiaque``: lower case, no accent, words joined by hyphens."""
    decomposed = unicodedata.normalize("NFD", text.casefold().translate(_LIGATURES))
    return "-".join(re.findall(r"[a-z0-9]+", "".join(c for c in decomposed if not unicodedata.combining(c))))
