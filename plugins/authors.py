"""An author's page: the threads that they opened, then those that they answered last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import nlargest
from operator import itemgetter

from plugins.engine.page import Page
from plugins.engine.row import Row, author_link
from plugins.engine.site import Site, site_pages
from plugins.listings import listing_pages

ANSWERED = 20  # threads answered that an author's page shows


@dataclass
class Author:
    """What a pseudonym did: threads opened, oldest first, and (date, id, thread) of the others' that they answered."""

    name: str
    opened: list[Row] = field(default_factory=list)
    answered: list[tuple[str, str, Row]] = field(default_factory=list)

    @property
    def last_answered(self) -> tuple[Row, ...]:
        """The threads that they came to last, most recent first."""
        return tuple(row for _, _, row in nlargest(ANSWERED, self.answered, key=itemgetter(0, 1)))


def pages(site: Site) -> Iterator[Page]:
    """A list for each pseudonym; two that differ only by accents or capitals are one person."""
    for url, author in _authors(site).items():
        also = {"title": "Fils commentés", "rows": author.last_answered} if author.answered else None
        yield from listing_pages(url, author.name, author.opened, site.settings.get("PAGE_SIZE", 20), also=also,
                                 intro="Les fils ouverts sous ce pseudonyme.",
                                 empty_text="Aucun fil ouvert sous ce pseudonyme.")  # fmt: skip


def _authors(site: Site) -> dict[str, Author]:
    found: dict[str, Author] = {}
    for row in site.threads:
        home = author_link(row.author_name).url
        found.setdefault(home, Author(row.author_name)).opened.append(row)
        since: dict[str, str] = {}
        for name, written in row.answered_by:
            url = author_link(name).url
            if url not in since and url != home:
                since[url] = written
                found.setdefault(url, Author(name)).answered.append((written, row.id, row))
    return found


def register() -> None:
    """Offer the authors' pages to every build."""
    site_pages.connect(pages)
