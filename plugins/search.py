"""How the site is found: the search page, the map for search engines, and the page of addresses that lead nowhere.

The index itself is made afterwards from the published pages (``divan.site.search``).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from divan.builder.page import Kept, Page, Part
from divan.catalogue.site import Site, edition, site_pages
from divan.catalogue.thread_lists import EVERYTHING

MAP = "sitemap.xml"


def pages(site: Site) -> Iterator[Page | Part]:
    """The search page, ``sitemap.xml`` and ``404.html``."""
    yield Page("recherche/", "search.html", {}, title="Recherche", section="recherche", noindex=True)
    yield Page("404.html", "404.html", {"root": site.settings.url_path}, title="Page introuvable", noindex=True)
    yield Part(MAP, (EVERYTHING,), partial(_map, site))


def _map(site: Site) -> Iterator[Page | Kept]:
    tags = [url for url, length in site.rows.lengths("mots/").items() if length]
    if all(site.same_items(MAP, name) for name in (EVERYTHING, *tags)):
        yield Kept(MAP)
        return
    base = f"{site.settings.url}/"
    places = ("", "cas/", "sujets/", "mots/", *tags, *site.rows.urls())
    urls = MapAddresses(base + url for url in places) if edition(site.settings) != "members" else ()
    yield Page(MAP, "sitemap.xml", {"urls": urls})


class MapAddresses(tuple[str, ...]):
    """Absolute addresses; without dates, which would change the whole map at each reply (feeds tell what is new)."""

    def __repr__(self) -> str:
        return "\n".join(self)


def register() -> None:
    """Offer these pages to every build."""
    site_pages.connect(pages)
