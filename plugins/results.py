"""Results of studies: the pages and figures that ``divan report`` wrote in ``content/results/<study>/``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from divan.builder.page import File, Page
from divan.catalogue.site import Site, site_pages
from divan.forum.front_matter import read_line
from divan.sources.yaml_source import read_yaml, split_front_matter
from plugins.long_tables import part_long_tables

SOURCES = "content/results/"
PAGE = "index.md"
_EARLIER = re.compile(r"(version-\d+)\.md")


def pages(site: Site) -> Iterator[Page | File]:
    """The index, each study's page, and the files beside it."""
    yield Page("resultats/", "results_index.html", {"studies": latest_results(site)}, title="Résultats",
               section="resultats", description="Ce que les enquêtes du groupe ont montré.")  # fmt: skip
    for path, blob in site.under(SOURCES).items():
        study, _, name = path.removeprefix(SOURCES).partition("/")
        if name == PAGE:
            yield from _pages(site, path, f"resultats/{study}/")
        elif earlier := _EARLIER.fullmatch(name):
            for page in _pages(site, path, f"resultats/{study}/{earlier[1]}/"):
                yield replace(page, noindex=True)
        elif name:
            yield File(f"resultats/{study}/{name}", site.settings.root / path, blob)


def latest_results(site: Site) -> list[dict[str, Any]]:
    """Studies that have results, the latest first."""
    rows = site.remembered("results", SOURCES, lambda: _read(site))
    found = [
        {"title": title, "url": f"resultats/{study}/", "summary": summary,
         "updated": date.fromisoformat(updated) if updated else None}
        for study, title, summary, updated in rows
    ]  # fmt: skip
    return sorted(found, key=lambda row: (str(row["updated"] or ""), row["url"]), reverse=True)


def _read(site: Site) -> list[tuple[str, str, str, str]]:
    rows = []
    for path in site.under(SOURCES):
        study, _, name = path.removeprefix(SOURCES).partition("/")
        if name == PAGE:
            head, _ = _split(site, path)
            rows.append(
                (study, read_line(head, "title") or study, read_line(head, "summary"), str(head.get("updated", "")))
            )
    return rows


def _pages(site: Site, path: str, url: str) -> Iterator[Page]:
    """A study's page, then that of each table too long for it."""
    head, body = _split(site, path)
    title = read_line(head, "title") or path.split("/")[-2]
    content, tables = part_long_tables(body)
    context = {"study": {"title": title}, "content": content, "downloads": ()}
    yield Page(url, "results.html", context, title=title, section="resultats",
               description=read_line(head, "summary"))  # fmt: skip
    for table in tables:
        about = {"study": {"title": title, "url": url}, "table": {"title": table.title, "markup": table.markup}}
        yield Page(f"{url}{table.name}/", "long_table.html", about, title=f"{table.title} – {title}",
                   section="resultats", description=f"{title} : {table.title}.")  # fmt: skip


def _split(site: Site, path: str) -> tuple[dict[str, Any], str]:
    # written by « divan report », not by a contributor: no limit of length
    text = (site.settings.root / path).read_text(encoding="utf-8")
    head, body, _ = split_front_matter(path, text)
    value = read_yaml(path, head, first_line=2).value
    return value if isinstance(value, dict) else {}, body


def register() -> None:
    """Offer the results to every build."""
    site_pages.connect(pages)
