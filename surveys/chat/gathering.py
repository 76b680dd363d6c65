"""A first reading of an export: who is in the group, under which names, what to mask; nothing of it is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from surveys.chat.chat_rules import ChatRules
from surveys.chat.learning import Learned, Learning
from surveys.chat.members import MemberList
from surveys.chat.message import Entry, Event, GroupNotice, Message
from surveys.chat.naming_people import digits_of, identity, is_number


@dataclass(slots=True)
class Presence:
    """What notices tell of somebody: their first arrival, their last departure, whether they are there at the end."""

    joined: date | None = None
    left: date | None = None
    gone: bool = False


@dataclass(slots=True)
class WhoIsThere:
    """Everybody whom the export or the list names: ``names`` by person, ``wrote`` those with a post in the window."""

    listed: MemberList
    rules: ChatRules
    names: dict[str, set[str]] = field(default_factory=dict)
    presence: dict[str, Presence] = field(default_factory=dict)
    wrote: set[str] = field(default_factory=set)
    same: dict[str, str] = field(default_factory=dict)
    learned: Learned = field(default_factory=lambda: Learned(frozenset(), frozenset()))

    def person(self, name: str) -> str:
        """The identity of whoever bears this name, whatever numbers they had."""
        own = self.listed.person(name)
        return self.same.get(own, own)

    def counts(self, message: Message) -> bool:
        """Whether a message is a post of the study: in the window, and not of a kind left out."""
        return self.is_in_window(message.day) and message.kind not in self.rules.leave_out

    def is_in_window(self, day: date) -> bool:
        """Whether a day is one of the study's."""
        return self.rules.opens <= day <= self.rules.closes

    @property
    def all_names(self) -> Iterable[str]:
        """Every name that the export or the list gives to anybody."""
        return (name for names in self.names.values() for name in names)

    @property
    def numbers(self) -> frozenset[str]:
        """The ends of the telephone numbers that serve as names."""
        return frozenset(digits_of(name) for name in self.all_names if is_number(name))


def gather_group(entries: Iterable[Entry], listed: MemberList, rules: ChatRules) -> WhoIsThere:
    """Read everything once, for the people and for the names that messages teach."""
    group, learning = WhoIsThere(listed, rules), Learning()
    for one in listed.people:
        group.names[identity(one.names[0])] = {*one.names}
        group.presence[identity(one.names[0])] = Presence()
    for entry in entries:
        if isinstance(entry, Message):
            person = _met(group, entry.author, entry.day)
            if group.counts(entry):
                group.wrote.add(person)
            learning.read(entry.text)
        elif isinstance(entry, GroupNotice):
            _hear(group, entry)
    group.learned = learning.learned()
    return group


def _met(group: WhoIsThere, name: str, day: date) -> str:
    person = group.person(name)
    group.names.setdefault(person, set()).add(name)
    if day <= group.rules.closes:
        group.presence.setdefault(person, Presence())
    return person


def _hear(group: WhoIsThere, notice: GroupNotice) -> None:
    if notice.actor and notice.event is not Event.OTHER:
        _met(group, notice.actor, notice.day)
    if notice.event is Event.NUMBER and notice.people:
        old, new = group.person(notice.actor), group.listed.person(notice.people[0])
        group.same[new] = old
        group.names[old].add(notice.people[0])
        return
    for name in notice.people:
        person = _met(group, name, notice.day)
        if notice.day > group.rules.closes:
            continue
        known = group.presence[person]
        if notice.event is Event.JOINED:
            known.joined, known.gone = known.joined or notice.day, False
        elif notice.event is Event.LEFT:
            known.left, known.gone = notice.day, True
