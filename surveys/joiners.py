"""What parts the choices ticked in one cell: the sign under which the answers of a question are the declared ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from surveys.decoding import is_missing
from surveys.kinds.joined import parted
from surveys.questionnaire import Item

JOINERS = (";", ", ", ",", " ; ", "|", " | ", "\n", " / ", " - ", " ")


@dataclass(frozen=True, slots=True)
class Joiner:
    """``text`` parts ticked choices; under it ``whole`` of the ``given`` cells are nothing but declared choices."""

    text: str
    whole: int
    given: int

    @property
    def sign(self) -> str:
        """The sign as a person names it."""
        return {" ": "l'espace", "\n": "le saut de ligne"}.get(self.text, f"« {self.text.strip()} »")


def joiner_of(item: Item, cells: Iterable[str], usual: str) -> Joiner:
    """The joiner of a question's answers, among all that services use; ``usual`` where the answers do not tell."""
    given = [cell for cell in cells if cell.strip() and not is_missing(item, cell)]
    tried = {one: [parted(item, cell, one) for cell in given] for one in dict.fromkeys((usual, *JOINERS))}

    def weight(joiner: str) -> tuple[int, int]:
        return sum(not rest for _, rest in tried[joiner]), sum(len(found) for found, _ in tried[joiner])

    best = max(tried, key=weight)
    return Joiner(best, weight(best)[0], len(given))
