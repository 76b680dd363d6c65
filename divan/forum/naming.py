"""How posts are named, and where what is made of them stands on the site.

A post's name is an id made of the day and four letters, in the folder that says what the post is.

``content/cases/2026/2026-03-14-k7f2.md`` is the case ``2026-03-14-k7f2``; its replies are
``content/replies/2026-03-14-k7f2/<reply id>.md``. Titles are not in names, so a new title keeps its URL.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from divan.forum.model import Kind
from divan.sources.slug import slug

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
POST_ID = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])-[a-z2-7]{4}")
_OPENING = re.compile(rf"content/(cases|topics)/(\d{{4}})/({POST_ID.pattern})\.md")
_REPLY = re.compile(rf"content/replies/({POST_ID.pattern})/({POST_ID.pattern})\.md")

URL_FOLDER = {Kind.CASE: "cas", Kind.TOPIC: "sujets"}


@dataclass(frozen=True, slots=True)
class OpeningName:
    """What the path of an opening post says."""

    kind: Kind
    year: str
    id: str


@dataclass(frozen=True, slots=True)
class ReplyName:
    """What the path of a reply says."""

    thread: str
    id: str


def opening_name(path: str) -> OpeningName | None:
    """The name of a case or topic, or None when ``path`` (from the root, with /) is not one."""
    match = _OPENING.fullmatch(path)
    return OpeningName(Kind(match[1]), match[2], match[3]) if match else None


def reply_name(path: str) -> ReplyName | None:
    """The name of a reply, or None when ``path`` (from the root, with /) is not one."""
    match = _REPLY.fullmatch(path)
    return ReplyName(match[1], match[2]) if match else None


def opening_path(kind: Kind, thread_id: str) -> str:
    """Where the opening post of a thread lies."""
    return f"content/{kind}/{thread_id[:4]}/{thread_id}.md"


def thread_url(kind: Kind, thread_id: str) -> str:
    """URL of a thread from the site's root."""
    return f"{URL_FOLDER[kind]}/{thread_id}/"


class Link(NamedTuple):
    """A name and where it leads: an author, a hashtag, an area of help."""

    name: str
    url: str


@cache
def author_link(name: str) -> Link:
    """An author and their page."""
    return Link(name, f"auteurs/{slug(name)}/")


@cache
def tag_link(name: str) -> Link:
    """A hashtag and its page."""
    return Link(name, f"mots/{slug(name)}/")


@cache
def specialty_link(name: str) -> Link:
    """A specialty and its page."""
    return Link(name, f"specialites/{slug(name)}/")


def area_url(page: str) -> str:
    """The page of an area of help."""
    return f"sujets/domaine/{page}/"


def free_id(now: date, taken: Callable[[str], bool]) -> str:
    """A new id for that day, which ``taken`` does not know."""
    while True:
        post_id = f"{now:%Y-%m-%d}-" + "".join(random.choices(LETTERS, k=4))  # noqa: S311 - un nom, pas un secret
        if not taken(post_id):
            return post_id
