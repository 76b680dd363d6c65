"""Specialties: an index of all, and for each one its threads, the questions that wait for its advice, and its feed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from divan.builder.page import Kept, Page, Part
from divan.catalogue.site import Site, site_pages
from plugins.feeds import feed_page
from plugins.listings import Heading, listing_pages

URL = "specialites/"
WAITING_SHOWN = 20  # questions that a specialty's page puts forward


def pages(site: Site) -> Iterator[Page | Part]:
    """The index, then the list and the feed of each specialty that a thread of this edition names."""
    yield Page(URL, "specialties.html", {"specialties": specialties(site)}, title="Spécialités",
               description="Les fils de chaque spécialité, et les questions qui attendent son avis.")  # fmt: skip
    for url in site.rows.specialty_urls():
        yield Part(url, (url, site.rows.waiting_in(url).name), partial(_specialty_pages, site, url))


def specialties(site: Site) -> list[dict[str, Any]]:
    """Each specialty with how many threads it has, and how many of them wait for a first answer."""
    lengths = site.rows.lengths(URL)
    return [
        {"name": site.rows.named(url)[0].specialty, "url": url, "count": lengths[url],
         "waiting": lengths.get(site.rows.waiting_in(url).name, 0)}
        for url in site.rows.specialty_urls() if lengths[url]
    ]  # fmt: skip


def _specialty_pages(site: Site, url: str) -> Iterator[Page | Kept]:
    rows, waiting = site.rows.named(url), site.rows.waiting_in(url)
    if not rows:
        return
    name = rows[0].specialty
    questions = tuple(waiting[: -WAITING_SHOWN - 1 : -1])
    also = {"title": "Questions sans réponse", "rows": questions} if questions else None
    heading = Heading(url, name, also=also, feed_url=f"{url}atom.xml",
                      intro="Les fils de cette spécialité\u00a0; suivez-en les questions.")  # fmt: skip
    change = site.change(url, url)
    first = change is not None and any(rows.before(place) == 0 for place in change.changed | change.moved)
    yield from listing_pages(site, heading, rows, settled=not first)  # le premier fil donne son nom à la liste
    yield feed_page(site, url, name, rows.newest(site.settings.get("FEED_SIZE", 30)))


def register() -> None:
    """Offer the specialties' pages to every build."""
    site_pages.connect(pages)
