"""A coder at work: units one after the other, each decision kept on the disk before the next key, each undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from divan.sources.problem import Problem, ProblemsFound, stop_if
from surveys.chat.declared import known_rules
from surveys.chat.store import chat_files, read_posts
from surveys.coding.code_tree import load_tree
from surveys.coding.coder_file import Coding, coders, codes_today, coding_faults, read_coder, write_coder
from surveys.coding.consensus import Agreed, followed, read_consensus, to_settle, write_consensus
from surveys.coding.cutting_units import cut, join
from surveys.coding.suggestions import Suggested, read_suggestions, suggested, write_suggestions
from surveys.coding.text_units import UNITS, TextUnit, coding_folder, read_units, write_units
from surveys.study import load_study

_LONGEST = 2_000
CODED_BY_OTHERS = "une autre personne a déjà codé ce passage : il ne se coupe ni ne se joint plus"


@dataclass(frozen=True, slots=True)
class _Step:
    """What to put back: the units as they were, and what was decided of those that changed."""

    unit: str
    units: tuple[TextUnit, ...]
    decided: Mapping[str, Coding | None]


class CodingSession:
    """What one coder decides; nothing of the others is read, unless all meet for a consensus."""

    def __init__(self, root: Path, study_id: str, coder: str, *, consensus: bool = False) -> None:
        study = load_study(root / "surveys" / study_id)
        known_rules(study)
        self.folder, self.title, self.consensus = study.folder, study.title, consensus
        stop_if(Problem(f"surveys/{study_id}/chat", None, "le fil n'est pas importé", "« divan chat import » d'abord")
                for _ in range(not all(path.is_file() for path in chat_files(self.folder))))  # fmt: skip
        posts = [*read_posts(self.folder)]
        self.tree = load_tree(self.folder)
        self.posts = {post.number: post for post in posts}
        self.texts = {post.number: post.text for post in posts}
        units = read_units(self.folder, posts)
        stop_if(coding_faults(self.folder, self.tree, frozenset(one.id for one in units)))
        self.coder = "consensus" if consensus else coder
        self.given: Mapping[str, Mapping[str, tuple[str, ...]]] = self._others() if consensus else {}
        wanted = set(to_settle(self.given))
        self.units = tuple(one for one in units if one.id in wanted) if consensus else units
        self.decided = _agreed(self.folder) if consensus else read_coder(self.folder, coder)
        self.suggested = {} if consensus else read_suggestions(self.folder, coder)
        self.undone: list[_Step] = []
        self._stamp = self._stamped()

    def refresh(self) -> None:
        """Read the units again when another coder has cut or joined some."""
        if self._stamp != self._stamped() and not self.consensus:
            self.units, self.undone = read_units(self.folder, self.posts.values()), []
            self._stamp = self._stamped()

    def _stamped(self) -> int:
        path = coding_folder(self.folder) / UNITS
        return path.stat().st_mtime_ns if path.is_file() else 0

    def _others(self) -> dict[str, dict[str, tuple[str, ...]]]:
        found = {}
        for coder in coders(self.folder):
            own = {unit: codes_today(self.tree, one.codes) for unit, one in read_coder(self.folder, coder).items()}
            found[coder] = {unit: codes for unit, codes in own.items() if codes}
        if len(found) < 2:
            message = "un consensus demande que deux personnes aient codé"
            raise ProblemsFound([Problem(f"surveys/{self.folder.name}/coding", None, message, "codez d'abord chacun")])
        return found

    def is_split(self, own: Coding) -> bool:
        """Whether a code given before was split since: the unit is to be looked at again."""
        return any(len(self.tree.today(one)) > 1 for one in own.codes)

    def next_open(self, place: int) -> int:
        """The first unit after this one that has no code yet, going round; this one when all have."""
        order = [*range(place + 1, len(self.units)), *range(place + 1)]
        open_ones = (n for n in order if not codes_today(self.tree, self.of(self.units[n]).codes))
        return next(open_ones, max(place, 0))

    def of(self, unit: TextUnit) -> Coding:
        """What was decided of a unit."""
        return self.decided.get(unit.id, Coding())

    def decide(self, place: int, said: Mapping[str, Any]) -> None:
        """Keep what was decided of a unit, at once. A code that the tree does not have is left out."""
        unit = self.units[place]
        codes = tuple(dict.fromkeys(one for one in said.get("codes", ()) if one in self.tree.by_id))
        memo = " ".join(str(said.get("memo", "")).split())[:_LONGEST]
        self._step(unit.id)
        self.decided[unit.id] = Coding(codes, memo, bool(said.get("review")))
        self._keep()
        self._take(unit.id, codes)

    def cut(self, place: int, at: int) -> str:
        """Cut a unit before a sign of its words; why it cannot be, or nothing."""
        unit = self.units[place]
        parts = cut(unit, at, self.texts, {one.id for one in self.units})
        if refused := self._refused(unit) or ("" if parts else "un passage se coupe entre deux mots"):
            return refused
        self._step(unit.id, *(one.id for one in parts or ()))
        self._recut((*self.units[:place], *(parts or ()), *self.units[place + 1 :]))
        return ""

    def join(self, place: int) -> str:
        """Join a unit to the next, codes and memos together; why it cannot be, or nothing."""
        if place + 1 >= len(self.units):
            return "il n'y a pas de passage après celui-ci"
        first, second = self.units[place], self.units[place + 1]
        whole = join(first, second, self.texts)
        if refused := self._refused(first, second) or ("" if whole else "d'autres mots sont entre ces deux passages"):
            return refused
        own, other = self.of(first), self.of(second)
        self._step(first.id, second.id)
        self.decided.pop(second.id, None)
        memo = " ".join(one.memo for one in (own, other) if one.memo)
        codes = tuple(dict.fromkeys((*own.codes, *other.codes)))
        self.decided[first.id] = Coding(codes, memo, own.review or other.review)
        self._recut((*self.units[:place], *((whole,) if whole else ()), *self.units[place + 2 :]))
        self._keep()
        return ""

    def _refused(self, *units: TextUnit) -> str:
        """Units belong to all who code: what another has coded is left as it is."""
        if self.consensus:
            return "un consensus ne coupe ni ne joint"
        others = (one for one in coders(self.folder) if one != self.coder)
        coded = {*read_consensus(self.folder), *(unit for one in others for unit in read_coder(self.folder, one))}
        return CODED_BY_OTHERS if any(one.id in coded for one in units) else ""

    def _recut(self, units: tuple[TextUnit, ...]) -> None:
        self.units = units
        write_units(self.folder, units)
        self._stamp = self._stamped()

    def _step(self, *units: str) -> None:
        self.undone.append(_Step(units[0], self.units, {one: self.decided.get(one) for one in units}))

    def suggest(self, place: int) -> tuple[str, ...] | None:
        """Codes that the coder's other passages would give to this one, counted as shown; None before they decided."""
        unit = self.units[place]
        codes = codes_today(self.tree, self.of(unit).codes)
        if self.consensus or not codes:
            return None
        others = [(one.text(self.texts), codes_today(self.tree, self.of(one).codes))
                  for one in self.units if one.id != unit.id and one.id in self.decided]  # fmt: skip
        found = suggested(unit.text(self.texts), [one for one in others if one[1]], codes)
        before = self.suggested.get(unit.id, Suggested(()))
        if found:
            self.suggested[unit.id] = Suggested(tuple(dict.fromkeys((*before.shown, *found))), before.taken)
            write_suggestions(self.folder, self.coder, self.suggested)
        return found

    def _take(self, unit: str, codes: tuple[str, ...]) -> None:
        """Count the codes given that were suggested; one taken back is no more."""
        seen = self.suggested.get(unit)
        taken = tuple(one for one in seen.shown if one in codes) if seen else ()
        if seen and taken != seen.taken:
            self.suggested[unit] = Suggested(seen.shown, taken)
            write_suggestions(self.folder, self.coder, self.suggested)

    def undo(self) -> int | None:
        """Take the last decision back; the place of its unit, None when there is none."""
        if not self.undone:
            return None
        step = self.undone.pop()
        self.decided = {unit: one for unit, one in self.decided.items() if unit not in step.decided}
        self.decided |= {unit: one for unit, one in step.decided.items() if one is not None}
        if step.units != self.units:
            self._recut(step.units)
        self._keep()
        self._take(step.unit, self.decided.get(step.unit, Coding()).codes)
        return self.place_of(step.unit)

    def place_of(self, name: str) -> int | None:
        """Where a unit is; None when it is no more."""
        return next((n for n, unit in enumerate(self.units) if unit.id == name), None)

    def _keep(self) -> None:
        if not self.consensus:
            write_coder(self.folder, self.coder, self.decided)
            return
        agreed = {unit: Agreed(one.codes, followed(one.codes, self._given_to(unit)))
                  for unit, one in self.decided.items() if one.codes}  # fmt: skip
        write_consensus(self.folder, agreed)

    def _given_to(self, unit: str) -> dict[str, tuple[str, ...]]:
        return {coder: own[unit] for coder, own in self.given.items() if unit in own}


def _agreed(folder: Path) -> dict[str, Coding]:
    return {unit: Coding(one.codes) for unit, one in read_consensus(folder).items()}
