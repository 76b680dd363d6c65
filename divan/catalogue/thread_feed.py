"""The feed of one thread, for whoever follows it: who answered and when, never what was written.

A text that is withdrawn later would stay in every reader's device; and nothing of what is folded is told.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from divan.builder.page import Page
from divan.catalogue.thread_page import FEED
from divan.catalogue.thread_text import ThreadText


class FeedEntry(NamedTuple):
    """A post of the thread as its feed shows it, with absolute addresses."""

    url: str
    id: str
    title: str
    author: str
    published: datetime
    updated: datetime
    summary_html: str = ""
    tags: tuple[str, ...] = ()


def thread_feed(text: ThreadText, base: str, forum: str) -> Page:
    """The feed of a thread that is shown, at ``base``, the forum's own address."""
    row = text.row
    replies = [reply.info for reply in text.replies if not reply.info.withdrawn]
    entries = [_entry(base, f"{row.url}#r-{one.id}", f"Réponse de {one.author}", one.author, one.date)
               for one in reversed(replies)]  # fmt: skip
    feed: dict[str, Any] = {
        "title": f"{row.title} – {forum}", "url": base + row.url, "self_url": f"{base}{row.url}{FEED}",
        "id": tag_uri(base, f"{row.url}{FEED}"), "updated": row.latest,
        "entries": [*entries, _entry(base, row.url, row.title, row.author_name, row.date)],
    }  # fmt: skip
    return Page(f"{row.url}{FEED}", "feed.xml", {"feed": feed}, title=row.title)


def _entry(base: str, url: str, title: str, author: str, date: datetime) -> FeedEntry:
    return FeedEntry(base + url, tag_uri(base, url), title, author, date, date)


def tag_uri(base: str, url: str) -> str:
    """RFC 4151: an identifier that does not change when the site moves within its host."""
    return f"tag:{urlsplit(base).hostname or 'localhost'},2026:{url or 'forum'}"
