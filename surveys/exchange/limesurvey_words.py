"""What LimeSurvey implies without writing it: choices of its fixed kinds, its tags, its order, its recalled answers."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from surveys.exchange.carried_form import choice_id, item_id

Row = Mapping[str, str]

YES_NO = [{"id": "y", "label": "Oui"}, {"id": "n", "label": "Non"}]
GENDER = [{"id": "f", "label": "Femme"}, {"id": "m", "label": "Homme"}]
UNSURE = [YES_NO[0], {"id": "u", "label": "Incertain"}, YES_NO[1]]
TREND = [{"id": "i", "label": "Augmente"}, {"id": "s", "label": "Identique"}, {"id": "d", "label": "Diminue"}]
DEGREES = {"A": 5, "B": 10}
NO_PLACE = {
    "|": "un envoi de fichier", "1": "un tableau à deux échelles", ":": "un tableau de nombres",
    ";": "un tableau de textes", "I": "le choix de la langue",
}  # fmt: skip
_TAG = re.compile(r"<[^>]+>")


def ordered_by(key: str) -> Any:
    """Sort rows by the number in a column."""
    return lambda row: int(row.get(key) or 0)


def coded_choice(code: str, label: str) -> dict[str, Any]:
    """A choice, of its code and its label."""
    return {"id": choice_id(code), "label": plain_words(label) or code}


def with_recalls(text: str) -> str:
    """The text, the answers that it recalls named our way."""
    return re.sub(r"\{([A-Za-z]\w*?)(?:\.(?:shown|NAOK|value))?\}", lambda found: f"{{{item_id(found[1])}}}", text)


def plain_words(text: str) -> str:
    """The words of a text without its tags."""
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())
