"""What a plugin is given to make its pages: the forum as it stands today, as this edition may show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Any

from blinker import Signal

from forum.directory import load_members, load_services
from forum.model import Kind, Member, Service
from forum.vocabulary import Vocabulary
from plugins.engine.digest import digest_of
from plugins.engine.listing import Listing
from plugins.engine.row import Row
from plugins.engine.settings import Settings

site_pages = Signal()
"""Sent at each build with a Site; a receiver yields Page and File objects. Plugins connect in ``register()``."""


@dataclass
class Site:
    """``threads`` are those that this edition shows, oldest first; withdrawn ones are in none of the lists.

    ``memory`` holds what an earlier build read, so that sources that did not change are not read again.
    """

    settings: Settings
    listing: Listing
    vocabulary: Vocabulary
    threads: Sequence[Row]
    assets: Mapping[str, str]
    memory: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def cases(self) -> list[Row]:
        """Clinical cases, oldest first."""
        return [row for row in self.threads if row.kind == Kind.CASE]

    @cached_property
    def topics(self) -> list[Row]:
        """Topics, oldest first."""
        return [row for row in self.threads if row.kind == Kind.TOPIC]

    @cached_property
    def unanswered(self) -> list[Row]:
        """Open threads that nobody has answered, oldest first."""
        return [row for row in self.threads if row.unanswered]

    @cached_property
    def by_activity(self) -> list[Row]:
        """Threads in which someone wrote last, first."""
        return sorted(self.threads, key=_ACTIVITY, reverse=True)

    @cached_property
    def by_hashtag(self) -> dict[str, list[Row]]:
        """Threads of each hashtag, oldest first."""
        found: dict[str, list[Row]] = {}
        for row in self.threads:
            for name in row.hashtags:
                found.setdefault(name, []).append(row)
        return found

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Members whose consent holds today."""
        return load_members(self.settings.root, self.settings.today)

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """Services."""
        return load_services(self.settings.root)

    def remembered(self, name: str, prefix: str, read: Callable[[], Any]) -> Any:
        """A plain value made only of the sources under ``prefix``: read again only when one of them has changed."""
        key = digest_of(self.listing.under(prefix))
        known = self.memory.get(name)
        if known is None or known[0] != key:
            self.memory[name] = known = (key, read())
        return known[1]


_CREATION = attrgetter("written", "id")
_ACTIVITY = attrgetter("last_written", "id")


def receivers(plugins: Sequence[str]) -> list[Callable[[Site], Iterator[Any]]]:
    """What the plugins of the settings have connected, in the settings' order."""
    connected = {receiver.__module__: receiver for receiver in site_pages.receivers_for(None)}
    return [connected[name] for name in plugins if name in connected]


def shown(rows: Mapping[str, Row], audience: str) -> list[Row]:
    """The threads that an edition lists, oldest first."""
    everyone = audience == "members"
    visible = (row for row in rows.values() if not row.withdrawn and (everyone or not row.members_only))
    return sorted(visible, key=_CREATION)  # par création : une réponse ne déplace rien
