"""Hashtags: an index of all, and for each one its threads, its feed, and, folded, the cases that it gives away."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import Any

from divan.builder.page import Kept, Page, Part
from divan.catalogue.site import Site, site_pages
from divan.catalogue.thread_lists import REVEALED
from divan.forum.model import Hashtag
from divan.forum.naming import tag_link
from plugins.feeds import feed_page
from plugins.listings import Heading, listing_pages

REVEALED_SHOWN = 20  # cases whose answer a hashtag gives away, on its page


def pages(site: Site) -> Iterator[Page | Part]:
    """The index, then the list and the feed of each hashtag that a thread of this edition carries.

    A word that none carries is left out, whether nobody uses it or members alone do: nothing tells one from the other.
    """
    yield _index(_tags(site))
    for entry in site.vocabulary.entries:
        url = tag_link(entry.name).url
        yield Part(url, (url, url + REVEALED), partial(_tag_pages, site, entry))


def _tag_pages(site: Site, entry: Hashtag) -> Iterator[Page | Kept]:
    url, title = tag_link(entry.name).url, f"#{entry.name}"
    rows, revealed = site.rows.named(url), site.rows.named(url + REVEALED)
    if not rows and not revealed:
        return  # et ce que ce mot avait de pages s'en va
    cases = tuple(revealed[: -REVEALED_SHOWN - 1 : -1])
    folded = {"title": f"Cas dont la résolution parle de {title}", "rows": cases} if cases else None
    heading = Heading(url, title, section="mots", about=entry.about, feed_url=f"{url}atom.xml", folded=folded,
                      empty_text="Aucun fil n’est rangé sous ce mot.")  # fmt: skip
    yield from listing_pages(site, heading, rows)
    yield feed_page(site, url, title, rows.newest(site.settings.get("FEED_SIZE", 30)))


def _tags(site: Site) -> list[dict[str, Any]]:
    lengths = site.rows.lengths("mots/")
    counted = ((entry, lengths.get(tag_link(entry.name).url, 0)) for entry in site.vocabulary.entries)
    return [tag(entry, count) for entry, count in counted if count]


def tag(entry: Hashtag, count: int) -> dict[str, Any]:
    """A hashtag as templates show it."""
    url = tag_link(entry.name).url
    return {
        "name": entry.name, "slug": entry.slug, "url": url, "count": count, "feed_url": f"{url}atom.xml",
        "about": entry.about, "synonyms": entry.synonyms,
    }  # fmt: skip


def most_used(site: Site, number: int) -> list[dict[str, Any]]:
    """The hashtags with most threads."""
    return sorted(_tags(site), key=lambda t: (-t["count"], t["slug"]))[:number]


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
