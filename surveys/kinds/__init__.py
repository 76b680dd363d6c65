"""Every kind of question, in one table: what its YAML may say, how its form shows it, what its absence is told.

A new kind is a name in ``ItemType``, a line here, and, when it reads its cells its own way, a module beside this one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from surveys.kinds.random_order import check_order, decode_order
from surveys.kinds.ranking import check_ranking, decode_ranking
from surveys.questionnaire import Item, ItemType


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """``keys`` are what its YAML may say beside what all may, ``needed`` what it must; ``macro`` of
    _items.html draws it.

    ``grouped``: several fields under one legend. ``unanswered`` tells that a required one is missing. ``check`` reads
    what a form sent and ``decode`` a cell of an export, for a kind that has its own way; both raise ValueError.
    """

    macro: str
    keys: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()
    grouped: bool = False
    unanswered: str = "Cette question attend une réponse."
    check: Callable[[Item, list[str]], str] | None = None
    decode: Callable[[Item, str, str], str] | None = None


_CHOICES = frozenset({"choices", "order"})
_NEED_CHOICES = frozenset({"choices"})
_BOUNDS = frozenset({"minimum", "maximum"})
_ONE = "Choisissez une réponse."

KINDS: Mapping[ItemType, QuestionKind] = {
    ItemType.CODE: QuestionKind("code", frozenset({"format", "length"}), frozenset({"format"})),
    ItemType.SINGLE: QuestionKind("choices", _CHOICES | {"dropdown"}, _NEED_CHOICES, grouped=True, unanswered=_ONE),
    ItemType.SEVERAL: QuestionKind(
        "choices", _CHOICES, _NEED_CHOICES, grouped=True, unanswered="Cochez au moins une réponse."
    ),
    ItemType.LIKERT: QuestionKind("levels", _CHOICES, _NEED_CHOICES, grouped=True, unanswered=_ONE),
    ItemType.RANKING: QuestionKind(
        "ranks", _CHOICES | {"ranks"}, _NEED_CHOICES, grouped=True, unanswered="Donnez une réponse à chaque rang.",
        check=check_ranking, decode=decode_ranking,
    ),
    ItemType.SCALE: QuestionKind(
        "scale", _BOUNDS | {"low_label", "high_label"}, grouped=True, unanswered="Choisissez une note."
    ),
    ItemType.INTEGER: QuestionKind("line", _BOUNDS | {"unit"}, _BOUNDS),
    ItemType.DECIMAL: QuestionKind("line", _BOUNDS | {"unit"}, _BOUNDS),
    ItemType.CALCULATED: QuestionKind("calculated", frozenset({"formula", "decimals", "unit"}), frozenset({"formula"})),
    ItemType.DATE: QuestionKind("line", frozenset({"earliest", "latest"})),
    ItemType.SHORT_TEXT: QuestionKind("line", frozenset({"length"})),
    ItemType.LONG_TEXT: QuestionKind("line", frozenset({"length"})),
    ItemType.ORDER: QuestionKind("order", check=check_order, decode=decode_order),
    ItemType.CONSENT: QuestionKind(
        "consent", frozenset({"version"}), frozenset({"version"}), grouped=True,
        unanswered="Pour participer, il faut cocher cette case.",
    ),
}  # fmt: skip
#: A matrix is no kind of answer: each of its rows is a question of one choice, or of a degree.
MATRIX = QuestionKind("matrix", _CHOICES | {"rows"}, _NEED_CHOICES | {"rows"})


def kind_named(name: str) -> QuestionKind:
    """The kind that the YAML names, the matrix among them."""
    return MATRIX if name == "matrix" else KINDS[ItemType(name)]
