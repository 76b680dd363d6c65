"""The JSON Schemas of every kind of source, published so that editors complete and check what people write."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from divan.builder.digest import digest
from divan.builder.page import File
from divan.catalogue.site import Site, site_pages

PACKAGES = ("divan.forum", "surveys", "analysis")


def pages(site: Site) -> Iterator[File]:
    """Each schema at ``schemas/<its file name>``."""
    for package in PACKAGES:
        folders = reversed(list(import_module(package).__path__))  # un paquet à plusieurs endroits : le premier l'a dit
        files = {file.name: file for folder in folders for file in Path(folder, "schemas").glob("*.json")}
        for _, file in sorted(files.items()):
            yield File(f"schemas/{file.name}", file, digest(file.read_bytes()).hex())


def register() -> None:
    """Offer the schemas to every build."""
    site_pages.connect(pages)
