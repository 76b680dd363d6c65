"""The name in a passage that the detector found, less the words that call it: « Mme », « généraliste sur »."""

from __future__ import annotations

import re

from divan.privacy.detect import Finding
from divan.sources.reader_text import fold
from surveys.chat.naming_people import TITLES

_CALLED = frozenset(("titled_name", "town", "hospital", "close_name"))
_WORD = re.compile(r"[^\W\d_]+")


def trimmed(text: str, finding: Finding) -> tuple[int, int]:
    """Where what must be masked of a finding begins and ends."""
    start, end = finding.start, finding.end
    if finding.rule.id not in _CALLED:
        return start, end
    words = [one for one in _WORD.finditer(text[start:end]) if fold(one[0]) not in TITLES]
    named = [one for one in words if one[0][0].isupper()] or words
    return (start + named[0].start() if named else start), end
