"""The plain form of a word: what compares hashtags, and what stands in URLs."""

from __future__ import annotations

import re
from functools import cache

from divan.sources.reader_text import fold


@cache
def slug(text: str) -> str:
    """``Insuffisance cardiaque`` -> ``insuffisance-cardiaque``: lower case, no accent, words joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(text)))
