"""An invitation: twelve letters and digits that a member types, « K7F2-QMXA-9CDE »; the last one checks the others."""

from __future__ import annotations

import secrets

from stdnum import luhn

from divan.sources.copied_letters import LETTERS, in_groups, letters_of

LENGTH = 12  # eleven are drawn: 55 bits, too many to be found by trying


def draw_code() -> str:
    """A code that nobody else has, in groups."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(LENGTH - 1))
    return in_groups(drawn + luhn.calc_check_digit(drawn, alphabet=LETTERS))


def read_code(typed: str) -> str | None:
    """The code that was typed, in groups; None when a letter is missing or was miscopied."""
    letters = letters_of(typed)
    if len(letters) != LENGTH or set(letters) - set(LETTERS) or not luhn.is_valid(letters, alphabet=LETTERS):
        return None
    return in_groups(letters)
