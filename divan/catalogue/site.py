"""What a plugin is given to make its pages: the forum as it stands today, as this edition may show it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from blinker import Signal

from divan.builder.digest import digest_of
from divan.builder.page import Part
from divan.builder.settings import Settings
from divan.catalogue.changes import Changes
from divan.catalogue.record import EVERYTHING, UNANSWERED
from divan.catalogue.rows import Change, Rows
from divan.catalogue.thread_list import ThreadList
from divan.forum.directory import load_members, load_services
from divan.forum.model import Member, Service
from divan.forum.vocabulary import Vocabulary

site_pages = Signal()
"""Sent at each build with a Site; a receiver yields Page, File and Part objects. Plugins connect in ``register()``."""


@dataclass
class Site:
    """``rows`` holds the threads and their lists; withdrawn ones are in none, nor those that this edition hides.

    ``lists`` says how lists changed since the last build, None when every page must be described again; ``lost`` are
    parts some of whose pages are not as they were published. ``memory`` holds what an earlier build read, so that
    sources that did not change are not read again.
    """

    settings: Settings
    changes: Changes
    vocabulary: Vocabulary
    rows: Rows
    assets: Mapping[str, str]
    lists: Mapping[str, Change] | None = None
    lost: Collection[str] = ()
    memory: dict[str, Any] = field(default_factory=dict)

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
        return load_members(self.settings.root, self.settings.today)

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """Services."""
        return load_services(self.settings.root)

    def under(self, prefix: str) -> dict[str, str]:
        """Blob ids of the sources, posts apart, whose path starts with ``prefix``, sorted by path."""
        return self.changes.under(prefix)

    def remembered(self, name: str, prefix: str, read: Callable[[], Any]) -> Any:
        """A plain value made only of the sources under ``prefix``: read again only when one of them has changed."""
        key = digest_of(self.under(prefix))
        known = self.memory.get(name)
        if known is None or known[0] != key:
            self.memory[name] = known = (key, read())
        return known[1]

    def waits(self, part: Part) -> bool:
        """Whether a part has to be described again."""
        return self.lists is None or part.url in self.lost or not self.lists.keys().isdisjoint(part.lists)

    def same_threads(self, part: str, name: str) -> bool:
        """Whether a list that this part shows has the same threads as before, changed or not."""
        change = self.change(part, name)
        return change is not None and not change.moved

    def change(self, part: str, name: str) -> Change | None:
        """What happened to a list that this part shows; None when nothing can be told, so that all has to be made."""
        return None if self.lists is None or part in self.lost else self.lists.get(name, Change())


def receivers(plugins: Sequence[str]) -> list[Callable[[Site], Iterator[Any]]]:
    """What the plugins of the settings have connected, in the settings' order."""
    connected = {receiver.__module__: receiver for receiver in site_pages.receivers_for(None)}
    return [connected[name] for name in plugins if name in connected]
