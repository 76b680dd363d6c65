"""Lists of threads: all cases, all topics, each area of help, unanswered questions, latest activity.

A list is cut into pages numbered from the oldest: a page, once full, keeps its threads for ever, so that a new thread
or a reply touches one page of each list. The first page, at the list's own address, holds what is not on a full page
yet, and is never nearly empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from plugins.engine.page import Page
from plugins.engine.row import AREAS, ActiveRow, area
from plugins.engine.site import Site, site_pages

ACTIVITY = 60  # threads on the activity page
AROUND = 2  # neighbours of a page in its list of pages


def listing_pages(
    url: str,
    title: str,
    rows: Sequence[Any],
    size: int,
    *,
    intro: str = "",
    about: str = "",
    section: str = "",
    feed_url: str = "",
    empty_text: str = "",
    also: dict[str, Any] | None = None,
) -> Iterator[Page]:
    """Pages of a list of ``rows``, oldest first: ``url`` for the newest, ``url/page/<n>/`` for full ones before it.

    ``also`` is a short list (``title``, ``rows``) that stands after the newest page.
    """
    full = max(len(rows) // size - 1, 0)
    head = {"title": title, "intro": intro, "about": about, "feed_url": feed_url, "empty_text": empty_text}
    for number in range(1, full + 2):
        newest = number == full + 1
        part = rows[(number - 1) * size : None if newest else number * size]
        where = {
            "rows": part[::-1],
            "number": None if newest else number,
            "newer_url": None if newest else _address(url, number + 1, full),
            "older_url": _address(url, number - 1, full) if number > 1 else None,
            "pages": _neighbours(url, number, full),
            "also": also if newest else None,
        }
        yield Page(
            _address(url, number, full),
            "listing.html",
            {"listing": {**head, **where}},
            title=title if newest else f"{title}, page {number}",
            description=about or intro,
            section=section,
            feed_url=feed_url,
            noindex=False,
        )


def _address(url: str, number: int, full: int) -> str:
    return url if number > full else f"{url}page/{number}/"


def _neighbours(url: str, number: int, full: int) -> list[dict[str, Any]]:
    """The oldest page and those around this one; the newest has a link of its own, so that adding it changes little."""
    if not full:
        return []
    near = range(max(number - AROUND, 1), min(number + AROUND, full) + 1)
    numbers = near if 1 in near else (1, *near)
    return [{"number": n, "url": _address(url, n, full), "current": n == number} for n in numbers]


def pages(site: Site) -> Iterator[Page]:
    """Every list that is not about a hashtag or an author."""
    size = site.settings.get("PAGE_SIZE", 20)
    yield from listing_pages("cas/", "Cas cliniques", site.cases, size, section="cas", feed_url="atom.xml",
                             intro="Une question, un contexte, une résolution repliée : réfléchissez avant d'ouvrir.",
                             empty_text="Aucun cas encore.")  # fmt: skip
    yield from listing_pages("sujets/", "Sujets", site.topics, size, section="sujets", feed_url="atom.xml",
                             intro="Tout ce dont on parle entre confrères, au-delà des cas cliniques.",
                             empty_text="Aucun sujet encore.")  # fmt: skip
    for area_id in AREAS:
        rows = [row for row in site.topics if row.area_id == area_id]
        yield from listing_pages(area(area_id).url, area(area_id).label, rows, size, section="sujets",
                                 empty_text="Aucun sujet dans ce domaine encore.")  # fmt: skip
    yield from listing_pages("sans-reponse/", "Questions sans réponse", site.unanswered, size,
                             intro="Elles attendent un premier avis : le vôtre ?", feed_url="sans-reponse/atom.xml",
                             empty_text="Toutes les questions ont reçu une réponse.")  # fmt: skip
    yield from listing_pages("activite/", "Dernière activité", latest(site, ACTIVITY)[::-1], ACTIVITY,
                             intro="Les fils où l'on vient d'écrire.", feed_url="atom.xml")  # fmt: skip


def latest(site: Site, number: int) -> list[ActiveRow]:
    """The threads in which someone wrote last, most recent first."""
    return [ActiveRow(row) for row in site.by_activity[:number]]


def register() -> None:
    """Offer the lists to every build."""
    site_pages.connect(pages)
