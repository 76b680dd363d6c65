"""The images of ``content/images/`` that pass, and that something which this edition shows names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

from divan.builder.page import File
from divan.catalogue.site import Site, edition, site_pages
from divan.images.check import check_image
from divan.sources.problem import Problem, stop_if

FOLDER = "content/images/"


def pages(site: Site) -> Iterator[File]:
    """Each image that may be published; the faults of the others are said once these are given."""
    root, problems = site.settings.root, []
    written = site.remembered("pages that name images", "content/pages/", lambda: _pages(root))
    passed = _passed(site)
    for path, blob in site.under(FOLDER).items():
        if faults := passed[blob, path]:
            problems += [Problem(*fault) for fault in faults]
        elif _shown(site, url := path.removeprefix("content/")) or url in written:
            yield File(url, root / path, blob)
    stop_if(problems)


def _passed(site: Site) -> dict[tuple[str, str], list[tuple[str, None, str, str]]]:
    """The faults of each image, by blob and path; those looked at by an earlier build are not read again."""
    known = site.memory.get("images", {})
    found = {}
    for path, blob in site.under(FOLDER).items():
        key = blob, path
        found[key] = known[key] if key in known else _faults(site.settings.root, path)
    site.memory["images"] = found
    return cast(dict[tuple[str, str], list[tuple[str, None, str, str]]], found)


def _faults(root: Path, path: str) -> list[tuple[str, None, str, str]]:
    if (root / path).is_symlink():
        return [(path, None, "une image est un fichier, pas un lien", "copiez l'image elle-même")]
    problems = check_image(path, (root / path).read_bytes())
    return [(problem.path, None, problem.message, problem.remedy) for problem in problems]


def _shown(site: Site, url: str) -> bool:
    rows = filter(None, map(site.rows.get, site.rows.linking_to([url])))
    return any(not row.withdrawn and row.open_to(edition(site.settings)) for row in rows)


def _pages(root: Path) -> str:
    files = sorted((root / "content" / "pages").rglob("*.md"))
    return "\n".join(file.read_bytes().decode("utf-8", "replace") for file in files if not file.is_symlink())


def register() -> None:
    """Offer the images to every build."""
    site_pages.connect(pages)
