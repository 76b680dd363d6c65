"""The JSON Schemas of every kind of source, published so that editors complete and check what people write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from divan.builder.digest import digest
from divan.builder.page import File
from divan.catalogue.site import Site, site_pages

HOUSE = Path(__file__).resolve().parent.parent
PACKAGES = ("divan/forum", "surveys", "analysis")


def pages(site: Site) -> Iterator[File]:
    """Each schema at ``schemas/<its file name>``."""
    for package in PACKAGES:
        for file in sorted((HOUSE / package / "schemas").glob("*.json")):
            yield File(f"schemas/{file.name}", file, digest(file.read_bytes()).hex())


def register() -> None:
    """Offer the schemas to every build."""
    site_pages.connect(pages)
