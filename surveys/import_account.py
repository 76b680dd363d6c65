"""What an import read in each question, as a person checks it: label, choice, count, and on what evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from divan.sources.french import plural
from divan.sources.reader_text import fold
from surveys.column_names import choice_names
from surveys.decoding import is_missing
from surveys.grouped_faults import SHARED
from surveys.joiners import Joiner
from surveys.questionnaire import CLOSED, Item, ItemType


@dataclass(slots=True)
class QuestionAccount:
    """How the answers of one question were read; ``joiner`` for ticked choices, ``None`` where nothing is joined."""

    item: Item
    columns: int
    joiner: Joiner | None = None
    given: int = 0
    read: Counter[tuple[str, str]] = field(default_factory=Counter)
    typed: Counter[str] = field(default_factory=Counter)

    def count(self, cell: str, answer: dict[str, str]) -> None:
        """Take account of a cell and of the tidy answer made of it."""
        said = answer.get(self.item.id, "")
        self.given += bool(said)
        if self.item.type in CLOSED:
            labels = self._labels(cell)
            for choice in filter(None, said.split(";")):
                self.read[labels.get(choice, self._declared(choice)), choice] += 1
        if text := answer.get(f"{self.item.id}_other", ""):
            self.typed[text] += 1

    def _labels(self, cell: str) -> dict[str, str]:
        """The labels in the cell, by choice."""
        if self.columns > 1 or is_missing(self.item, cell):
            return {}
        parts = [cell.strip()]
        if self.joiner:
            parts = [part.strip() for part in cell.split(self.joiner.text)]
        return {
            choice.id: part
            for part in parts
            for choice in self.item.choices
            if fold(part.rstrip(";")) in set(map(fold, choice_names(choice)))
        }

    def _declared(self, choice: str) -> str:
        return next((one.label for one in self.item.choices if one.id == choice), choice)

    def lines(self) -> Iterator[str]:
        """The account in French, a line a label."""
        yield f"« {self.item.id} » : {plural(self.given, 'réponse')}{self._evidence()}"
        places = {choice.id: place for place, choice in enumerate(self.item.choices)}
        rows = sorted(self.read.items(), key=lambda row: (places[row[0][1]], -row[1], row[0][0]))
        width = min(max((len(label) for (label, _), _ in rows), default=0), 40)
        for (label, choice), count in rows:
            yield f"    {label:<{width}} → {choice} : {count}"
        if self.typed:
            shared = [(text, n) for text, n in self.typed.most_common() if n >= SHARED]
            texts = "".join(f" ; « {text} » {n} fois" for text, n in shared)
            kinds = plural(len(self.typed), "différent")
            yield f"    « autre », en mots : {plural(self.typed.total(), 'texte')}, {kinds}{texts}"

    def _evidence(self) -> str:
        if self.columns > 1:
            return f", sur {self.columns} colonnes, une par choix"
        if self.joiner and self.item.type is ItemType.SEVERAL and self.joiner.given:
            whole, given = self.joiner.whole, self.joiner.given
            only = "n'ont" if whole > 1 else "n'a"
            said = f"{plural(whole, 'cellule')} sur {given} {only} alors que des choix déclarés"
            return f", jointes par {self.joiner.sign} : {said}"
        return ""
