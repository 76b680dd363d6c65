"""A coder at work: units one after the other, each decision kept on the disk before the next key, each undone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from divan.sources.french import long_date
from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.sources.reader_text import fold
from surveys.chat.declared import known_rules
from surveys.chat.store import chat_files, read_posts
from surveys.coding.code_keys import code_keys
from surveys.coding.code_tree import load_tree
from surveys.coding.coder_file import Coding, coder_path, coders, codes_today, coding_faults, read_coder, write_coder
from surveys.coding.consensus import Agreed, followed, read_consensus, to_settle, write_consensus
from surveys.coding.text_units import TextUnit, read_units
from surveys.study import load_study

_AROUND = 3
_FOUND = 200
_LONGEST = 2_000


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
        self.decided = self._read() if consensus else self._own(coder)
        self.undone: list[tuple[str, Coding | None]] = []

    def _own(self, coder: str) -> dict[str, Coding]:
        coder_path(self.folder, coder)
        return read_coder(self.folder, coder)

    def _read(self) -> dict[str, Coding]:
        return {unit: Coding(one.codes) for unit, one in read_consensus(self.folder).items()}

    def _others(self) -> dict[str, dict[str, tuple[str, ...]]]:
        found = {}
        for coder in coders(self.folder):
            own = {unit: codes_today(self.tree, one.codes) for unit, one in read_coder(self.folder, coder).items()}
            found[coder] = {unit: codes for unit, codes in own.items() if codes}
        if len(found) < 2:
            message = "un consensus demande que deux personnes aient codé"
            raise ProblemsFound([Problem(f"surveys/{self.folder.name}/coding", None, message, "codez d'abord chacun")])
        return found

    def tree_shown(self) -> dict[str, Any]:
        """The tree with its keys, and where to begin."""
        keys = code_keys(self.tree)
        codes = [
            {"id": one.id, "label": one.label, "memo": one.memo, "depth": depth, "keys": keys.get(one.id, ""),
             "grouping": one.grouping}
            for depth, one in self.tree.walk()
        ]  # fmt: skip
        return {"title": self.title, "coder": self.coder, "codes": codes, "units": len(self.units),
                "next": self.next_open(-1), "consensus": self.consensus}  # fmt: skip

    def shown(self, place: int) -> dict[str, Any]:
        """A unit with what stands around it, and what was decided of it."""
        unit = self.units[place]
        own = self.decided.get(unit.id, Coding())
        post = self.posts[unit.first]
        others = {name: [*codes[unit.id]] for name, codes in self.given.items() if unit.id in codes}
        return {
            "place": place, "unit": unit.id, "text": unit.text(self.texts), "who": post.member,
            "when": f"{long_date(post.day)}, {post.minute // 60:02}:{post.minute % 60:02}",
            "before": self._around(range(unit.first - _AROUND, unit.first)),
            "after": self._around(range(unit.last + 1, unit.last + 1 + _AROUND)),
            "codes": [*codes_today(self.tree, own.codes)], "memo": own.memo,
            "review": own.review or self._split(own), "others": others,
            "done": sum(bool(codes_today(self.tree, one.codes)) for one in self.decided.values()),
            "next": self.next_open(place),
        }  # fmt: skip

    def _split(self, own: Coding) -> bool:
        """Whether a code given before was split since: the unit is to be looked at again."""
        return any(len(self.tree.today(one)) > 1 for one in own.codes)

    def _around(self, numbers: range) -> list[dict[str, str]]:
        found = (self.posts.get(number) for number in numbers)
        return [{"who": post.member, "text": post.text} for post in found if post is not None]

    def next_open(self, place: int) -> int:
        """The first unit after this one that has no code yet, going round; this one when all have."""
        order = [*range(place + 1, len(self.units)), *range(place + 1)]
        open_ones = (n for n in order if not codes_today(self.tree, self._of(self.units[n]).codes))
        return next(open_ones, max(place, 0))

    def _of(self, unit: TextUnit) -> Coding:
        return self.decided.get(unit.id, Coding())

    def decide(self, place: int, said: Mapping[str, Any]) -> None:
        """Keep what was decided of a unit, at once. A code that the tree does not have is left out."""
        unit = self.units[place]
        codes = tuple(dict.fromkeys(one for one in said.get("codes", ()) if one in self.tree.by_id))
        memo = " ".join(str(said.get("memo", "")).split())[:_LONGEST]
        self.undone.append((unit.id, self.decided.get(unit.id)))
        self.decided[unit.id] = Coding(codes, memo, bool(said.get("review")))
        self._keep()

    def undo(self) -> int | None:
        """Take the last decision back; the place of its unit, None when there is none."""
        if not self.undone:
            return None
        name, before = self.undone.pop()
        if before is None:
            del self.decided[name]
        else:
            self.decided[name] = before
        self._keep()
        return next(n for n, unit in enumerate(self.units) if unit.id == name)

    def _keep(self) -> None:
        if not self.consensus:
            write_coder(self.folder, self.coder, self.decided)
            return
        agreed = {unit: Agreed(one.codes, followed(one.codes, self._given_to(unit)))
                  for unit, one in self.decided.items() if one.codes}  # fmt: skip
        write_consensus(self.folder, agreed)

    def _given_to(self, unit: str) -> dict[str, tuple[str, ...]]:
        return {coder: own[unit] for coder, own in self.given.items() if unit in own}

    def search(self, words: str) -> list[dict[str, Any]]:
        """Units that hold these words, whatever their accents; « ; » alone lists those to look at again."""
        wanted = fold(words.strip())
        if not wanted:
            return []
        marked = wanted == ";"
        found = []
        for place, unit in enumerate(self.units):
            own = self._of(unit)
            if (own.review or self._split(own)) if marked else wanted in fold(unit.text(self.texts)):
                found.append({"place": place, "text": unit.text(self.texts)[:120]})
        return found[:_FOUND]
