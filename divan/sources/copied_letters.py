"""Letters that a hand copies from paper: none that is taken for another, and what is misread is read all the same."""

from __future__ import annotations

import re

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: neither I, L, O nor U
_MISREAD = str.maketrans("ILO", "110")
_GROUP = 4


def letters_of(typed: str) -> str:
    """What was typed, in our letters: case, spaces and dashes are free; other signs are left for the caller to see."""
    return re.sub(r"[\s\-\u2010-\u2015]", "", typed.upper()).translate(_MISREAD)


def in_groups(letters: str) -> str:
    """« K7F2QMXA » as it is printed: « K7F2-QMXA »."""
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))
