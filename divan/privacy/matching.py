"""Where the rules hold in a text: each form is tried only at the words where it may begin."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from divan.privacy.check_keys import proves
from divan.privacy.rules import Form, Rule, Rules, Tries, load_rules
from divan.privacy.words import KnownStretches, Words
from divan.sources.known import Known

_BEFORE = 90  # signs that are read around a passage
_LONG = 7  # digits: longer numbers are not told apart
_MOST_FOLLOWERS = 1 << 12
_FOLLOWER = re.compile("[ ,]*([A-Za-z]+|[^ ,A-Za-z])")
_PART = re.compile(r"[A-Za-z]+|[0-9]+|[^ A-Za-z0-9]")

_Try = tuple[bool, Callable[[str, int], re.Match[str] | None], int, Form]
_TriesBefore = Known[str, tuple[_Try, ...]]


def by_rule(words: Words, without: frozenset[str] = frozenset()) -> Iterator[tuple[int, int, int]]:
    """(start, end, order) of the passages where a rule, but for some, holds; those of one rule do not overlap."""
    rules, matched = load_rules().all, list(_matched(words, without))
    free_from: dict[int, int] = {}
    for place, order, form, match in sorted(matched, key=itemgetter(0)):
        if place >= free_from.get(order, 0):
            start, end = _start_of(match, form), match.end()
            if start is None or is_excepted(rules[order], words, start, end):
                continue
            if not form.check or proves(form.check, words.read[start:end]):
                free_from[order] = end
                yield start, end, order


def _matched(words: Words, without: frozenset[str]) -> Iterator[tuple[int, int, Form, re.Match[str]]]:
    """(place, order, form, match) of the forms that match where they are tried."""
    texts = (words.read, words.read_low)
    stretches = [*map(_tries_in(without).__getitem__, words.stretches)]
    begins = 0
    for at, one in enumerate(stretches):
        tries = one.tries if one.before is None else one.before[_head_after(at, stretches)]
        for first, (folded, match_at, order, form) in tries:
            if match := match_at(texts[folded], begins + first):
                yield begins + first, order, form, match
        begins += one.size


def _head_after(at: int, stretches: list[_TriedStretch]) -> str:
    for after in range(at + 1, len(stretches)):
        if stretches[after].head:
            return stretches[after].head
    return ""


@dataclass(frozen=True, slots=True)
class _TriedStretch:
    """Which forms are tried in a stretch, and where: at each word, at each that a hyphen joins.

    At the last ones it may depend on the ``head`` of what comes next (``before``); ``size`` counts the space that
    follows.
    """

    tries: list[tuple[int, _Try]]
    before: Known[str, list[tuple[int, _Try]]] | None
    head: str
    size: int


@lru_cache(maxsize=64)
def _tries_in(without: frozenset[str]) -> KnownStretches[_TriedStretch]:
    return KnownStretches(lambda stretch: _tried(stretch, without))


def _tried(stretch: str, without: frozenset[str]) -> _TriedStretch:
    tries: list[tuple[int, _Try]] = []
    last: list[tuple[int, _TriesBefore]] = []
    for part in _PART.finditer(stretch):
        before = _tries_at(_key(part[0]), without)
        if before is not None:
            follower = _FOLLOWER.match(stretch, part.end())
            if follower is None:
                last.append((part.start(), before))
            else:
                tries += [(part.start(), one) for one in before[follower[1]]]

    def before_head(head: str) -> list[tuple[int, _Try]]:
        return tries + [(first, one) for first, before in last for one in before[head]]

    head, known = _FOLLOWER.match(stretch), Known(before_head, _MOST_FOLLOWERS) if last else None
    return _TriedStretch(tries, known, head[1] if head else "", len(stretch) + 1)


def _key(part: str) -> str:
    """A word; of a number, only that it begins with zero and how many digits it has."""
    if "0" <= part < ":":
        return ("0" if part[0] == "0" else "9") + "9" * (min(len(part), _LONG) - 1)
    return part


@lru_cache(maxsize=1 << 15)
def _tries_at(key: str, without: frozenset[str]) -> _TriesBefore | None:
    rules = load_rules()
    tries = [one for one in _forms_at(key, rules) if rules.all[one[0]].id not in without]
    return _tries_before(tries, rules) if tries else None


def _tries_before(tries: Tries, rules: Rules) -> _TriesBefore:
    """What is tried at a word before the one that follows it; a form is compiled when it is first tried."""
    return Known(
        lambda follower: tuple(
            (rules.all[order].folded, form.pattern.match, order, form)
            for order, form, after in tries
            if after is None or after.allow(follower)
        ),
        _MOST_FOLLOWERS,
    )


def _forms_at(key: str, rules: Rules) -> Tries:
    if "0" <= key < ":":
        zero = rules.at_word.get("0", ()) if key[0] == "0" else ()
        return (*zero, *rules.at_word.get("9" * len(key), ()))
    plain = key.lower()
    tries = rules.at_word.get(plain, ())
    if plain == key:
        return tries
    return (*tries, *(rules.at_initials if len(plain) < 3 else rules.at_capital))


def _start_of(match: re.Match[str], form: Form) -> int | None:
    """Where the passage begins: a group, when the pattern has one, is all that is found and ends the match."""
    if match.re.groups and match[1]:
        return match.start(1)
    if form.led_by is None:
        return match.start()
    led = form.led_by.search(match.string[max(match.start() - _BEFORE, 0) : match.start()])
    return match.start() - len(led[0]) if led else None


def is_excepted(rule: Rule, words: Words, start: int, end: int) -> bool:
    """Whether a passage, or what stands on either side of it, is one of those that the rule leaves alone."""
    read = words.read_low if rule.folded else words.read
    if rule.excepted and rule.excepted.search(read[start:end]):
        return True
    if rule.excepted_before and rule.excepted_before.search(read[max(start - _BEFORE, 0) : start]):
        return True
    return bool(rule.excepted_after and rule.excepted_after.search(read[end : end + _BEFORE]))
