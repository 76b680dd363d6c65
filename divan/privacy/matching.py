"""Where the rules hold in a text: each form is tried only at the words where it may begin."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import itemgetter

from divan.privacy.check_keys import proves
from divan.privacy.rules import Form, Rule, Rules, Tries, load_rules
from divan.privacy.words import SEEN_AGAIN, Words

_BEFORE = 90
_PART = re.compile(r"[A-Za-z]+|[0-9]+|[^ A-Za-z0-9]")

_Try = tuple[int, bool, Callable[[str, int], re.Match[str] | None], int, Form]


def by_rule(words: Words) -> Iterator[tuple[int, int, int]]:
    """(start, end, order) of the passages where a rule holds; those of one rule do not overlap."""
    rules, matched = load_rules().all, list(_matched(words))
    free_from: dict[int, int] = {}
    for place, order, form, match in sorted(matched, key=itemgetter(0)):
        if place >= free_from.get(order, 0):
            free_from[order] = match.end()
            start = _start_of(match, form)
            if start is not None and holds(rules[order], words, start, match.end()):
                yield start, match.end(), order


def _matched(words: Words) -> Iterator[tuple[int, int, Form, re.Match[str]]]:
    """(place, order, form, match) of the forms that match where they are tried."""
    texts = (words.read, words.read_low)
    place = 0
    for stretch in words.stretches:
        tries = _tries(stretch) if len(stretch) < SEEN_AGAIN else _tries.__wrapped__(stretch)
        for further, folded, match_at, order, form in tries:
            if match := match_at(texts[folded], place + further):
                yield place + further, order, form, match
        place += len(stretch) + 1


@lru_cache(maxsize=1 << 15)
def _tries(stretch: str) -> tuple[_Try, ...]:
    """(how far in it, folded, match, order, form) of what is tried in a stretch, at each word, joined or not."""
    rules = load_rules()
    return tuple(
        (part.start(), rules.all[order].folded, form.pattern.match, order, form)
        for part in _PART.finditer(stretch)
        for order, form in _tries_at(part[0], rules)
    )


def _tries_at(part: str, rules: Rules) -> Tries:
    plain = part.lower()
    tries = rules.at_word.get(plain, ())
    if "0" <= plain < ":":
        return tries + rules.at_number
    if plain == part:
        return tries
    return tries + (rules.at_initials if len(plain) < 3 else rules.at_capital)


def _start_of(match: re.Match[str], form: Form) -> int | None:
    """Where the passage begins: a group, when the pattern has one, is all that is found and ends the match."""
    if match.re.groups and match[1]:
        return match.start(1)
    if form.led_by is None:
        return match.start()
    led = form.led_by.search(match.string[max(match.start() - _BEFORE, 0) : match.start()])
    return match.start() - len(led[0]) if led else None


def holds(rule: Rule, words: Words, start: int, end: int) -> bool:
    """Whether what matched is none of the exceptions, and has the right key."""
    read = words.read_low if rule.folded else words.read
    if rule.excepted and rule.excepted.search(read[start:end]):
        return False
    if rule.excepted_before and rule.excepted_before.search(read[max(start - _BEFORE, 0) : start]):
        return False
    return not rule.check or proves(rule.check, words.read[start:end])
