"""What a code looks like: a few digits, 8 characters made of a phrase, or an RPPS number with its check digit."""

from __future__ import annotations

import re

from stdnum import luhn

from surveys.questionnaire import CodeFormat, Item

_PHRASE = re.compile(r"[a-z2-7]{8}")
_RPPS_DIGITS = 11


def well_formed(item: Item, code: str) -> bool:
    """True when ``code`` can be a code of this item."""
    if item.format is CodeFormat.PHRASE:
        return bool(_PHRASE.fullmatch(code))
    digits = code.isascii() and code.isdigit()
    if item.format is CodeFormat.RPPS:
        return digits and valid_rpps(code)
    return digits and len(code) == item.length


def valid_rpps(number: str) -> bool:
    """True for 11 digits whose last one is their Luhn check digit (source: ANS, annuaire santé)."""
    return len(number) == _RPPS_DIGITS and number.isascii() and number.isdigit() and luhn.is_valid(number)


def code_space(item: Item) -> int:
    """How many different codes the item admits."""
    if item.format is CodeFormat.PHRASE:
        return 32**8
    space: int = 10 ** (_RPPS_DIGITS - 1 if item.format is CodeFormat.RPPS else item.length or 0)
    return space


def expected_code(item: Item) -> str:
    """What the item expects, in French, for a message."""
    if item.format is CodeFormat.PHRASE:
        return "huit caractères, lettres minuscules ou chiffres de 2 à 7"
    if item.format is CodeFormat.RPPS:
        return "les onze chiffres d'un numéro RPPS, clé comprise"
    return f"exactement {item.length} chiffres"
