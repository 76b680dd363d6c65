"""The theme's static files, each under a name that tells its content."""

from __future__ import annotations

from collections.abc import Iterator

from divan.builder.page import File
from divan.catalogue.site import Site, site_pages


def pages(site: Site) -> Iterator[File]:
    """Every file of ``theme/static``; its URL already holds the digest of its content."""
    for name, url in site.assets.items():
        yield File(url, site.assets.files[name], url)


def register() -> None:
    """Offer the static files to every build."""
    site_pages.connect(pages)
