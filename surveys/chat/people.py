"""The members of a group under their pseudonyms: users, observers, leavers."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date

from surveys.chat.chat_rules import NOT_KNOWN
from surveys.chat.gathering import Presence, WhoIsThere
from surveys.chat.naming_people import identity
from surveys.chat.pseudonyms import Pseudonyms, authors_names, numbered
from surveys.chat.store import ChatMember, Role


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody's pseudonym by their identity; ``not_listed`` counts those whom the list of members does not hold."""

    members: tuple[ChatMember, ...]
    by_person: Mapping[str, str]
    not_listed: int

    def name(self, person: str) -> str:
        """The pseudonym of a person."""
        return self.by_person[person]


def cast(group: WhoIsThere, pseudonyms: Pseudonyms, avoided: Set[str]) -> Cast:
    """Give everybody a name: writers those of the declared list, the others a number; in the order of the key."""
    known = {identity(one.names[0]): one for one in group.listed.people}
    free = {
        Role.USER: authors_names(pseudonyms, group.rules, avoided),
        Role.OBSERVER: numbered(group.rules.observers),
        Role.LEAVER: numbered(group.rules.leavers),
    }
    named: dict[str, str] = {}
    members = []
    for person in sorted(group.presence, key=pseudonyms.mark):
        role, seen, listed = _role(group, person), group.presence[person], known.get(person)
        named[person] = pseudonyms.name(person, role.value, free[role])
        told = (listed.gender, listed.specialty) if listed else (NOT_KNOWN, NOT_KNOWN)
        members.append(ChatMember(named[person], role, *told, _day(seen.joined), _day(seen.left)))
    members.sort(key=lambda one: ([*Role].index(one.role), one.name))
    not_listed = sum(person not in known for person in group.presence)
    return Cast(tuple(members), named, not_listed)


def _role(group: WhoIsThere, person: str) -> Role:
    if person in group.wrote:
        return Role.USER
    return Role.LEAVER if group.presence.get(person, Presence()).gone else Role.OBSERVER


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
