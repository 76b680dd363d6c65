"""Compare texts as a reader would: spaces, apostrophes, case and accents do not tell two labels apart."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\ufeff": ""})


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """``text`` without what does not count: accents, case, kinds of apostrophe, runs and kinds of spaces."""
    letters = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())


def nearest(text: str, known: Iterable[str]) -> str | None:
    """The known text that ``text`` begins, or most resembles; None when there is none."""
    folded = {fold(one): one for one in known}
    begun = [name for name in folded if len(text) > 2 and name.startswith(fold(text))]
    found = begun or get_close_matches(fold(text), list(folded), n=1, cutoff=0.6)
    return folded[found[0]] if found else None
