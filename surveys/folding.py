"""The known label that a text resembles, as a reader would compare them."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from divan.sources.reader_text import fold


def nearest(text: str, known: Iterable[str]) -> str | None:
    """The known text that ``text`` begins, or most resembles; None when there is none."""
    folded = {fold(one): one for one in known}
    begun = [name for name in folded if len(text) > 2 and name.startswith(fold(text))]
    found = begun or get_close_matches(fold(text), list(folded), n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def meant(text: str, known: Iterable[str], otherwise: str = "corrigez son nom") -> str:
    """What to do about a text that is none of those known: the one that it resembles, or ``otherwise``."""
    near = nearest(text, known)
    return f"vouliez-vous « {near} » ?" if near else otherwise
