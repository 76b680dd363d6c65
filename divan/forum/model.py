"""What a forum is made of. Rows are small and slotted: ten thousand threads fit in memory at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

Day = date  # a post has a field named ``date``


class Kind(StrEnum):
    """What an opening post is; the value is the folder it lives in, under ``content/``."""

    CASE = "cases"
    TOPIC = "topics"


class Status(StrEnum):
    """Where a thread stands; ``withdrawn`` leaves an empty page behind and nothing else."""

    OPEN = "open"
    ANSWERED = "answered"
    NO_AGREEMENT = "no_agreement"
    WITHDRAWN = "withdrawn"


class Visibility(StrEnum):
    """Who may read; the public build leaves ``members`` threads out altogether."""

    PUBLIC = "public"
    MEMBERS = "members"


@dataclass(frozen=True, slots=True)
class Named:
    """An area of help or a kind of service, as the group names it; ``page`` ends the address of its page."""

    id: str
    label: str
    page: str
    members_only: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a post's body: ``id`` is its role (question, context, ...), ``html`` is already sanitised."""

    id: str
    title: str
    html: str
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """What lists, feeds and counts need to know of an opening post (its body is not here).

    ``id`` is the file's stem (``2026-03-14-k7f2``) and never changes; ``hashtags`` are canonical vocabulary entries, in
    the order written, less those that give the answer away (``reveals``); ``area`` is the area of help, for topics;
    ``waited`` the days before a moderator published it; ``choices`` what a case asks before its answer is read;
    ``resolved`` the day when its resolution was added, ``modified`` that of its last correction.
    """

    id: str
    kind: Kind
    title: str
    author: str
    date: datetime
    hashtags: tuple[str, ...]
    specialty: str
    departement: str
    area: Named | None
    status: Status
    visibility: Visibility
    excerpt: str
    waited: int | None = None
    reveals: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    resolved: Day | None = None
    modified: Day | None = None


@dataclass(frozen=True, slots=True)
class ReplyInfo:
    """What lists need to know of a reply; ``in_reply_to`` is another reply's id in the same thread, or ''.

    ``withdrawn``: only a tombstone is left.
    """

    id: str
    thread: str
    author: str
    date: datetime
    in_reply_to: str
    withdrawn: bool = False
    waited: int | None = None
    modified: Day | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """An opening post read whole: its row, its sections and its sources (sanitised inline HTML)."""

    thread: Thread
    sections: tuple[Section, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply read whole."""

    info: ReplyInfo
    html: str


@dataclass(frozen=True, slots=True)
class Hashtag:
    """A vocabulary entry; ``slug`` is accent-free and makes its URL, ``synonyms`` all lead here."""

    name: str
    slug: str
    synonyms: tuple[str, ...]
    about: str


@dataclass(frozen=True, slots=True)
class Member:
    """A colleague who agreed to be listed, until ``expires``."""

    id: str
    name: str
    specialty: str
    skills: tuple[str, ...]
    town: str
    departement: str
    contact: str
    about: str
    consent: date
    expires: date


@dataclass(frozen=True, slots=True)
class Service:
    """A patient education or rehabilitation service that any member may correct."""

    id: str
    name: str
    kind: str
    topics: tuple[str, ...]
    town: str
    departement: str
    phone: str
    email: str
    website: str
    audience: str
    access: str
    verified_on: date
