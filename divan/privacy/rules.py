"""The rules of ``rules.json``: at which words each form is tried, what must follow, what is left alone."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

RULES_PATH = Path(__file__).parent / "rules.json"
NUMBER, INITIALS, CAPITAL = "#", "A", "Aaa"


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing what a rule looks for.

    ``at`` are the words (small letters), signs, ``#`` for any number, ``A`` for one or two letters with a capital,
    ``Aaa`` for more, where ``pattern`` is tried: the passage begins there, less what ``led_by`` finds just before.
    """

    at: tuple[str, ...]
    pattern: re.Pattern[str]
    led_by: re.Pattern[str] | None


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
    check: str
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
    at_number: Tries
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
    number, initials, capital = (at_word.pop(name, ()) for name in (NUMBER, INITIALS, CAPITAL))
    return Rules(all_rules, at_word, number, initials, capital, tags)


@cache
def directory_rules() -> frozenset[str]:
    """Rules that do not apply to the directories, whose very purpose is to say where to call."""
    return frozenset(rule.id for rule in load_rules().all if rule.directory)


@cache
def case_rules() -> frozenset[str]:
    """Rules that only apply to clinical cases and what is answered to them."""
    return frozenset(rule.id for rule in load_rules().all if rule.cases_only)


@cache
def text_rules() -> frozenset[str]:
    """Rules that only apply to what a post says: its sources may name their authors and their cities."""
    return frozenset(rule.id for rule in load_rules().all if not rule.anywhere)


def name_rules() -> frozenset[str]:
    """Rules that do not apply to the directory of members, who are named there on purpose."""
    return frozenset({"titled_name", "given_name", "surname", "full_name", "close_name"})


def _rule(row: dict[str, Any], classes: dict[str, Any]) -> Rule:
    folded = row.get("ignore_case", False)

    def compiled(key: str) -> re.Pattern[str] | None:
        return _compiled(row[key], classes, folded) if key in row else None

    return Rule(
        id=row["id"], says=row["says"], remedy=row["remedy"], shown=row["shown"], tag=row.get("tag", ""), folded=folded,
        forms=tuple(_form(form, classes, folded) for form in row.get("forms") or [row] if "pattern" in form),
        excepted=compiled("except"), excepted_before=compiled("except_before"), check=row.get("check", ""),
        directory=row.get("directory", False), cases_only=row.get("cases_only", False),
        anywhere=row.get("anywhere", False), excusable=not row.get("never_excused", False),
    )  # fmt: skip


def _form(row: dict[str, str], classes: dict[str, Any], folded: bool) -> Form:
    led_by = row.get("led_by")
    return Form(
        tuple(word for name in row["at"].split() for word in _listed(name, classes)),
        _compiled(row["pattern"], classes, folded),
        None if led_by is None else _compiled(led_by, classes, folded),
    )


def _compiled(pattern: str, classes: dict[str, Any], folded: bool) -> re.Pattern[str]:
    # « $ » also matches before a last line break in Python, and does not in JavaScript
    expanded = _expand(pattern, classes).replace("$", r"\Z")
    return re.compile(expanded.lower().replace(r"\z", r"\Z") if folded else expanded)


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
