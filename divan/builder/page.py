"""What a plugin hands to the engine: a page to render, a file to copy, a part of the site that only lists change.

The engine does the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from divan.builder.digest import digest_of


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
