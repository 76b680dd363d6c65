"""The words that name people of a thread: those of its members, their short forms, what resembles them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import yaml

from surveys.chat.naming_people import is_number, parts_of, words_of
from surveys.chat.spelt_out import HiddenForms, hidden_forms

_NICKNAMES = Path(__file__).parent / "nicknames.yaml"
_LONG_ENOUGH = 5
_PREFIX = 3
_ENDINGS = ("s", "x", "e", "es")
_SOUNDS = (
    ("ph", "f"), ("th", "t"), ("ch", "c"), ("qu", "c"), ("ck", "c"), ("k", "c"), ("q", "c"), ("y", "i"), ("h", ""),
    ("eau", "o"), ("au", "o"), ("ai", "e"), ("ei", "e"), ("z", "s"), ("w", "v"), ("an", "en"), ("am", "em"),
)  # fmt: skip
_SILENT = re.compile(r"[estdx]{1,2}$")
_TWICE = re.compile(r"(.)\1+")


@dataclass(frozen=True)
class KnownNames:
    """``parts``: words of names; ``glued``: whole names in one word; ``short``: nicknames.

    ``sounds`` are the parts as they are said; ``begins`` the beginnings of given names; ``hidden`` their other forms.
    """

    parts: frozenset[str]
    glued: frozenset[str]
    short: frozenset[str]
    sounds: frozenset[str]
    begins: frozenset[str]
    hidden: HiddenForms

    def names(self, word: str) -> bool:
        """A word of a name, or the same declined: « les Lambert », « Lamberts »."""
        if word in self.parts or word in self.glued or word in self.hidden.glued:
            return True
        return any(word.endswith(end) and word[: -len(end)] in self.parts for end in _ENDINGS if len(word) > 3)

    def resembles(self, word: str) -> bool:
        """A short form or another spelling of a name: « Nath », « Leclerc » for Leclercq."""
        if word in self.short or (len(word) >= _PREFIX and word in self.begins):
            return True
        if len(word) < _LONG_ENOUGH - 1:
            return False
        return sound(word) in self.sounds or any(one_letter_apart(word, part) for part in self._as_long(word))

    def _as_long(self, word: str) -> Iterable[str]:
        if len(word) < _LONG_ENOUGH:
            return ()
        return (part for part in self.parts if abs(len(part) - len(word)) < 2 and len(part) >= _LONG_ENOUGH)


def known_names(names: Iterable[str], words: Iterable[str] = ()) -> KnownNames:
    """The words of these names, telephone numbers left aside; ``words`` are others, to be treated as names are."""
    parts: set[str] = set()
    glued: set[str] = set()
    given: set[str] = set()
    written = [*names]
    for name in written:
        own = () if is_number(name) else parts_of(name)
        parts |= {*own}
        given |= {*own[:-1]} or {*own}
        glued |= {first + second for one, other in pairwise(own) for first, second in ((one, other), (other, one))}
    parts |= {part for word in words for part in parts_of(word)}
    short = {one for part in given for one in nicknames().get(part, ()) if len(one) > 1}
    begins = {part[:n] for part in given for n in range(_PREFIX, len(part))}
    sounds = {said for part in parts if len(said := sound(part)) >= _LONG_ENOUGH - 1}
    hidden = hidden_forms((words_of(name), parts_of(name)) for name in written if not is_number(name))
    return KnownNames(
        frozenset(parts), frozenset(glued), frozenset(short), frozenset(sounds), frozenset(begins), hidden
    )


@cache
def nicknames() -> Mapping[str, tuple[str, ...]]:
    """The short forms of each given name."""
    written = yaml.load(_NICKNAMES.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return {name: tuple(map(str, forms)) for name, forms in written.items()}


def sound(word: str) -> str:
    """A rough image of how a name is said, the same for most of its spellings."""
    for written, said in _SOUNDS:
        word = word.replace(written, said)
    return _TWICE.sub(r"\1", _SILENT.sub("", _TWICE.sub(r"\1", word)) or word)


def one_letter_apart(one: str, other: str) -> bool:
    """True when a letter more, less, changed or swapped with its neighbour makes one word of the other."""
    if one == other:
        return True
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, rest_other = one[start:], other[start:]
    swapped = rest[:2] == rest_other[:2][::-1] and rest[2:] == rest_other[2:]
    return swapped or rest[1:] == rest_other[1:] or rest[1:] == rest_other or rest == rest_other[1:]
