"""What a plugin is given to make its pages: the forum as it stands today, as this edition may show it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property

from divan.builder.catalogue import Making
from divan.builder.page import site_pages
from divan.catalogue.record import EVERYTHING, UNANSWERED
from divan.catalogue.rows import Rows
from divan.catalogue.thread_list import ThreadList
from divan.forum.directory import load_members, load_services
from divan.forum.group import Group
from divan.forum.model import Member, Service
from divan.forum.vocabulary import Vocabulary

__all__ = ["Site", "site_of", "site_pages"]


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
