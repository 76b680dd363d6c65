"""Atom feeds: of everything, and of the questions that wait for an answer.

Hashtags, authors and specialties make theirs with ``feed_page``.

A feed follows activity: a thread comes back to the top when someone answers or adds its resolution; a correction
changes its date, not its place. Dates come from the threads, never from
the build, so that the same forum always gives the same feed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from markupsafe import escape

from divan.builder.page import Page
from divan.catalogue.row import Row
from divan.catalogue.site import Site, site_pages
from divan.catalogue.thread_feed import tag_uri

BEGINNING = datetime(2000, 1, 1)  # date of a feed that has nothing yet


def pages(site: Site) -> Iterator[Page]:
    """The feed of all threads and that of unanswered questions."""
    size = site.settings.get("FEED_SIZE", 30)
    yield feed_page(site, "", site.settings.get("SITENAME", ""), site.threads.newest(size))
    yield feed_page(site, "sans-reponse/", "Questions sans réponse", site.unanswered.newest(size))


def feed_page(site: Site, url: str, title: str, rows: Sequence[Row]) -> Page:
    """The feed of the list at ``url``: ``rows`` are its threads in which someone wrote last."""
    base = f"{site.settings.url}/"
    name = site.settings.get("SITENAME", "")
    feed = {
        "title": title if title == name else f"{title} – {name}",
        "url": base + url,
        "self_url": f"{base}{url}atom.xml",
        "id": tag_uri(base, url),
        "updated": max(map(_updated, rows), default=BEGINNING),
        "entries": [Entry(base, row) for row in rows],
    }
    return Page(f"{url}atom.xml", "feed.xml", {"feed": feed}, title=title)


class Entry:
    """A thread in a feed, with absolute addresses."""

    __slots__ = ("_base", "_row")

    def __init__(self, base: str, row: Row) -> None:
        self._base, self._row = base, row

    def __repr__(self) -> str:
        return f"{self._base} {self._row.version} {self._row.last_written}"

    def __getattr__(self, name: str) -> Any:
        row = self._row
        match name:
            case "url":
                return self._base + row.url
            case "id":
                return tag_uri(self._base, row.url)
            case "author":
                return row.author_name
            case "published":
                return row.date
            case "updated":
                return _updated(row)
            case "summary_html":
                return str(escape(row.excerpt))
            case "tags":
                return row.hashtags
        return getattr(row, name)


def _updated(row: Row) -> datetime:
    """When someone last answered, told the end, or corrected the opening post."""
    return max(row.latest, datetime.fromisoformat(row.modified_on)) if row.modified_on else row.latest


def register() -> None:
    """Offer the feeds to every build."""
    site_pages.connect(pages)
