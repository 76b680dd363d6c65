"""What a questionnaire says of its own past: what was renamed, merged, retired or reworded while people answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from surveys.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class DeclaredChange:
    """``names`` became ``to`` ("" when they are gone or only said otherwise); ``of`` is the question of choices."""

    kind: str
    names: tuple[str, ...]
    to: str = ""
    of: str = ""


KINDS = ("rename", "merge", "retire", "reword")


def declared_change(raw: Mapping[str, Any]) -> DeclaredChange:
    """A change as the YAML declares it, once its form is right."""
    kind = next(kind for kind in KINDS if kind in raw)
    names = raw[kind] if isinstance(raw[kind], list) else [raw[kind]]
    return DeclaredChange(kind, tuple(map(str, names)), str(raw.get("to", "")), raw.get("of", ""))


class Migration:
    """The changes of a questionnaire, as names that answers of its earlier versions take."""

    def __init__(self, changes: Iterable[DeclaredChange]) -> None:
        self._changes = tuple(changes)

    def item(self, name: str) -> str | None:
        """The question that is now asked under another name, or the same one; None when it is retired."""
        for change in self._changes:
            if change.of or name not in change.names:
                continue
            if change.kind == "retire":
                return None
            if change.kind == "rename":
                name = change.to
        return name

    def choice(self, item: str, name: str) -> str:
        """The choice of a question, by its name of today, that a choice of an earlier version became."""
        for change in self._changes:
            if change.of == item and name in change.names and change.kind in ("rename", "merge"):
                name = change.to
        return name

    def reworded(self, item: str, choice: str = "") -> bool:
        """True when the words of a question, or of one of its choices, are declared to mean the same."""
        wanted = (choice, item) if choice else (item, "")
        return any(change.kind == "reword" and wanted == (name, change.of) for change in self._changes
                   for name in change.names)  # fmt: skip

    def brought(self, answers: Mapping[str, str], old: Questionnaire, new: Questionnaire) -> dict[str, str]:
        """The answers to ``old`` in the columns of ``new``; those of retired questions are left out.

        Raises KeyError with the column of an answer that has no place, and is not declared to have none.
        """
        asked = {item.id: item for item in new.items}
        found: dict[str, str] = {}
        for was in old.items:
            name = self.item(was.id)
            if name is None:
                continue
            for column in was.columns:
                given = answers.get(column, "")
                if not given:
                    continue
                now = name if column == was.id else f"{name}_other"
                if name not in asked or now not in asked[name].columns:
                    raise KeyError(column)
                found[now] = self._answer(name, given, asked[name].choices) if column == was.id else given
        return found

    def _answer(self, item: str, given: str, choices: Iterable[Any]) -> str:
        order = [choice.id for choice in choices]
        if not order:
            return given
        chosen = {self.choice(item, one) for one in given.split(";")}
        if not chosen <= set(order):
            raise KeyError(item)
        return ";".join(one for one in order if one in chosen)
