"""The one door between the builder and what it builds: what a catalogue of sources answers, and gives to plugins.

A catalogue keeps many sources of one kind, each *item* of which has a page of its own and stands in lists. The builder
asks which ones changed, reads them on all cores, has them put away, and knows nothing else of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any, Protocol

from divan.builder.digest import digest_of
from divan.builder.inputs import Assets
from divan.builder.listing import Answer, Blobs, under
from divan.builder.page import Page, Part
from divan.builder.settings import Settings
from divan.sources.problem import Problem

if TYPE_CHECKING:
    from divan.builder.outlook import Outlook


@dataclass(frozen=True)
class Changed:
    """Items whose sources are not as they were, by name, None for those that are gone; faults of sources' names."""

    items: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


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

    def publishes(self, plugin: str) -> bool:
        """Whether the site has the pages of a plugin, by its module: all of them, unless a catalogue says otherwise."""
        return True

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


class Reading(Protocol):
    """The catalogue during one build."""

    @property
    def key(self) -> bytes:
        """What items' pages are made with."""

    @property
    def settled(self) -> bool:
        """Whether what plugins see of the catalogue, lists apart, is as it was."""

    @property
    def changes(self) -> Mapping[str, Change]:
        """What was done to each list, by its name."""

    def changed(self) -> Mapping[str, Any]:
        """The items to read, by name; None for those that are gone."""

    def read(self, item: Any) -> tuple[Any, tuple[Page, ...]]:
        """A plain value to put away, and the pages to render; raises ProblemsFound. Runs on any core."""

    def take(self, names: Iterable[str], read: Sequence[Any]) -> set[str] | None:
        """Put away the items just read and forget those that are gone.

        The files that these items had before; None when every item was read, so that all their files are meant.
        """

    def touched(self) -> Sequence[Any]:
        """Items, put away before, whose pages show others otherwise than they did: they are read for these alone."""

    def rest(self, path: str) -> tuple[Any, Page] | None:
        """What a page of an item shows of others: a value for ``settle``, and what to render. Runs on any core."""

    def settle(self, rests: Iterable[Any]) -> None:
        """Put away the values of what was rendered."""

    def problems(self, *, complete: bool) -> Sequence[Problem]:
        """Faults of no single item; those between items too, once all that changed could be read."""

    def site(self, making: Making) -> Making:
        """What plugins are given."""

    def memory(self) -> Mapping[str, Any]:
        """Plain values that the next build is given back, as ``Outlook.old.memory``."""


class Catalogue(Protocol):
    """Sources of one kind, made into items by whoever knows them."""

    @property
    def folders(self) -> tuple[str, ...]:
        """Where its sources lie, from the root."""

    @property
    def apart(self) -> tuple[str, ...]:
        """Where other sources lie that Pelican never reads."""

    @property
    def unseen(self) -> tuple[str, ...]:
        """Patterns of sources that git may ignore, and that pages show."""

    @property
    def schema(self) -> str:
        """SQL that makes its tables."""

    def compare(self, answer: Answer, base: Connection | None) -> Changed:
        """Hold the sources to what the last build put away in ``base``, None when it left nothing."""

    def open(self, seen: Outlook, base: Connection, look: Callable[[str], bytes]) -> Reading:
        """Begin to read; ``base`` is this build's own store, ``look`` the digest of all that a template is made of."""
