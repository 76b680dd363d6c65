"""What a plugin hands to the builder: a page to render, a file to copy, a part of the site that only lists change.

A plugin connects a function to ``site_pages``; it is given a ``Making``, as the catalogue has furnished it, and the
builder does the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blinker import Signal

from divan.builder.digest import digest_of
from divan.sources.problem import Problem, ProblemsFound

if TYPE_CHECKING:
    from divan.builder.catalogue import Making

site_pages = Signal()
"""Sent at each build; a receiver yields Page, File and Part objects. Plugins connect in ``register()``."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site, at ``url`` from its root (``cas/``, ``atom.xml``, '' for the home page).

    ``context`` holds plain values only (text, numbers, dates, tuples, rows): its repr is what tells whether the
    page has to be rendered again, so nothing that the template reads may hide from it.
    """

    url: str
    template: str
    context: Mapping[str, Any]
    title: str = ""
    description: str = ""
    section: str = ""
    feed_url: str = ""
    noindex: bool = False

    @property
    def path(self) -> str:
        """The file that holds the page, from the output folder."""
        return path_of(self.url)

    def digest(self) -> bytes:
        """Changes when anything that the template is given changes."""
        about = self.title, self.description, self.section, self.feed_url, self.noindex
        return digest_of(self.url, self.template, about, self.context)


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes to the site as it is; ``blob`` tells its content."""

    url: str
    source: Path = field(repr=False)
    blob: str

    @property
    def path(self) -> str:
        """The file's place, from the output folder."""
        return self.url

    def digest(self) -> bytes:
        """Changes when the content changes."""
        return digest_of(self)


@dataclass(frozen=True, slots=True)
class Kept:
    """A page that is what the last build made, at ``path`` from the output folder."""

    path: str


@dataclass(frozen=True, slots=True)
class Part:
    """Pages that depend on these ``lists`` of threads alone: ``make`` is called when one of them changed.

    ``url`` names the part: no other part has it. ``make`` yields all its pages, those that it can tell unchanged as
    ``Kept``.
    """

    url: str
    lists: tuple[str, ...]
    make: Callable[[], Iterator[Page | File | Kept]]


def path_of(url: str) -> str:
    """``cas/`` -> ``cas/index.html``; a URL that names a file is its own path."""
    return url + "index.html" if not url or url.endswith("/") else url


def root_of(url: str) -> str:
    """The prefix that leads from a page to the site's root: ``cas/x/`` -> ``../../``."""
    return "../" * url.count("/")


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
            if not site.publishes(receiver.__module__):
                continue
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
