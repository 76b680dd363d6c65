"""Numbers that carry their own proof: the key of a bank account, of a social security number, of a register.

The library that knows them is loaded at the first number that must be proved.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_NOT_NUMBER = re.compile(r"[^0-9A-Z]")


def proves(check: str, passage: str) -> bool:
    """Whether the signs of ``passage`` agree with the key that the rule's ``check`` asks for."""
    return CHECKS[check](_NOT_NUMBER.sub("", passage.upper()))


def _is_social_security(number: str) -> bool:
    """With its key the number must agree with it; without, its shape is enough."""
    from stdnum.fr import nir

    return len(number) == 13 or bool(nir.is_valid(number))


def _is_iban(number: str) -> bool:
    from stdnum import iban

    return len(number) >= 15 and bool(iban.is_valid(number, check_country=False))


def _is_not_product(number: str) -> bool:
    """No bar code: thirteen digits with the key of an article."""
    from stdnum import ean

    return len(number) != 13 or not ean.is_valid(number)


def _is_register_number(number: str) -> bool:
    from stdnum import luhn

    return bool(luhn.is_valid(number))


def _is_no_series(number: str) -> bool:
    """Pairs that do not go up nor down all along, as hours, months and doses do in a table."""
    pairs = [number[at : at + 2] for at in range(0, len(number) - 1, 2)]
    return pairs not in (sorted(pairs), sorted(pairs, reverse=True))


CHECKS: dict[str, Callable[[str], bool]] = {
    "luhn": _is_register_number,
    "social_security": _is_social_security,
    "iban": _is_iban,
    "not_product": _is_not_product,
    "no_series": _is_no_series,
}
