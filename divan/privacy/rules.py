"""The rules of ``rules.json``: at which words each form is tried, what must follow, what is left alone."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

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
    written: str
    written_led_by: str
    check: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when first tried: most texts hold the words of a few forms only."""
        return re.compile(self.written)

    @cached_property
    def led_by(self) -> re.Pattern[str] | None:
        """As ``pattern``, for what stands before."""
        return re.compile(self.written_led_by) if self.written_led_by else None


@dataclass(frozen=True, slots=True)
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
    excepted: re.Pattern[str] | None
    excepted_before: re.Pattern[str] | None
    shown: int
    directory: bool
    cases_only: bool
    anywhere: bool
    excusable: bool


Tries = tuple[tuple[int, Form], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules in order, and the forms (each with the order of its rule) to try at a word, a number, a capital."""

    all: tuple[Rule, ...]
    at_word: Mapping[str, Tries]
    at_initials: Tries
    at_capital: Tries
    order_of_tag: Mapping[str, int]


@cache
def load_rules() -> Rules:
    """The rules, compiled once."""
    written = json.loads(RULES_PATH.read_text(encoding="utf-8"))
    all_rules = tuple(_rule(row, written["classes"]) for row in written["rules"])
    tries: dict[str, list[tuple[int, Form]]] = defaultdict(list)
    for order, rule in enumerate(all_rules):
        for form in rule.forms:
            for word in form.at:
                tries[word].append((order, form))
    at_word = {word: tuple(row) for word, row in tries.items()}
    tags = {rule.tag: order for order, rule in enumerate(all_rules) if rule.tag}
    return Rules(all_rules, at_word, at_word.pop(INITIALS, ()), at_word.pop(CAPITAL, ()), tags)


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


def _rule(row: dict[str, Any], classes: dict[str, Any]) -> Rule:
    folded = row.get("ignore_case", False)

    def compiled(key: str, flags: int = 0) -> re.Pattern[str] | None:
        return re.compile(_expanded(row[key], classes, folded), flags) if key in row else None

    return Rule(
        id=row["id"], says=row["says"], remedy=row["remedy"], shown=row["shown"], tag=row.get("tag", ""), folded=folded,
        forms=tuple(_form(form, classes, folded) for form in row.get("forms") or [row] if "pattern" in form),
        excepted=compiled("except"), excepted_before=compiled("except_before", re.IGNORECASE),
        directory=row.get("directory", False), cases_only=row.get("cases_only", False),
        anywhere=row.get("anywhere", False), excusable=not row.get("never_excused", False),
    )  # fmt: skip


def _form(row: dict[str, str], classes: dict[str, Any], folded: bool) -> Form:
    return Form(
        tuple(word for name in row["at"].split() for word in _listed(name, classes)),
        _expanded(row["pattern"], classes, folded),
        _expanded(row.get("led_by", ""), classes, folded),
        row.get("check", ""),
    )


def _expanded(pattern: str, classes: dict[str, Any], folded: bool) -> str:
    # « $ » also matches before a last line break in Python, and does not in JavaScript
    expanded = _expand(pattern, classes).replace("$", r"\Z")
    return expanded.lower().replace(r"\z", r"\Z") if folded else expanded


def _listed(name: str, classes: dict[str, Any]) -> list[str]:
    """A word of ``at``, or the words of a class."""
    return [word.lower() for word in classes[name[1:-1]]] if name[0] == "%" else [name]


def _expand(pattern: str, classes: dict[str, Any]) -> str:
    while "%" in pattern and (names := [name for name in classes if f"%{name}%" in pattern]):
        for name in names:
            pattern = pattern.replace(f"%{name}%", _alternation(classes[name]))
    return pattern


def _alternation(written: str | list[str]) -> str:
    return written if isinstance(written, str) else f"(?:{'|'.join(written)})"
