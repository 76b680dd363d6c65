"""How the site is found: the search page, the map for search engines, and the page of addresses that lead nowhere.

The index itself is made afterwards from the published pages, by pagefind.
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins.engine.page import Page
from plugins.engine.row import tag_link
from plugins.engine.site import Site, site_pages


def pages(site: Site) -> Iterator[Page]:
    """The search page, ``sitemap.xml`` and ``404.html``."""
    yield Page("recherche/", "search.html", {}, title="Recherche", section="recherche", noindex=True)
    yield Page("404.html", "404.html", {"root": site.settings.url_path}, title="Page introuvable", noindex=True)
    yield Page("sitemap.xml", "sitemap.xml", {"urls": () if site.settings.audience == "members" else _urls(site)})


def _urls(site: Site) -> Addresses:
    base = f"{site.settings.url}/"
    lists = ("", "cas/", "sujets/", "mots/", *(tag_link(name).url for name in sorted(site.by_hashtag)))
    return Addresses(base + url for url in (*lists, *(row.url for row in site.threads)))


class Addresses(tuple[str, ...]):
    """Absolute addresses; without dates, which would change the whole map at each reply (feeds tell what is new)."""

    def __repr__(self) -> str:
        return "\n".join(self)


def register() -> None:
    """Offer these pages to every build."""
    site_pages.connect(pages)
