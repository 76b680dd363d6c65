"""The codes that a thread's units were given, as frames: by each coder, and as they are counted in the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from divan.sources.problem import stop_if
from surveys.chat.store import Post, chat_files, read_posts
from surveys.coding.code_tree import CodeTree, load_tree
from surveys.coding.coder_file import coders, codes_today, coding_faults, read_coder
from surveys.coding.consensus import read_consensus
from surveys.coding.suggestions import read_suggestions
from surveys.coding.text_units import TextUnit, read_units
from surveys.model import Study


@dataclass(frozen=True, eq=False)
class CodedThread:
    """``units``: a row a text unit, in order, by its name: ``day`` and ``member`` of its first post, its ``minute``.

    ``given``: by coder, the codes of each unit that they coded, as the tree names them today. ``agreed``: a row a unit
    of the consensus round, its ``codes`` and who was ``followed``. ``suggested``: by coder, how many codes they were
    shown once they had decided, and how many of those they then gave.
    """

    tree: CodeTree
    units: pd.DataFrame
    given: Mapping[str, pd.Series]
    agreed: pd.DataFrame
    suggested: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def main_coder(self) -> str:
        """Whoever coded most units: their codes count where nothing was agreed on."""
        return max(self.given, key=lambda one: (len(self.given[one]), one))

    @cached_property
    def settled(self) -> pd.Series:
        """The codes of each unit as they are counted: those agreed on, else the main coder's, else another's."""
        others = [one for one in self.given if one != self.main_coder]
        found = self.agreed["codes"].to_dict()
        for coder in (self.main_coder, *others):
            found = {**self.given[coder].to_dict(), **found}
        kept = [name for name in self.units.index if name in found]
        return pd.Series([found[name] for name in kept], index=pd.Index(kept, dtype=object), dtype=object)

    @cached_property
    def passages(self) -> pd.DataFrame:
        """A row a unit and a code that it bears, in the order of the thread: its theme, member, day and month."""
        long = self.settled.explode().rename("code").to_frame().join(self.units)
        long["theme"] = long["code"].map({code: theme.id for code, theme in self.tree.theme_of.items()})
        return long.assign(unit=long.index, month=long["day"].map(lambda day: day.isoformat()[:7])).reset_index(
            drop=True
        )

    @cached_property
    def of_themes(self) -> pd.DataFrame:
        """``passages`` with each theme of a unit once."""
        return self.passages.drop_duplicates(["unit", "theme"])

    @cached_property
    def coded_twice(self) -> tuple[str, ...]:
        """The units that two coders at least have coded, in order."""
        times = pd.Series([name for own in self.given.values() for name in own.index]).value_counts()
        return tuple(name for name in self.units.index if times.get(name, 0) > 1)

    def under(self, code: str) -> frozenset[str]:
        """A code and its branches."""
        return frozenset(one.id for _, one in self.tree.by_id[code].walk())


def read_coded(study: Study) -> CodedThread | None:
    """The coding of a study's thread; None when nobody has coded it.

    Raises ProblemsFound when a unit is not of the thread, or a code not of the tree.
    """
    names = coders(study.folder)
    if not names or study.chat is None or not all(path.is_file() for path in chat_files(study.folder)):
        return None
    posts = [*read_posts(study.folder)]
    units, tree = read_units(study.folder, posts), load_tree(study.folder)
    stop_if(coding_faults(study.folder, tree, frozenset(one.id for one in units)))
    given = {name: _given(study, tree, name) for name in names}
    given = {name: own for name, own in given.items() if len(own)}
    shown = {name: _suggested(study, name) for name in given}
    return CodedThread(tree, _units(units, posts), given, _agreed(study, tree), shown) if given else None


def _suggested(study: Study, coder: str) -> tuple[int, int]:
    found = read_suggestions(study.folder, coder).values()
    return sum(len(one.shown) for one in found), sum(len(one.taken) for one in found)


def _agreed(study: Study, tree: CodeTree) -> pd.DataFrame:
    found = {unit: (codes_today(tree, one.codes), one.followed) for unit, one in read_consensus(study.folder).items()}
    kept = {unit: one for unit, one in found.items() if one[0]}
    return pd.DataFrame([*kept.values()], index=pd.Index([*kept], dtype=object), columns=["codes", "followed"])


def _given(study: Study, tree: CodeTree, coder: str) -> pd.Series:
    decided = {unit: codes_today(tree, one.codes) for unit, one in read_coder(study.folder, coder).items()}
    kept = {unit: codes for unit, codes in decided.items() if codes}
    return pd.Series([*kept.values()], index=pd.Index([*kept], dtype=object), dtype=object)


def _units(units: tuple[TextUnit, ...], posts: list[Post]) -> pd.DataFrame:
    by_number = {post.number: post for post in posts}
    firsts = [by_number[unit.first] for unit in units]
    columns = {
        "day": [post.day for post in firsts],
        "minute": [1440 * post.day.toordinal() + post.minute for post in firsts],
        "member": [post.member for post in firsts],
    }
    return pd.DataFrame(columns, index=pd.Index([unit.id for unit in units], dtype=object))
