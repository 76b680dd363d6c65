"""What a plugin is given to make its pages: the forum as it stands today, as this edition may show it.

A forum has two editions: for all, or for its members, whose edition holds every thread. That of a closed group for all
has what helps to enter, to write and to answer, and nothing that anybody wrote there.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property

from divan.builder.catalogue import Making
from divan.builder.page import site_pages
from divan.builder.settings import SETTINGS_FILE, Settings
from divan.catalogue.rows import Rows
from divan.catalogue.thread_lists import EVERYTHING, UNANSWERED, ThreadList
from divan.forum.directory import load_members, load_services
from divan.forum.group import Group
from divan.forum.model import Hashtag, Member, Service
from divan.forum.vocabulary import Vocabulary
from divan.sources.problem import Problem, stop_if

__all__ = ["CLOSED", "Site", "edition", "site_of", "site_pages"]

AUDIENCES = ("public", "members")
EDITIONS = ("open", "closed")
CLOSED = "closed"  # what everybody sees of a closed group

_NOBODY_S_WORDS = frozenset(
    f"plugins.{name}"
    for name in ("home", "forms", "compose", "weekly_letter", "search", "offline", "members_door", "assets", "images")
)


@dataclass(kw_only=True)
class Site(Making):
    """``rows`` holds the threads and their lists; withdrawn ones are in none, nor those that this edition hides."""

    vocabulary: Vocabulary
    rows: Rows

    @cached_property
    def closed(self) -> bool:
        """Whether this is what everybody sees of a closed group."""
        return edition(self.settings) == CLOSED

    def publishes(self, plugin: str) -> bool:
        """Whether this edition has the pages of a plugin; in a closed group, those alone that hold nobody's words."""
        return not self.closed or plugin in _NOBODY_S_WORDS

    @property
    def group(self) -> Group:
        """What the group has of its own."""
        return self.vocabulary.group

    @cached_property
    def threads(self) -> ThreadList:
        """All threads, oldest first."""
        return self.rows.named(EVERYTHING)

    @cached_property
    def cases(self) -> ThreadList:
        """Cases, oldest first."""
        return self.rows.named("cas/")

    @cached_property
    def topics(self) -> ThreadList:
        """Topics, oldest first."""
        return self.rows.named("sujets/")

    @cached_property
    def unanswered(self) -> ThreadList:
        """Open threads that nobody has answered, oldest first."""
        return self.rows.named(UNANSWERED)

    @cached_property
    def hashtags(self) -> tuple[Hashtag, ...]:
        """The vocabulary, without the words that only threads hidden from this edition carry."""
        if self.closed:
            return ()
        hidden = self.rows.hidden_hashtags()
        return tuple(entry for entry in self.vocabulary.entries if entry.slug not in hidden)

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Members whose consent holds today; none for who is not of a closed group."""
        return () if self.closed else load_members(self.settings.root, self.group, self.settings.today)

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """Services; none for who is not of a closed group."""
        return () if self.closed else load_services(self.settings.root, self.group)


def site_of(making: Making, vocabulary: Vocabulary, rows: Rows) -> Site:
    """What the builder knows, with the forum's own."""
    known = {one.name: getattr(making, one.name) for one in fields(making)}
    return Site(**known, vocabulary=vocabulary, rows=rows)


def edition(settings: Settings) -> str:
    """``public``, ``members`` or ``closed``, as AUDIENCE and EDITION say; raises ProblemsFound."""
    audience, group = settings.get("AUDIENCE", "public"), settings.get("EDITION", "open")
    stop_if(
        Problem(SETTINGS_FILE, None, f"{name} doit valoir {' ou '.join(known)}, pas {chosen}")
        for name, chosen, known in (("AUDIENCE", audience, AUDIENCES), ("EDITION", group, EDITIONS))
        if chosen not in known
    )
    return CLOSED if group == "closed" and audience == "public" else str(audience)
