"""A pattern as ``rules.json`` writes it, with names between two ``%`` that stand for patterns or words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

_CLASS = re.compile("%([A-Z_]+)%")


@dataclass(frozen=True, slots=True)
class WrittenPattern:
    """A pattern as ``rules.json`` writes it, with names of classes; a ``folded`` one reads small letters only."""

    pattern: str
    classes: Classes
    folded: bool

    def compiled(self, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
        """With what the classes stand for."""
        # « $ » also matches before a last line break in Python, and does not in JavaScript
        expanded = self.classes.expanded(self.pattern).replace("$", r"\Z")
        return re.compile(expanded.lower().replace(r"\z", r"\Z") if self.folded else expanded, flags)


@dataclass(frozen=True)
class Classes:
    """What a name between two ``%`` stands for: a pattern, or words; each may hold other names."""

    written: Mapping[str, str | list[str]]

    def words(self, name: str) -> list[str]:
        """A word of ``at``, or the words of a class."""
        return [word.lower() for word in self.written[name[1:-1]]] if len(name) > 1 and name[0] == "%" else [name]

    def expanded(self, pattern: str) -> str:
        """A pattern without any name."""
        return _CLASS.sub(lambda match: self._each.get(match[1]) or self._whole(match[1]), pattern)

    def _whole(self, name: str) -> str:
        written = self.written[name]
        self._each[name] = self.expanded(written if isinstance(written, str) else f"(?:{'|'.join(written)})")
        return self._each[name]

    @cached_property
    def _each(self) -> dict[str, str]:
        return {}
