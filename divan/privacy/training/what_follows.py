"""What may come after the word or the number where each form of ``rules.json`` is tried, read off its pattern.

``python -m divan.privacy.training.what_follows`` writes ``followers.json``: most forms are then not even compiled.
It only ever leaves out what cannot match: a part of a pattern that is not understood here is taken to allow anything.
"""

from __future__ import annotations

import json
import re._constants as known  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from string import ascii_letters, ascii_lowercase
from typing import Any
from zlib import crc32

from divan.privacy.followers import ANY_CAPITAL, ANY_SIGN, ANY_SMALL, END, FOLLOWERS_PATH, LINE_BREAK
from divan.privacy.rules import CAPITAL, INITIALS, RULES_PATH, Form, load_rules, tried_as
from divan.privacy.training.accepted_signs import DIGITS, LETTERS, OTHER, SIGNS, Accepted, accepted

_FEW = 8  # letters that are told apart; more are any letter
_LONGEST = 8  # letters of a word that are told apart; what begins so is one word then

_MANY, _BEGINNING = 200, 4


@dataclass(frozen=True, slots=True)
class _State:
    """Where a pattern stands: ``in_part`` (what is left of it), between, or in the word that follows (``word``).

    ``part`` is "word", "number" or "sign"; ``left`` the letters that remain, or how many digits or letters at least
    and at most. ``word`` is what is known of the follower, or the name of any; ``whole`` when no letter can come.
    """

    part: str
    left: str = ""
    least: int = 0
    most: int = 0
    touching: bool = True
    word: str | None = None
    whole: bool = False
    in_part: bool = True


class _Walk:
    """All that may follow, gathered in ``found`` while a pattern is walked."""

    def __init__(self, folded: bool) -> None:
        self.folded = folded
        self.found: set[str] = set()
        self.kept: dict[tuple[int, _State], set[_State]] = {}

    def over(self, nodes: Any, states: set[_State]) -> set[_State]:
        """The states after a sequence; what came of each is kept."""
        reached: set[_State] = set()
        for one in states:
            known_ = self.kept.get((id(nodes), one))
            if known_ is None:
                after = {one}
                for code, value in nodes:
                    after = self._node(code, value, after)
                known_ = self.kept[id(nodes), one] = after
            reached |= known_
        return reached

    def _node(self, code: Any, value: Any, states: set[_State]) -> set[_State]:
        if code is known.BRANCH:
            return set().union(*(self.over(one, states) for one in value[1]))
        if code is known.SUBPATTERN:
            return self.over(value[3], states)
        if code in (known.MAX_REPEAT, known.MIN_REPEAT):
            return self._repeated(value[0], value[1], value[2], states)
        if code is known.ASSERT_NOT:
            return {self._ended(one) for one in states} if value[0] > 0 and self._no_letter(value[1]) else states
        if code is known.ASSERT:
            return states
        if code is known.AT:
            self.found |= {END if one.word is None else one.word for one in states}
            return set()
        return set().union(*(self._after(one, accepted(code, value)) for one in states))

    def _repeated(self, least: int, most: int, body: Any, states: set[_State]) -> set[_State]:
        for _ in range(least):
            states = self.over(body, states)
        reached, last = set(states), states
        for _ in range(min(most, 200) - least):
            last = self.over(body, last) - reached
            if not last:
                break
            reached |= last
        return reached

    def _no_letter(self, body: Any) -> bool:
        """Whether what must not come includes any letter."""
        letters = ascii_lowercase if self.folded else ascii_letters
        ways = body[0][1][1] if len(body) == 1 and body[0][0] is known.BRANCH else [body]
        return any(len(way) == 1 and accepted(*way[0]).issuperset(letters) for way in ways)

    def _ended(self, one: _State) -> _State:
        return replace(one, whole=True) if one.word is not None else one

    def _after(self, one: _State, accepts: Accepted) -> Iterator[_State]:
        if one.word is not None:
            yield from self._in_word(one, accepts)
            return
        if one.in_part:
            yield from _in_part(one, accepts)
            if one.left or one.least:
                return
        if " " in accepts or "," in accepts:
            yield replace(one, in_part=False, touching=False)
        self.found |= {LINE_BREAK if sign == "\n" else sign for sign in accepts.intersection(SIGNS) - {","}}
        if OTHER in accepts:
            self.found.add(ANY_SIGN)
        if not (one.touching and one.part == "number") and accepts & DIGITS:
            self.found.add("0")
        if not (one.touching and one.part == "word"):
            yield from (replace(one, in_part=False, word=word) for word in self._letters("", accepts))

    def _in_word(self, one: _State, accepts: Accepted) -> Iterator[_State]:
        word = one.word or ""
        if not one.whole:
            yield from (replace(one, word=longer) for longer in self._letters(word, accepts))
        if accepts - LETTERS:
            self.found.add(word)

    def _letters(self, word: str, accepts: Accepted) -> set[str]:
        if word in (ANY_SMALL, ANY_CAPITAL) or word.endswith("*"):
            return {word} if accepts & LETTERS else set()
        letters = accepts & LETTERS
        if len({letter.lower() for letter in letters}) > _FEW:
            if word or self.folded:
                return {ANY_SMALL, ANY_CAPITAL}
            return {ANY_SMALL if letter.islower() else ANY_CAPITAL for letter in letters}
        end = "*" if len(word) == _LONGEST - 1 else ""
        return {word + letter.lower() + end for letter in letters}


def _in_part(one: _State, accepts: Accepted) -> Iterator[_State]:
    if one.left:
        if one.left[0] in accepts or one.left[0].upper() in accepts:
            yield replace(one, left=one.left[1:])
    elif one.most and accepts & (DIGITS if one.part == "number" else LETTERS):
        yield replace(one, least=max(one.least - 1, 0), most=one.most - (one.most < 99))


def _begins(at: str) -> _State:
    if at[0].isdigit():
        count = 7 if at == "9999999" else len(at)
        return _State("number", least=count, most=99 if at in ("0", "9999999") else count)
    if at in (INITIALS, CAPITAL):
        return _State("word", least=3 if at == CAPITAL else 1, most=99 if at == CAPITAL else 2)
    return _State("word" if at.isalpha() else "sign", left=at)


def followers_of(form: Form, tried_at: Iterable[str]) -> set[str] | None:
    """What may follow where the form is tried; None when anything may."""
    walk = _Walk(form.written.folded)
    for one in walk.over(parser.parse(form.pattern.pattern), set(map(_begins, tried_at))):
        if one.word is None:
            return None
        walk.found.add(one.word if one.whole or one.word[-1] in f"*{ANY_SMALL}{ANY_CAPITAL}" else f"{one.word}*")
    return walk.found


def _of_form(form: Form) -> dict[str, str]:
    """By number or capital; of all words together, left out where anything may follow."""
    kinds: dict[str, list[str]] = {}
    for at in form.at:
        kinds.setdefault(tried_as(at), []).append(at)
    found = {kind: followers_of(form, tried_at) for kind, tried_at in kinds.items()}
    return {kind: " ".join(sorted(_shorter(after))) for kind, after in found.items() if after is not None}


def _shorter(after: set[str]) -> set[str]:
    """The same or more, in fewer words: of many, only how they begin."""
    if len(after) <= _MANY:
        return after
    return {word if len(word) <= _BEGINNING else f"{word[:_BEGINNING]}*" for word in after}


def written() -> str:
    """The file, as the rules want it."""
    rows = [_of_form(form) for rule in load_rules().all for form in rule.forms]
    return json.dumps({"rules": crc32(RULES_PATH.read_bytes()), "forms": rows}, indent=0) + "\n"


def main() -> None:
    """Write the file again."""
    FOLLOWERS_PATH.write_text(written(), encoding="ascii")


if __name__ == "__main__":
    main()
