"""Where a capital tells nothing: at the beginning of a sentence."""

from __future__ import annotations


def begins_sentence(text: str, start: int) -> bool:
    """Whether a word that starts there is the first of its sentence, or of a quotation."""
    before = text[:start].rstrip(" \"'«»([*_-–—•\u00a0\u202f")
    return not before or before[-1] in ".!?:\n…;" or (not before[-1].isalnum() and before[-1] not in ",'’)")
