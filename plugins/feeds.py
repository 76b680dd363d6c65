"""Atom feeds: of everything, and of the questions that wait for an answer. Hashtags make theirs with ``feed_page``.

A feed follows activity: a thread comes back to the top when someone answers. Dates come from the threads, never from
the build, so that the same forum always gives the same feed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from markupsafe import escape

from plugins.engine.page import Page
from plugins.engine.row import Row
from plugins.engine.site import Site, site_pages

BEGINNING = datetime(2000, 1, 1)  # date of a feed that has nothing yet


def pages(site: Site) -> Iterator[Page]:
    """The feed of all threads and that of unanswered questions."""
    yield feed_page(site, "", site.settings.get("SITENAME", ""), site.threads)
    yield feed_page(site, "sans-reponse/", "Questions sans réponse", site.unanswered)


def feed_page(site: Site, url: str, title: str, rows: Sequence[Row]) -> Page:
    """The feed of the list at ``url``: its threads in which someone wrote last."""
    newest = sorted(rows, key=lambda row: (row.last_written, row.id), reverse=True)[
        : site.settings.get("FEED_SIZE", 30)
    ]
    base = f"{site.settings.url}/"
    name = site.settings.get("SITENAME", "")
    feed = {
        "title": title if title == name else f"{title} – {name}",
        "url": base + url,
        "self_url": f"{base}{url}atom.xml",
        "id": _tag_uri(base, url),
        "updated": newest[0].latest if newest else BEGINNING,
        "entries": [_entry(base, row) for row in newest],
    }
    return Page(f"{url}atom.xml", "feed.xml", {"feed": feed}, title=title)


def _entry(base: str, row: Row) -> dict[str, Any]:
    return {
        "title": row.title, "url": base + row.url, "id": _tag_uri(base, row.url), "author": row.author_name,
        "published": row.date, "updated": row.latest, "summary_html": str(escape(row.excerpt)), "tags": row.hashtags,
    }  # fmt: skip


def _tag_uri(base: str, url: str) -> str:
    """RFC 4151: an identifier that does not change when the site moves within its host."""
    return f"tag:{urlsplit(base).hostname or 'localhost'},2026:{url or 'forum'}"


def register() -> None:
    """Offer the feeds to every build."""
    site_pages.connect(pages)
