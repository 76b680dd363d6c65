"""What one row of an XLSForm says: its words, its choice, and what our own workbook keeps in its column ``divan``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from surveys.exchange.carried_form import choice_id, item_id

Row = Mapping[str, str]


def choice_of(row: Row) -> dict[str, Any]:
    """The choice of a row of ``choices``."""
    own = kept_apart(row)
    name = row.get("name", "")
    if own.get("score") is not None:
        return {**own, "label": label(row)}
    return {"id": choice_id(name), "label": label(row) or name, **own}


def kept_apart(row: Row) -> dict[str, Any]:
    """What our own workbook keeps for itself in the column ``divan``."""
    try:
        found = json.loads(row.get("divan") or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def label(row: Row) -> str:
    """The label, French before others when there are several."""
    return said_in(row, "label")


def said_in(row: Row, key: str) -> str:
    """The words of a column, French before others, the answers that they recall named our way."""
    named = [name for name in row if name == key or name.startswith(f"{key}::")]
    named.sort(key=lambda name: (name != key, "fr" not in name.lower()))
    text = next((row[name] for name in named if row[name].strip()), "")
    return re.sub(r"\$\{([^}]+)\}", lambda found: f"{{{item_id(found[1])}}}", text)
