"""The rules of ``rules.json``: at which words each form is tried, what must follow, what is left alone."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from divan.privacy.followers import Followers, load_followers
from divan.privacy.written_pattern import Classes, WrittenPattern

RULES_PATH = Path(__file__).parent / "rules.json"
INITIALS, CAPITAL = "A", "Aaa"


@dataclass(frozen=True)
class Form:
    """One way of writing what a rule looks for.

    It is tried ``at`` words (small letters), signs, ``99`` for a number of two digits (seven: or more), ``0`` for one
    that begins with zero, ``A`` for one or two letters with a capital, ``Aaa`` for more. The passage begins there, less
    what ``led_by`` finds just before; ``check`` names the key that its signs must agree with.
    """

    at: tuple[str, ...]
    written: WrittenPattern
    written_led_by: WrittenPattern | None
    check: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when first tried: most texts hold the words of a few forms only."""
        return self.written.compiled()

    @cached_property
    def led_by(self) -> re.Pattern[str] | None:
        """As ``pattern``, for what stands before."""
        return self.written_led_by.compiled() if self.written_led_by else None


@dataclass(frozen=True)
class Rule:
    """One kind of identifier, as ``rules.json`` describes it: its forms, or words with one ``tag`` of the tagger.

    A ``folded`` rule reads small letters only. ``shown`` is how many characters a message may quote. What is not
    ``excusable`` (numbers, contacts, birth dates, addresses) stays a fault whatever ``reviewed`` says.
    """

    id: str
    says: str
    remedy: str
    forms: tuple[Form, ...]
    tag: str
    folded: bool
    written_excepted: WrittenPattern | None
    written_excepted_before: WrittenPattern | None
    written_excepted_after: WrittenPattern | None
    shown: int
    directory: bool
    cases_only: bool
    anywhere: bool
    excusable: bool

    @cached_property
    def excepted(self) -> re.Pattern[str] | None:
        """Of what is found, what is left alone; compiled when first needed."""
        return self.written_excepted.compiled() if self.written_excepted else None

    @cached_property
    def excepted_before(self) -> re.Pattern[str] | None:
        """As ``excepted``, of what stands before."""
        return self._around(self.written_excepted_before)

    @cached_property
    def excepted_after(self) -> re.Pattern[str] | None:
        """As ``excepted``, of what follows."""
        return self._around(self.written_excepted_after)

    def _around(self, written: WrittenPattern | None) -> re.Pattern[str] | None:
        return written.compiled(re.NOFLAG if self.folded else re.IGNORECASE) if written else None


Tries = Sequence[tuple[int, Form, Followers | None]]


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules in order, and the forms to try at a word, a number, a capital, each with the order of its rule.

    Where something is known of what may follow, it comes with the form.
    """

    all: tuple[Rule, ...]
    at_word: Mapping[str, Tries]
    at_initials: Tries
    at_capital: Tries
    order_of_tag: Mapping[str, int]


@cache
def load_rules() -> Rules:
    """The rules, read once; a pattern is compiled when first tried."""
    data = RULES_PATH.read_bytes()
    written, followers = json.loads(data), iter(load_followers(data))
    classes = Classes(written["classes"])
    all_rules = tuple(_rule(row, classes) for row in written["rules"])
    tries: dict[str, list[tuple[int, Form, Followers | None]]] = defaultdict(list)
    for order, rule in enumerate(all_rules):
        for form in rule.forms:
            after = next(followers, {})
            for word in form.at:
                tries[word].append((order, form, after.get(tried_as(word))))
    at_word = {word: tuple(row) for word, row in tries.items()}
    tags = {rule.tag: order for order, rule in enumerate(all_rules) if rule.tag}
    return Rules(all_rules, at_word, at_word.pop(INITIALS, ()), at_word.pop(CAPITAL, ()), tags)


def tried_as(at: str) -> str:
    """What tells the followers of a form apart: which number, which capital; "" for all its words and signs."""
    return at if at[0].isdigit() or at[0].isupper() else ""


@cache
def directory_rules() -> frozenset[str]:
    """Rules that do not apply to the directories, whose very purpose is to say where to call."""
    return frozenset(rule.id for rule in load_rules().all if rule.directory)


@cache
def case_rules() -> frozenset[str]:
    """Rules that only apply to clinical cases and what is answered to them."""
    return frozenset(rule.id for rule in load_rules().all if rule.cases_only)


def name_rules() -> frozenset[str]:
    """Rules that do not apply to the directory of members, who are named there on purpose."""
    return frozenset({"titled_name", "given_name", "surname", "full_name", "close_name"})


@cache
def text_rules() -> frozenset[str]:
    """Rules that only apply to what a post says: its sources may name their authors and their cities."""
    return frozenset(rule.id for rule in load_rules().all if not rule.anywhere)


def _rule(row: dict[str, Any], classes: Classes) -> Rule:
    folded = row.get("ignore_case", False)

    def written(key: str, of: Mapping[str, str]) -> WrittenPattern | None:
        return WrittenPattern(of[key], classes, folded) if of.get(key) else None

    def form(of: dict[str, str]) -> Form:
        at = tuple(word for name in of["at"].split() for word in classes.words(name))
        return Form(at, WrittenPattern(of["pattern"], classes, folded), written("led_by", of), of.get("check", ""))

    return Rule(
        id=row["id"], says=row["says"], remedy=row["remedy"], shown=row["shown"], tag=row.get("tag", ""), folded=folded,
        forms=tuple(form(of) for of in row.get("forms") or [row] if "pattern" in of),
        written_excepted=written("except", row), written_excepted_before=written("except_before", row),
        written_excepted_after=written("except_after", row),
        directory=row.get("directory", False), cases_only=row.get("cases_only", False),
        anywhere=row.get("anywhere", False), excusable=not row.get("never_excused", False),
    )  # fmt: skip
