"""How the site is found: the search page, the map for search engines, and the page of addresses that lead nowhere.

The index itself is made afterwards from the published pages (``divan.site.search``).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from divan.builder.page import Kept, Page, Part
from divan.catalogue.site import Site, edition, site_pages
from divan.catalogue.thread_lists import EVERYTHING, REVEALED

MAP = "sitemap.xml"
LONGEST_MAP = 45_000  # addresses


def pages(site: Site) -> Iterator[Page | Part]:
    """The search page, ``sitemap.xml`` and ``404.html``; the last alone for who is not of a closed group."""
    yield Page("404.html", "404.html", {"root": site.settings.url_path}, title="Page introuvable", noindex=True)
    if site.closed:
        return
    yield Page("recherche/", "search.html", {}, title="Recherche", section="recherche",
               description="Chercher dans les cas, les sujets, leurs réponses et les guides.")  # fmt: skip
    yield Part(MAP, (EVERYTHING,), partial(_map, site))


def _map(site: Site) -> Iterator[Page | Kept]:
    """One map, or a map of maps: what a search engine takes is 50,000 addresses a file."""
    lengths = site.rows.lengths("mots/")
    tags = [url for url, length in lengths.items() if length and not url.endswith(REVEALED)]
    base = f"{site.settings.url}/"
    places = ("", "cas/", "sujets/", "mots/", *tags, *site.rows.urls()) if edition(site.settings) != "members" else ()
    parts = [places[start : start + LONGEST_MAP] for start in range(0, max(1, len(places)), LONGEST_MAP)]
    names = [MAP] if len(parts) == 1 else [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    if all(site.same_items(MAP, name) for name in (EVERYTHING, *tags)):
        yield from map(Kept, {MAP, *names})
        return
    for name, part in zip(names, parts, strict=True):
        yield Page(name, "sitemap.xml", {"urls": MapAddresses(base + url for url in part)})
    if len(parts) > 1:
        yield Page(MAP, "sitemap.xml", {"maps": MapAddresses(base + name for name in names)})


class MapAddresses(tuple[str, ...]):
    """Absolute addresses; without dates, which would change the whole map at each reply (feeds tell what is new)."""

    def __repr__(self) -> str:
        return "\n".join(self)


def register() -> None:
    """Offer these pages to every build."""
    site_pages.connect(pages)
