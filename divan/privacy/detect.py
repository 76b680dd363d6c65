"""Find in a text what identifies a person: phone, birth date, social security number, name after a title...

The rules are data (``rules.json``), which the author's browser runs too (``detect.js``). They look for shapes, so
they miss some things and suspect others: a moderator reads every post all the same.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from stdnum import iban, luhn
from stdnum.fr import nir

from divan.privacy.tagger import Tagged, load_tagger, tag
from divan.sources.reader_text import ReaderText, as_read

RULES_PATH = Path(__file__).parent / "rules.json"
_BEFORE = 90
_NOT_NUMBER = re.compile(r"[^0-9A-Z]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of identifier, as ``rules.json`` describes it.

    One of the pieces ``hints`` (lower case) and that many ``digits`` stand in every text where the pattern matches:
    they only save time. ``shown`` is how many characters a message may quote. What is not ``excusable`` (numbers,
    contacts, birth dates, addresses) stays a fault whatever ``reviewed`` says.
    """

    id: str
    says: str
    remedy: str
    pattern: re.Pattern[str] | None
    tag: str
    excepted: re.Pattern[str] | None
    excepted_before: re.Pattern[str] | None
    only_after: re.Pattern[str] | None
    check: Callable[[str], bool] | None
    hints: tuple[str, ...]
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
    """Everything in ``text`` that looks like an identity, in order, no two overlapping.

    ``without`` names rules that do not apply here; ``reviewed`` are passages that a person found harmless, which
    excuses names, places and dates only.
    """
    read = as_read(text)
    lowered = read.text.lower()
    digits = sum(map(lowered.count, "0123456789"))
    found = [
        (*match.span(), order)
        for order, rule in enumerate(load_rules())
        if rule.id not in without and may_match(rule, lowered, digits)
        for match in matches(rule, read.text)
    ]
    orders = {rule.tag: order for order, rule in enumerate(load_rules()) if rule.tag and rule.id not in without}
    for one in _whole_names(tag(read.text, load_tagger(), {})):
        if one.tag in orders:
            found.append((one.start, one.end, orders[one.tag]))
    return [*_findings(_apart(found), read, text, reviewed)] if found else []


def _whole_names(tagged: Iterable[Tagged]) -> Iterator[Tagged]:
    """Tagged words, a given name and the surname beside it as one."""
    last: Tagged | None = None
    for one in tagged:
        if last and one.start - last.end <= 1 and {last.tag, one.tag} == {"given_name", "surname"}:
            last = Tagged("full_name", last.start, one.end)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def matches(rule: Rule, read: str) -> Iterator[re.Match[str]]:
    """Where ``rule`` holds in a text as it is read, its exceptions and its check number considered."""
    if rule.pattern:
        yield from (match for match in rule.pattern.finditer(read) if _holds(rule, match))


def may_match(rule: Rule, lowered: str, digits: int) -> bool:
    """Whether a text, in lower case, has what no match of ``rule`` can do without."""
    return digits >= rule.digits and (not rule.hints or any(hint in lowered for hint in rule.hints))


def _apart(found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """In order, no two overlapping: what is never excused first, then what begins first."""
    rules = load_rules()
    kept: list[tuple[int, int, int]] = []
    for one in sorted(found, key=lambda row: (rules[row[2]].excusable, row[0], row[2])):
        place = bisect_left(kept, one)
        free = place == 0 or kept[place - 1][1] <= one[0]
        if free and (place == len(kept) or one[1] <= kept[place][0]):
            kept.insert(place, one)
    return kept


def _findings(
    found: list[tuple[int, int, int]], read: ReaderText, text: str, reviewed: Collection[str]
) -> Iterator[Finding]:
    harmless = {as_read(passage).text.strip() for passage in reviewed}
    line, counted = 1, 0
    for start, end, order in found:
        rule = load_rules()[order]
        if rule.excusable and read.text[start:end].strip() in harmless:
            continue
        first, last = read.start(start), read.end(end)
        line += text.count("\n", counted, first)
        counted = first
        yield Finding(rule, first, last, line, mask(text[first:last], rule))


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


def name_rules() -> frozenset[str]:
    """Rules that do not apply to the directory of members, who are named there on purpose."""
    return frozenset({"titled_name", "given_name", "surname", "full_name", "close_name"})


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
        pattern=compiled("pattern"), tag=row.get("tag", ""), excepted=compiled("except"),
        excepted_before=compiled("except_before"), only_after=compiled("only_after"),
        check=_CHECKS[row["check"]] if "check" in row else None,
        hints=tuple(row.get("hints", ())), digits=row.get("digits", 0),
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


def _is_iban(number: str) -> bool:
    return len(number) >= 15 and bool(iban.is_valid(number, check_country=False))


_CHECKS: dict[str, Callable[[str], bool]] = {
    "luhn": luhn.is_valid,
    "social_security": _is_social_security,
    "iban": _is_iban,
}
