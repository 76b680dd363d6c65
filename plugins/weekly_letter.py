"""The page where one asks for the week's letter, when the group sends one and a collector takes addresses."""

from __future__ import annotations

from collections.abc import Iterator

from divan.builder.page import Page
from divan.catalogue.site import Site, site_pages

URL = "lettre/"


def pages(site: Site) -> Iterator[Page]:
    """One form; nothing where no letter is sent."""
    proposals = str(site.settings.get("PROPOSALS_URL") or "")
    if site.settings.get("LETTER") and proposals:
        context = {"letter_url": proposals.removesuffix("proposals/") + "letter/"}
        yield Page(URL, "letter.html", context, title="La lettre de la semaine",
                   description="Une fois par semaine, ce qui est nouveau et ce qui attend.")  # fmt: skip


def register() -> None:
    """Offer the page to every build."""
    site_pages.connect(pages)
