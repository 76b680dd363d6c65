"""An author's page: the threads that they opened or answered, in the order in which they first took part."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.engine.page import Page
from plugins.engine.row import Row, author_link
from plugins.engine.site import Site, site_pages
from plugins.listings import listing_pages


def pages(site: Site) -> Iterator[Page]:
    """A list for each pseudonym; two that differ only by accents or capitals are one person."""
    names: dict[str, str] = {}
    taken_part: dict[str, dict[str, tuple[str, Row]]] = {}
    for row in site.threads:
        for name, since in ((row.author_name, row.written), *row.answered_by):
            url = author_link(name).url
            names.setdefault(url, name)
            threads = taken_part.setdefault(url, {})
            if row.id not in threads or since < threads[row.id][0]:
                threads[row.id] = (since, row)
    for url, name in names.items():
        ordered = sorted(taken_part[url].values(), key=lambda part: (part[0], part[1].id))
        yield from listing_pages(url, name, [row for _, row in ordered], site.settings.get("PAGE_SIZE", 20),
                                 intro="Les fils ouverts ou commentés sous ce pseudonyme.")  # fmt: skip


def register() -> None:
    """Offer the authors' pages to every build."""
    site_pages.connect(pages)
