"""Numbers and addresses that can be nobody's: ranges that the Arcep keeps for fiction, domains of RFC 2606."""

from __future__ import annotations

import re

# https://www.arcep.fr, plan national de numérotation, décision 2018-0881, « numéros pour œuvres audiovisuelles »
_RANGES = ("019900", "026191", "035301", "046571", "053649", "063998")
_DOMAIN = re.compile(r"@[\w.-]+\.(?:example|invalid|test)$|@(?:[\w-]+\.)*example\.(?:com|net|org)$")


def is_fictional(passage: str) -> bool:
    """Whether a phone number or an e-mail address belongs to nobody, and never will."""
    digits = re.sub(r"[^0-9]", "", passage)
    national = "0" + digits.removeprefix("0033").removeprefix("33").lstrip("0") if len(digits) >= 9 else digits
    return national.startswith(_RANGES) or bool(_DOMAIN.search(passage.strip().lower()))
