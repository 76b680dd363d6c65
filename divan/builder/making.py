"""What plugins make of a site: the pages that they hand over, those that are as they were, and what nobody asks again.

A plugin connects a function to ``site_pages``; it is given a ``Making``, as the catalogue has furnished it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from blinker import Signal

from divan.builder.assets import Assets
from divan.builder.digest import digest_of
from divan.builder.listing import Blobs, under
from divan.builder.page import File, Kept, Page, Part
from divan.builder.settings import Settings
from divan.sources.problem import Problem, ProblemsFound

site_pages = Signal()
"""Sent at each build; a receiver yields Page, File and Part objects. Plugins connect in ``register()``."""


@dataclass
class Change:
    """What happened to a list: places whose item changed, places that came or went, how many more there are."""

    changed: set[int] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)
    more: int = 0


@dataclass
class Making:
    """``others`` are the sources that are not the catalogue's; ``assets`` the URLs of the theme's static files.

    ``lists`` says how lists changed since the last build, None when every page must be described again; ``lost`` are
    parts some of whose pages are not as they were published. ``memory`` holds what an earlier build read, so that
    sources that did not change are not read again.
    """

    settings: Settings
    others: Blobs
    assets: Assets
    lists: Mapping[str, Change] | None = None
    lost: Collection[str] = ()
    memory: dict[str, Any] = field(default_factory=dict)

    def under(self, prefix: str) -> Blobs:
        """Blob ids of the sources, the catalogue's apart, whose path starts with ``prefix``, sorted by path."""
        return under(self.others, prefix)

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

    def same_items(self, part: str, name: str) -> bool:
        """Whether a list that this part shows has the same items as before, changed or not."""
        change = self.change(part, name)
        return change is not None and not change.moved

    def change(self, part: str, name: str) -> Change | None:
        """What happened to a list that this part shows; None when nothing can be told, so that all has to be made."""
        return None if self.lists is None or part in self.lost else self.lists.get(name, Change())


Receiver = Callable[[Any], Iterable[Any]]


def receivers(plugins: Sequence[str]) -> list[Receiver]:
    """What the plugins of the settings have connected, in the settings' order."""
    connected = list(site_pages.receivers_for(None))
    return [one for name in plugins for one in connected if f"{one.__module__}.".startswith(f"{name}.")]


@dataclass
class Description:
    """``part_of`` each page made, by path; ``kept`` are paths known to be as they were.

    ``parts`` are those described in this build: what they had and have no more is gone.
    """

    part_of: dict[str, str] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def pages(
        self, site: Making, receivers: Sequence[Receiver], taken: Callable[[str, str], bool]
    ) -> Iterator[Page | File]:
        """Ask plugins for their pages; ``taken(path, part)``: whether an address already belongs to something else."""
        for receiver in receivers:
            self.parts.add(receiver.__module__)
            try:
                for part, item in self._items(site, receiver):
                    if isinstance(item, Kept):
                        self.kept.add(item.path)
                        continue
                    if item.path in self.part_of or taken(item.path, part):
                        self.problems.append(two_pages(item.path))
                    self.part_of[item.path] = part
                    yield item
            except ProblemsFound as faults:
                self.problems += faults.problems

    def _items(self, site: Making, receiver: Receiver) -> Iterator[tuple[str, Page | File | Kept]]:
        for item in receiver(site):
            if not isinstance(item, Part):
                yield receiver.__module__, item
            elif site.waits(item):
                self.parts.add(item.url)
                for page in item.make():
                    yield item.url, page


def two_pages(path: str) -> Problem:
    """Two pages want the same address."""
    return Problem(path, None, "deux pages du site veulent cette adresse", "renommez l'une des deux")
