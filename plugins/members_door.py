"""The page where members open what is theirs, and the worker that reads it on their own device.

Nothing of it is in any other page. Without any key there is neither, but a closed group's pages all lead to the door:
it says then that nobody has a key.
"""

from __future__ import annotations

from collections.abc import Iterator

from divan.builder.page import Page
from divan.catalogue.site import Site, edition, site_pages
from divan.members.where import SPACE


def pages(site: Site) -> Iterator[Page]:
    """Both, where keys were given; the members' own edition, which is read through them, has neither."""
    given = bool(site.settings.get("MEMBERS_SPACE"))
    if edition(site.settings) == "members":
        return
    if given:
        yield Page(f"{SPACE}worker.js", "members_worker.js", {})
    if given or site.closed:
        yield Page(SPACE, "members_space.html", {"keys": given}, title="Espace des membres", noindex=True)


def register() -> None:
    """Offer them to every build."""
    site_pages.connect(pages)
