"""Find in a text what identifies a person: phone, birth date, social security number, name after a title...

Rules (``rules.json``) look for shapes, a tagger for names; the author's browser runs both too (``detect.js``). They
miss some things and suspect others: a moderator reads every post all the same.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from divan.privacy.group_names import NO_NAMES, GroupNames
from divan.privacy.matching import by_rule, is_excepted
from divan.privacy.phrases import places
from divan.privacy.rules import Rule, load_rules
from divan.privacy.tagger import Tagged, load_tagger, tag
from divan.privacy.words import split
from divan.sources.reader_text import ReaderText, as_read

_BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage that may identify someone: ``text[start:end]``, on ``line`` (1 is the first)."""

    rule: Rule
    start: int
    end: int
    line: int
    masked: str


def find_identifiers(
    text: str, without: Collection[str] = (), *, reviewed: Collection[str] = (), names: GroupNames = NO_NAMES
) -> list[Finding]:
    """Everything in ``text`` that looks like an identity, in order, no two overlapping.

    ``without`` names rules that do not apply here; ``reviewed`` are passages that a person found harmless, which
    excuses names, places and dates only; ``names`` are those that the group added.
    """
    read = as_read(text)
    found = [*_findings(_apart(_found(read, frozenset(without), names)), read, text, reviewed)]
    if not read.asides:
        return found
    unseen = _BETWEEN.join(text[first:last] for first, last in read.asides)
    found += _moved(find_identifiers(unseen, without, reviewed=reviewed, names=names), read.asides, text)
    return [found[at] for _, _, at in _spaced((one.start, one.end, at) for at, one in enumerate(found))]


def _found(read: ReaderText, without: frozenset[str], names: GroupNames) -> list[tuple[int, int, int]]:
    """(start, end, order) of what the rules and the tagger find in what is read."""
    words, rules = split(read.text), load_rules()
    found = list(by_rule(words, without))
    if any(rules.all[order].id not in without for order in rules.order_of_tag.values()):
        listed = (Tagged(one.kind, one.start, one.end) for one in places(words, names.phrases))
        for one in (*listed, *_whole_names(tag(words, load_tagger()))):
            order = rules.order_of_tag[one.tag]
            rule = rules.all[order]
            if rule.id not in without and not is_excepted(rule, words, one.start, one.end):
                found.append((one.start, one.end, order))
    return found


def _moved(found: Iterable[Finding], asides: tuple[tuple[int, int], ...], text: str) -> Iterator[Finding]:
    """What was found in all that stands aside, put end to end, where it is in ``text``."""
    begins = [*accumulate((last - first + len(_BETWEEN) for first, last in asides), initial=0)]
    line, counted = 1, 0
    for one in found:
        place = bisect_right(begins, one.start) - 1
        start = asides[place][0] + one.start - begins[place]
        end = start + one.end - one.start
        if end <= asides[place][1]:
            line += text.count("\n", counted, start)
            counted = start
            yield replace(one, start=start, end=end, line=line)


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


def _apart(found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """In order, no two overlapping: what is never excused first, then what begins first, then the longest."""
    rules = load_rules().all
    return _spaced(sorted(found, key=lambda row: (rules[row[2]].excusable, row[0], -row[1], row[2])))


def _spaced(found: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """In order, each unless it overlaps one that came before it."""
    kept: list[tuple[int, int, int]] = []
    for one in found:
        place = bisect_left(kept, one)
        free = place == 0 or kept[place - 1][1] <= one[0]
        if free and (place == len(kept) or one[1] <= kept[place][0]):
            kept.insert(place, one)
    return kept


def _findings(
    found: list[tuple[int, int, int]], read: ReaderText, text: str, reviewed: Collection[str]
) -> Iterator[Finding]:
    harmless = {as_read(passage).text.strip() for passage in reviewed}
    rules = load_rules().all
    line, counted = 1, 0
    for start, end, order in found:
        rule = rules[order]
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
