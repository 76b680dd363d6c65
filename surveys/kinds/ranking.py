"""A ranking: choices put in order, kept as their ids from the first, ``pain;sleep;work``.

A form sends one field a rank, in order, an empty one where nothing was chosen.
"""

from __future__ import annotations

from surveys.kinds.joined import parted
from surveys.questionnaire import Item


def check_ranking(item: Item, given: list[str]) -> str:
    """The ids in their order; ValueError with a sentence for the respondent when they make no ranking."""
    if not set(given) <= {"", *(choice.id for choice in item.choices)}:
        raise ValueError("Choisissez parmi les réponses proposées.")
    ranked = [one for one in given if one]
    if given[: len(ranked)] != ranked:
        raise ValueError("Un rang est resté vide avant un autre : remplissez-les dans l'ordre.")
    if len(set(ranked)) < len(ranked):
        raise ValueError("La même réponse est à deux rangs : donnez-lui en un seul.")
    if len(ranked) > item.ranks or (item.required and 0 < len(ranked) < item.ranks):
        raise ValueError(f"Il y a {item.ranks} rangs à donner.")
    return ";".join(ranked)


def decode_ranking(item: Item, text: str, joiner: str) -> str:
    """The ids in the order of a cell of an export; ValueError, without quoting it, when they make no ranking."""
    given, rest = parted(item, text, joiner)
    if rest or len(set(given)) < len(given) or len(given) > item.ranks:
        raise ValueError(f"un classement d'au plus {item.ranks} des réponses déclarées est attendu")
    return ";".join(given)
