"""The JSON Schemas of every kind of source, published so that editors complete and check what people write."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from divan.builder.digest import digest
from divan.builder.page import File, Page
from divan.catalogue.site import Site, site_pages
from divan.forum.group import SCHEMAS

PACKAGES = ("surveys", "analysis")


def pages(site: Site) -> Iterator[File | Page]:
    """Each schema at ``schemas/<its file name>``; those of the forum with the values that the group allows."""
    for file in sorted(SCHEMAS.glob("*.json")):
        schema = site.group.schema(file.name.removesuffix(".schema.json")).whole()
        written = json.dumps(schema, ensure_ascii=False, indent=2)
        yield Page(f"schemas/{file.name}", "schema.json", {"schema": written})
    for package in PACKAGES:
        folders = reversed(list(import_module(package).__path__))  # un paquet à plusieurs endroits : le premier l'a dit
        files = {file.name: file for folder in folders for file in Path(folder, "schemas").glob("*.json")}
        for _, file in sorted(files.items()):
            yield File(f"schemas/{file.name}", file, digest(file.read_bytes()).hex())


def register() -> None:
    """Offer the schemas to every build."""
    site_pages.connect(pages)
