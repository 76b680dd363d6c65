"""An author's page: the threads that they opened, then the liveliest of those that they answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from plugins.engine.page import Page
from plugins.engine.row import Row, author_link
from plugins.engine.site import Site, site_pages
from plugins.listings import listing_pages

ANSWERED = 20  # threads answered that an author's page shows


@dataclass
class Author:
    """What a pseudonym did: threads opened, oldest first; threads of others answered, latest activity first."""

    name: str
    opened: list[Row] = field(default_factory=list)
    answered: list[Row] = field(default_factory=list)


def pages(site: Site) -> Iterator[Page]:
    """A list for each pseudonym; two that differ only by accents or capitals are one person."""
    for url, author in _authors(site).items():
        also = {"title": "Fils commentés", "rows": tuple(author.answered)} if author.answered else None
        yield from listing_pages(url, author.name, author.opened, site.settings.get("PAGE_SIZE", 20), also=also,
                                 intro="Les fils ouverts sous ce pseudonyme.",
                                 empty_text="Aucun fil ouvert sous ce pseudonyme.")  # fmt: skip


def _authors(site: Site) -> dict[str, Author]:
    found: dict[str, Author] = {}
    for row in site.threads:
        url = author_link(row.author_name).url
        found.setdefault(url, Author(row.author_name)).opened.append(row)
    for row in site.by_activity:
        home = author_link(row.author_name).url
        for url, name in {author_link(name).url: name for name in row.answered_by}.items():
            author = found.get(url)
            if author is None:
                author = found[url] = Author(name)
            if url != home and len(author.answered) < ANSWERED:
                author.answered.append(row)
    return found


def register() -> None:
    """Offer the authors' pages to every build."""
    site_pages.connect(pages)
