"""Hashtags: an index of all, and for each one its threads and its feed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from forum.model import Hashtag
from plugins.engine.page import Page
from plugins.engine.row import Row, tag_link
from plugins.engine.site import Site, site_pages
from plugins.feeds import feed_page
from plugins.listings import listing_pages


def pages(site: Site) -> Iterator[Page]:
    """The index, then each hashtag's list and feed, which exist before its first thread."""
    tags = [tag(entry, len(site.by_hashtag.get(entry.name, ()))) for entry in site.vocabulary.entries]
    yield _index(tags)
    newest = _newest(site, site.settings.get("FEED_SIZE", 30))
    for entry in site.vocabulary.entries:
        rows = site.by_hashtag.get(entry.name, [])
        url = tag_link(entry.name).url
        yield from listing_pages(url, f"#{entry.name}", rows, site.settings.get("PAGE_SIZE", 20), section="mots",
                                 about=entry.about, feed_url=f"{url}atom.xml",
                                 empty_text="Aucun fil ne porte encore ce mot.")  # fmt: skip
        yield feed_page(site, url, f"#{entry.name}", newest.get(entry.name, ()))


def _newest(site: Site, number: int) -> dict[str, list[Row]]:
    """For each hashtag, its threads in which someone wrote last."""
    found: dict[str, list[Row]] = {}
    for row in site.by_activity:
        for name in row.hashtags:
            rows = found.setdefault(name, [])
            if len(rows) < number:
                rows.append(row)
    return found


def tag(entry: Hashtag, count: int) -> dict[str, Any]:
    """A hashtag as templates show it."""
    url = tag_link(entry.name).url
    return {
        "name": entry.name, "slug": entry.slug, "url": url, "count": count, "feed_url": f"{url}atom.xml",
        "about": entry.about, "synonyms": entry.synonyms,
    }  # fmt: skip


def most_used(site: Site, number: int) -> list[dict[str, Any]]:
    """The hashtags with most threads."""
    used = [tag(entry, len(site.by_hashtag.get(entry.name, ()))) for entry in site.vocabulary.entries]
    return sorted((t for t in used if t["count"]), key=lambda t: (-t["count"], t["slug"]))[:number]


def _index(tags: list[dict[str, Any]]) -> Page:
    ordered = sorted(tags, key=lambda t: t["slug"])
    letters = [
        {"letter": letter, "tags": list(group)}
        for letter, group in groupby(ordered, key=lambda t: t["slug"][:1].upper())
    ]
    return Page("mots/", "hashtags.html", {"letters": letters, "total": len(tags)}, title="Hashtags", section="mots",
                description="Tous les mots qui rassemblent les fils du forum, avec leurs synonymes.")  # fmt: skip


def register() -> None:
    """Offer the hashtags' pages to every build."""
    site_pages.connect(pages)
