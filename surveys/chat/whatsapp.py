"""WhatsApp's exports, of both kinds of telephone: lines of a text become messages and notices, one at a time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from surveys.chat.application_words import application_words
from surveys.chat.attachments import content
from surveys.chat.colon_names import ColonNames
from surveys.chat.day_order import DayOrder, SeenDates, day_of
from surveys.chat.heads import Head, Shape, head_of, shown
from surveys.chat.message import Entry, Event, GroupNotice, Message, UnreadLine

_AUTHOR = re.compile(r"(?P<author>(?:[^:\n]|:(?=[^\s:])){1,80}?)\s?:(?:\s|$)(?P<text>.*)", re.DOTALL)
_MARK = "\u200e"
_RARE = 0.2
_ENCRYPTING = frozenset("LMNIA")  # how what tells of encryption begins, in any language
_NAMES = re.compile(r", | et | and | und | y | e ")


@dataclass(frozen=True, slots=True)
class Layout:
    """What a first reading of the file settled: the heads that begin a message here, the meaning of a date.

    ``colon_names``: the second part of names that hold a colon, by their first.
    """

    shapes: frozenset[Shape]
    order: DayOrder
    colon_names: Mapping[str, str] = field(default_factory=dict)


def shapes_of(counts: Counter[Shape]) -> frozenset[Shape]:
    """The shapes of head that are this file's own; the others stand in what somebody pasted."""
    most = max(counts.values(), default=0)
    plain = counts.get(Shape.SPACE, 0) == most
    return frozenset(one for one, n in counts.items() if n >= _RARE * most and (one is not Shape.SPACE or plain))


def survey_heads(lines: Iterable[str]) -> tuple[Counter[Shape], dict[Shape, SeenDates], Mapping[str, str]]:
    """How many heads of each shape, the dates that they show, the names that hold a colon."""
    names = ColonNames()
    counts: Counter[Shape] = Counter()
    seen = {shape: SeenDates() for shape in Shape}
    for line in lines:
        if head := head_of(line):
            counts[head.shape] += 1
            seen[head.shape].see(head.parts)
            names.see(head.rest)
    return counts, seen, names.names()


def entries(lines: Iterable[str], layout: Layout) -> Iterator[Entry]:
    """Every message, notice and unread line, in the order of the file; the lines of a message are joined."""
    begun: tuple[int, date, Head] | None = None
    text: list[str] = []
    for number, line in enumerate(lines, 1):
        line = line.rstrip("\r\n")
        head = head_of(line)
        if head is not None and head.shape in layout.shapes:
            if begun:
                yield _entry(*begun, "\n".join(text), layout.colon_names)
            day = day_of(head.parts, layout.order)
            begun, text = (number, day, head) if day else None, [head.rest]
            if day is None:
                yield UnreadLine(number, line)
        elif begun:
            text.append(line)
        elif line.strip():
            yield UnreadLine(number, line)
    if begun:
        yield _entry(*begun, "\n".join(text), layout.colon_names)


def _entry(number: int, day: date, head: Head, text: str, colon_names: Mapping[str, str]) -> Entry:
    found = _AUTHOR.match(text)
    if found is None or not _is_author(found["author"]):
        return _notice(number, day, shown(text).strip())
    author, said = _whole_name(found["author"], found["text"], colon_names)
    by_itself = author in application_words().speakers or (
        said.lstrip(_MARK)[:1] in _ENCRYPTING and application_words().found("encryption", said[:300])
    )
    if by_itself or said.startswith(_MARK):
        told = _notice(number, day, shown(said).strip(), author)
        if by_itself or told.event is not Event.UNKNOWN:
            return told
    one = content(said)
    return Message(number, day, head.minute, author, one.kind, one.text, one.file, one.relayed, one.edited)


def _whole_name(author: str, said: str, colon_names: Mapping[str, str]) -> tuple[str, str]:
    """An author and their words, when the name goes on after its first colon."""
    second = colon_names.get(author.strip())
    if second and said.startswith(second):
        return clean_author(f"{author.strip()}: {second}"), said[len(second) :].lstrip(" \u00a0").removeprefix(": ")
    return clean_author(author), said


@lru_cache(maxsize=1 << 12)
def _is_author(name: str) -> bool:
    """A name, not the beginning of a notice that holds a colon (« X a changé l'objet en "A : B" »)."""
    bare = shown(name).strip()
    events = ("encryption", *_EVENTS)
    return bool(bare) and not any(application_words().found(event, bare) for event in events)


@lru_cache(maxsize=1 << 12)
def clean_author(name: str) -> str:
    """A name without its marks, and without the tilde of somebody who is not among the contacts."""
    bare = " ".join(shown(name).split())
    return bare.removeprefix("~").strip() or bare


_EVENTS = {"left": Event.LEFT, "number": Event.NUMBER, "other": Event.OTHER, "joined": Event.JOINED}


def _notice(number: int, day: date, text: str, author: str = "") -> GroupNotice:
    words = application_words()
    if words.found("encryption", text):
        return GroupNotice(number, day, Event.OTHER)
    for name, event in _EVENTS.items():
        if found := words.found(name, text):
            groups = found.groupdict()
            actor = clean_author(groups.get("actor") or author)
            people = _people(groups.get("who") or "") if event is not Event.OTHER else ()
            return GroupNotice(number, day, event, people, actor)
    return GroupNotice(number, day, Event.UNKNOWN)


_OURSELVES = {"vous", "you", "du", "tú", "te", "você"}


def _people(written: str) -> tuple[str, ...]:
    names = (clean_author(name) for name in _NAMES.split(written))
    return tuple(name for name in names if name and name.casefold() not in _OURSELVES)
