"""What a plugin is given to make its pages: the forum as it stands today, as this edition may show it.

A forum has two editions: for all, or for its members, whose edition holds every thread.
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
from divan.sources.problem import Problem, ProblemsFound

__all__ = ["EDITIONS", "Site", "edition", "site_of", "site_pages"]

EDITIONS = ("public", "members")


@dataclass(kw_only=True)
class Site(Making):
    """``rows`` holds the threads and their lists; withdrawn ones are in none, nor those that this edition hides."""

    vocabulary: Vocabulary
    rows: Rows

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
        """Clinical cases, oldest first."""
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
        hidden = self.rows.hidden_hashtags()
        return tuple(entry for entry in self.vocabulary.entries if entry.slug not in hidden)

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Members whose consent holds today."""
        return load_members(self.settings.root, self.group, self.settings.today)

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """Services."""
        return load_services(self.settings.root, self.group)


def site_of(making: Making, vocabulary: Vocabulary, rows: Rows) -> Site:
    """What the builder knows, with the forum's own."""
    known = {one.name: getattr(making, one.name) for one in fields(making)}
    return Site(**known, vocabulary=vocabulary, rows=rows)


def edition(settings: Settings) -> str:
    """``public`` or ``members``, as AUDIENCE says; raises ProblemsFound."""
    chosen = settings.get("AUDIENCE", "public")
    if chosen not in EDITIONS:
        raise ProblemsFound([Problem(SETTINGS_FILE, None, f"AUDIENCE doit valoir public ou members, pas {chosen}")])
    return str(chosen)
