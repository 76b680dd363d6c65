"""An author's page: the threads that they opened, then the liveliest of those that they answered; its feed has both."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from divan.builder.page import Kept, Page, Part
from divan.catalogue.site import Site, site_pages
from divan.forum.naming import author_link
from plugins.feeds import feed_page
from plugins.listings import Heading, listing_pages

ANSWERED = 20  # threads answered that an author's page shows


def pages(site: Site) -> Iterator[Part]:
    """A list for each pseudonym; two that differ only by accents or capitals are one person."""
    for url in site.rows.authors():
        yield Part(url, (url, site.rows.answered_by(url).name), partial(_author_pages, site, url))


def _author_pages(site: Site, url: str) -> Iterator[Page | Kept]:
    opened, answered = site.rows.named(url), site.rows.answered_by(url).newest(ANSWERED)
    if opened:
        name = opened[0].author_name
    elif answered:
        name = next(name for name in answered[0].answered_by if author_link(name).url == url)
    else:
        return
    also = {"title": "Fils commentés", "rows": tuple(answered)} if answered else None
    heading = Heading(url, name, also=also, feed_url=f"{url}atom.xml",
                      intro="Les fils ouverts sous ce pseudonyme.",
                      empty_text="Aucun fil ouvert sous ce pseudonyme.")  # fmt: skip
    change = site.change(url, url)
    first = change is not None and any(opened.before(place) == 0 for place in change.changed | change.moved)
    yield from listing_pages(site, heading, opened, settled=not first)  # le premier fil donne son nom à la liste
    size = site.settings.get("FEED_SIZE", 30)
    written = [*opened.newest(size), *site.rows.answered_by(url).newest(size)]
    yield feed_page(site, url, name, sorted(written, key=lambda row: row.latest, reverse=True)[:size])


def register() -> None:
    """Offer the authors' pages to every build."""
    site_pages.connect(pages)
