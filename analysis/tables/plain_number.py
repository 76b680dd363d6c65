"""Numbers as Python writes them, from whatever pandas and numpy give: what a cell keeps, and every file can hold."""

from __future__ import annotations

import math
from typing import Any


def plain(value: Any) -> Any:
    """``value`` without its numpy type; a missing one (NaN, pandas' NA) is None."""
    found = value.item() if hasattr(value, "item") else value
    if found is None or type(found).__name__ in ("NAType", "NaTType"):
        return None
    return None if isinstance(found, float) and math.isnan(found) else found


def keep_plain(cell: object, *names: str) -> None:
    """Make these fields of a frozen cell plain, once, as it is made."""
    for name in names:
        object.__setattr__(cell, name, plain(getattr(cell, name)))
