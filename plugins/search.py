"""How the site is found: the search page, the map for search engines, and the page of addresses that lead nowhere.

The index itself is made afterwards from the published pages, by pagefind.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from plugins.engine.page import Page
from plugins.engine.site import Site, site_pages


def pages(site: Site) -> Iterator[Page]:
    """The search page, ``sitemap.xml`` and ``404.html``."""
    yield Page("recherche/", "search.html", {}, title="Recherche", section="recherche", noindex=True)
    yield Page("404.html", "404.html", {"root": site.settings.url_path}, title="Page introuvable", noindex=True)
    yield Page("sitemap.xml", "sitemap.xml", {"urls": [] if site.settings.audience == "members" else _urls(site)})


def _urls(site: Site) -> list[dict[str, Any]]:
    base = f"{site.settings.url}/"
    last = max((row.latest for row in site.threads), default=None)
    lists: list[tuple[str, datetime | None]] = [("", last), ("cas/", None), ("sujets/", None), ("mots/", None)]
    threads = [(row.url, row.latest) for row in site.threads]
    return [{"url": base + url, "updated": updated} for url, updated in [*lists, *threads]]


def register() -> None:
    """Offer these pages to every build."""
    site_pages.connect(pages)
