"""Find in a text what identifies a person: phone, birth date, social security number, name after a title...

The rules are data (``rules.json``), which the author's browser runs too (``detect.js``). They look for shapes, so
they miss some things and suspect others: a moderator reads every post all the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

from stdnum import luhn
from stdnum.fr import nir

RULES_PATH = Path(__file__).parent / "rules.json"
_BEFORE = 40
_LETTERS = bytes(code if chr(code).isalpha() else 32 for code in range(256))
_DIGITS = bytes(code if chr(code).isdecimal() else 32 for code in range(256))
_DIGIT_RUN = re.compile(r"[0-9](?:[ .,/()\-\t\u00a0\u202f]{0,3}[0-9])*")
_NOT_NUMBER = re.compile(r"[^0-9AB]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of identifier, as ``rules.json`` describes it.

    One of the words ``hints`` and a run of that many ``digits`` stand in every text where the pattern matches: they
    only save time. ``shown`` is how many characters a message may quote. What is not ``excusable`` (numbers, contacts,
    birth dates, addresses) stays a fault whatever ``reviewed`` says.
    """

    id: str
    says: str
    remedy: str
    pattern: re.Pattern[str]
    excepted: re.Pattern[str] | None
    excepted_before: re.Pattern[str] | None
    only_after: re.Pattern[str] | None
    check: Callable[[str], bool] | None
    hints: frozenset[bytes]
    digits: int
    shown: int
    directory: bool
    cases_only: bool
    anywhere: bool
    excusable: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage that may identify someone: ``text[start:end]``, on ``line`` (1 is the first)."""

    rule: Rule
    start: int
    end: int
    line: int
    masked: str


def find_identifiers(text: str, without: Collection[str] = (), *, reviewed: Collection[str] = ()) -> list[Finding]:
    """Everything in ``text`` that looks like an identity, in order, no two overlapping; places are those of its NFC.

    ``without`` names rules that do not apply here; ``reviewed`` are exact passages that a person found harmless,
    which excuses names, places and dates only.
    """
    text = normalize("NFC", text)
    words = words_of(text)
    digits = max((sum(map(str.isdigit, run)) for run in _DIGIT_RUN.findall(text)), default=0)
    found = []
    for order, rule in enumerate(load_rules()):
        if rule.digits > digits or (rule.hints and rule.hints.isdisjoint(words)) or rule.id in without:
            continue
        found += [(match.start(), order, match) for match in matches(rule, text)]
    return [*_apart(found, text, {passage.strip() for passage in reviewed})] if found else []


def matches(rule: Rule, text: str) -> Iterator[re.Match[str]]:
    """Where ``rule`` holds, its exceptions and its check number considered."""
    return (match for match in rule.pattern.finditer(text) if _holds(rule, match))


def words_of(text: str) -> set[bytes]:
    """The words and numbers of a text, in lower case and Latin-1 (all that hints need), and @ if it is there."""
    plain = text.lower().encode("latin-1", "replace")
    found = {*plain.translate(_LETTERS).split(), *plain.translate(_DIGITS).split()}
    return found | {b"@"} if b"@" in plain else found


def _apart(found: list[tuple[int, int, re.Match[str]]], text: str, reviewed: Collection[str]) -> list[Finding]:
    findings, free_from = [], 0
    for start, order, match in sorted(found, key=lambda one: one[:2]):
        if start >= free_from:
            free_from = match.end()
            rule = load_rules()[order]
            if not (rule.excusable and match[0].strip() in reviewed):
                findings.append(Finding(rule, start, free_from, text.count("\n", 0, start) + 1, mask(match[0], rule)))
    return findings


def mask(passage: str, rule: Rule) -> str:
    """What a message may quote of a passage: its first characters, never much more than half of it."""
    passage = passage.strip()
    return passage[: min(rule.shown, len(passage) * 3 // 5)].rstrip() + " …"


@cache
def load_rules() -> tuple[Rule, ...]:
    """The rules, compiled once."""
    written = json.loads(RULES_PATH.read_text(encoding="utf-8"))
    return tuple(_rule(row, written["classes"]) for row in written["rules"])


def directory_rules() -> frozenset[str]:
    """Rules that do not apply to the directories, whose very purpose is to say where to call."""
    return frozenset(rule.id for rule in load_rules() if rule.directory)


def case_rules() -> frozenset[str]:
    """Rules that only apply to clinical cases and what is answered to them."""
    return frozenset(rule.id for rule in load_rules() if rule.cases_only)


@cache
def text_rules() -> frozenset[str]:
    """Rules that only apply to what a post says: its sources may name their authors and their cities."""
    return frozenset(rule.id for rule in load_rules() if not rule.anywhere)


def _rule(row: dict[str, Any], classes: dict[str, str]) -> Rule:
    flags = re.IGNORECASE if row.get("ignore_case") else 0

    def compiled(key: str) -> re.Pattern[str] | None:
        if key not in row:
            return None
        # « $ » also matches before a last line break in Python, and does not in JavaScript
        return re.compile(_expand(row[key], classes).replace("$", r"\Z"), flags)

    return Rule(
        id=row["id"], says=row["says"], remedy=row["remedy"], shown=row["shown"],
        pattern=re.compile(_expand(row["pattern"], classes), flags), excepted=compiled("except"),
        excepted_before=compiled("except_before"), only_after=compiled("only_after"),
        check=_CHECKS[row["check"]] if "check" in row else None,
        hints=frozenset(hint.encode("latin-1") for hint in row.get("hints", ())), digits=row.get("digits", 0),
        directory=row.get("directory", False), cases_only=row.get("cases_only", False),
        anywhere=row.get("anywhere", False), excusable=not row.get("never_excused", False),
    )  # fmt: skip


def _expand(pattern: str, classes: dict[str, str]) -> str:
    while "%" in pattern and (names := [name for name in classes if f"%{name}%" in pattern]):
        for name in names:
            pattern = pattern.replace(f"%{name}%", classes[name])
    return pattern


def _holds(rule: Rule, match: re.Match[str]) -> bool:
    if rule.excepted and rule.excepted.search(match[0]):
        return False
    before = match.string[max(match.start() - _BEFORE, 0) : match.start()]
    if rule.excepted_before and rule.excepted_before.search(before):
        return False
    if rule.only_after and not rule.only_after.search(before):
        return False
    return rule.check is None or rule.check(_NOT_NUMBER.sub("", match[0]))


def _is_social_security(number: str) -> bool:
    """With its key the number must agree with it; without, its shape is enough."""
    return len(number) == 13 or bool(nir.is_valid(number))


_CHECKS: dict[str, Callable[[str], bool]] = {"luhn": luhn.is_valid, "social_security": _is_social_security}
