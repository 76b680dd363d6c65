"""The members of a thread as people who are counted: so that a small count of them is masked as any other is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.people.counted import Key, key
from analysis.people.respondents import GROUP, INCLUDED, Respondents
from analysis.people.thread import StudiedThread
from analysis.people.variable import Level, Variable, axis, in_levels
from analysis.people.wave_frame import as_cells
from surveys.chat.chat_rules import NOT_KNOWN
from surveys.chat.store import Role

CHAT = "chat"
CHAT_MEMBERS = "chat"  # the population of the tables that count them
LEAVER = "leaver"
GENDER, SPECIALTY, LEVEL, ROLE = (axis(name, CHAT) for name in ("gender", "specialty", "level", "role"))
PRESENT = key((GROUP, INCLUDED))
GONE = key((GROUP, LEAVER))
ROLES = {Role.USER.value: "Utilisateurs", Role.OBSERVER.value: "Observateurs"}


def members_of(thread: StudiedThread) -> Respondents:
    """One place a member: their group (leavers apart), gender, specialty, level and role."""
    members = thread.members
    levels = {one.id: one.label for one in thread.rules.levels}
    variables = (
        _variable("gender", "Genre", _codes(thread.rules.genders, [one.gender for one in members])),
        _variable("specialty", "Exercice", _codes(thread.rules.specialties, [one.specialty for one in members])),
        _variable("level", "Niveau de participation", levels),
        _variable("role", "Rôle", ROLES),
    )
    values = {
        GENDER: [one.gender for one in members],
        SPECIALTY: [one.specialty for one in members],
        LEVEL: [thread.level(one).id for one in members],
        ROLE: [one.role.value for one in members],
    }
    group = [LEAVER if one.role is Role.LEAVER else INCLUDED for one in members]
    cells = {one.id: pd.Series(as_cells(values[one.axis])) for one in variables}
    answers = {one.id: in_levels(one, cells[one.id], cells[one.id].cat.categories) for one in variables}
    people = pd.DataFrame({"group": pd.Categorical(group)})
    return Respondents(people, {CHAT: pd.DataFrame(answers)}, {one.axis: one for one in variables})


def who(*conditions: tuple[str, str]) -> Key:
    """Those who are in the group and meet these conditions."""
    return PRESENT | key(*conditions)


def _codes(declared: Mapping[str, str], seen: Sequence[str]) -> dict[str, str]:
    """The codes declared, else those of the list as they are; what is not known comes last."""
    labels = dict(declared) or {code: code for code in sorted(set(seen) - {NOT_KNOWN})}
    unknown = labels.pop(NOT_KNOWN, "Non connu")
    return {**labels, NOT_KNOWN: unknown}


def _variable(name: str, label: str, levels: Mapping[str, str]) -> Variable:
    return Variable(name, CHAT, label, tuple(Level(code, said) for code, said in levels.items()))
