"""Reading without a network: the page where one asks for it, and ``sw.js``, which keeps what one reads.

The members' edition keeps nothing, nor does a closed group: their ``sw.js`` only removes what another edition left.
"""

from __future__ import annotations

from collections.abc import Iterator

from divan.builder.page import Page
from divan.catalogue.site import Site, edition, site_pages
from plugins.forms import pinned

URL = "hors-ligne/"
WORKER = "sw.js"
FIRST = (
    "",
    URL,
    "charte/",
    "annuaire/",
    "services/",
    "recherche/",
    "enquetes/",
    "proposer/",
    "guides/lire/",
)  # kept before one reads them


def pages(site: Site) -> Iterator[Page]:
    """The page and the worker; the worker alone for members."""
    first = (*FIRST, *(survey["url"] for survey in pinned(site)))
    yield Page(WORKER, "sw.js", {"first": first})
    if edition(site.settings) == "public":
        yield Page(URL, "offline.html", {}, title="Lire hors ligne",
                   description="Garder sur son appareil ce que l'on a lu.")  # fmt: skip


def register() -> None:
    """Offer them to every build."""
    site_pages.connect(pages)
