"""Numbers as people write them, with a comma or a point, and as answers keep them: ``12.5``."""

from __future__ import annotations

import re

from surveys.questionnaire import WHOLE, Item

_WHOLE = re.compile(r"[-+]?[0-9]{1,9}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,9}(?:[.,][0-9]{1,9})?")


def kept_number(item: Item, text: str) -> str | None:
    """The number in ``text`` as answers keep it; None when it is none, or out of the item's bounds."""
    bare = re.sub(r"\s", "", text)
    if item.unit:
        bare = bare.removesuffix(re.sub(r"\s", "", item.unit))
    whole = item.type in WHOLE
    if not (_WHOLE if whole else _DECIMAL).fullmatch(bare):
        return None
    value = float(bare.replace(",", "."))
    if (item.minimum is not None and value < item.minimum) or (item.maximum is not None and value > item.maximum):
        return None
    if whole:
        return str(int(value))
    sign, digits = ("-" if value < 0 else ""), bare.lstrip("+-").replace(",", ".")
    units, _, after = digits.partition(".")
    return f"{sign}{int(units)}{'.' if after.rstrip('0') else ''}{after.rstrip('0')}"


def expected_number(item: Item) -> str:
    """« un nombre entier de 0 à 120 ans », or what can be said of it."""
    kind = "un nombre entier" if item.type in WHOLE else "un nombre"
    low, high = (None if bound is None else f"{bound:g}".replace(".", ",") for bound in (item.minimum, item.maximum))
    between = f" de {low} à {high}" if low is not None and high is not None else ""
    return f"{kind}{between}{f' {item.unit}' if item.unit else ''}"
