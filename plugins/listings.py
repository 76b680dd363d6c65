"""Lists of threads: all cases, all topics, each area of help, unanswered questions, latest activity.

A list is cut into pages numbered from the oldest: a page, once full, keeps its threads for ever, so that a new thread
or a reply touches one page of each list. The first page, at the list's own address, holds what is not on a full page
yet, and is never nearly empty.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from statistics import median
from typing import Any

from divan.builder.catalogue import Change
from divan.builder.page import Kept, Page, Part, path_of
from divan.catalogue.row import ActiveRow
from divan.catalogue.site import Site, site_pages
from divan.catalogue.thread_lists import ThreadList
from divan.forum.naming import area_url
from divan.sources.french import plural

ACTIVITY = 30  # threads on the activity page
AROUND = 2  # neighbours of a page in its list of pages


@dataclass(frozen=True)
class Heading:
    """What stands above a list: ``about`` is a longer text; ``also`` and ``folded`` are short lists after it.

    A short list has its ``title`` and ``rows``; ``folded`` is one that a reader opens knowingly.
    """

    url: str
    title: str
    intro: str = ""
    about: str = ""
    section: str = ""
    feed_url: str = ""
    empty_text: str = ""
    also: dict[str, Any] | None = None
    folded: dict[str, Any] | None = None


def listing_part(site: Site, heading: Heading, rows: ThreadList) -> Part:
    """The pages of a list of ``rows``, oldest first, made again when the list changes."""
    return Part(heading.url, (rows.name,), partial(listing_pages, site, heading, rows))


def listing_pages(site: Site, heading: Heading, rows: ThreadList, *, settled: bool = True) -> Iterator[Page | Kept]:
    """Pages of a list: its own address for the newest, ``page/<n>/`` for full ones before it.

    ``settled`` says that the heading is as it was; full pages whose threads are as they were are then kept.
    """
    size = site.settings.get("PAGE_SIZE", 20)
    full = _full(len(rows), size)
    old = _unchanged(site.change(heading.url, rows.name), rows, size) if settled else ()
    for number in range(1, full + 1):
        if number in old:
            yield Kept(path_of(_address(heading.url, number, full)))
        else:
            yield _page(heading, rows[(number - 1) * size : number * size], number, full)
    yield _page(heading, rows[full * size :], full + 1, full)


def _full(length: int, size: int) -> int:
    return max(length // size - 1, 0)


def _unchanged(change: Change | None, rows: ThreadList, size: int) -> Collection[int]:
    """Numbers of the full pages that are as they were: their threads, and the pages around that they name."""
    if change is None:
        return ()
    settled = min(_full(len(rows), size), _full(len(rows) - change.more, size)) - AROUND
    moved = min((rows.before(place) // size for place in change.moved), default=settled)
    touched = {rows.before(place) // size + 1 for place in change.changed}
    return set(range(1, min(settled, moved) + 1)) - touched


def _page(heading: Heading, part: Sequence[Any], number: int, full: int) -> Page:
    newest = number == full + 1
    url = heading.url
    listing = {
        "title": heading.title,
        "intro": heading.intro,
        "about": heading.about,
        "feed_url": heading.feed_url,
        "empty_text": heading.empty_text,
        "rows": part[::-1],
        "number": None if newest else number,
        "newer_url": None if newest else _address(url, number + 1, full),
        "older_url": _address(url, number - 1, full) if number > 1 else None,
        "pages": _neighbours(url, number, full),
        "also": heading.also if newest else None,
        "folded": heading.folded if newest else None,
    }
    return Page(
        _address(url, number, full),
        "listing.html",
        {"listing": listing},
        title=heading.title if newest else f"{heading.title}, page {number}",
        description=heading.about or heading.intro,
        section=heading.section,
        feed_url=heading.feed_url,
    )


def single_page(heading: Heading, rows: Sequence[Any]) -> Page:
    """A list that stands on one page, its rows given oldest first."""
    return _page(heading, rows, 1, 0)


def _address(url: str, number: int, full: int) -> str:
    return url if number > full else f"{url}page/{number}/"


def _neighbours(url: str, number: int, full: int) -> list[dict[str, Any]]:
    """The oldest page and those around this one; the newest has a link of its own, so that adding it changes little."""
    if not full:
        return []
    near = range(max(number - AROUND, 1), min(number + AROUND, full) + 1)
    numbers = near if 1 in near else (1, *near)
    return [{"number": n, "url": _address(url, n, full), "current": n == number} for n in numbers]


CASES = Heading("cas/", "Cas", section="cas", feed_url="atom.xml", empty_text="Aucun cas encore.",
                intro="Une question, un contexte, une résolution repliée\u00a0: "
                      "réfléchissez avant d'ouvrir.")  # fmt: skip
TOPICS = Heading("sujets/", "Sujets", section="sujets", feed_url="atom.xml", empty_text="Aucun sujet encore.",
                 intro="Tout ce dont on parle entre confrères, au-delà des cas.")  # fmt: skip
WAITING = Heading("sans-reponse/", "Questions sans réponse", feed_url="sans-reponse/atom.xml",
                  intro="Elles attendent un premier avis\u00a0: le vôtre\u00a0?",
                  empty_text="Toutes les questions ont reçu une réponse.")  # fmt: skip
ACTIVE = Heading("activite/", "Dernière activité", feed_url="atom.xml", intro="Les fils où l'on vient d'écrire.")


def pages(site: Site) -> Iterator[Page | Part]:
    """Every list that is not about a hashtag or an author."""
    yield listing_part(site, CASES, site.cases)
    yield listing_part(site, TOPICS, site.topics)
    for area in site.group.areas:
        label, url = area.label, area_url(area.page)
        heading = Heading(url, label, section="sujets", empty_text="Aucun sujet dans ce domaine encore.")
        yield listing_part(site, heading, site.rows.named(url))
    yield listing_part(site, WAITING, site.unanswered)
    active = latest(site, ACTIVITY)
    yield single_page(replace(ACTIVE, about=_time_to_review(active)), active[::-1])


def _time_to_review(rows: Sequence[ActiveRow]) -> str:
    """The median of the days that the posts of these threads waited for their moderators; '' when none tells."""
    waits = [days for row in rows for days in row.waited]
    if not waits:
        return ""
    half = median(waits)
    said = "le jour même" if half == 0 else f"en {half:g} jour{'s' if half >= 2 else ''}".replace(".", ",")
    return f"Relecture\u00a0: {said}, en médiane, pour {plural(len(waits), 'contribution')}."


def latest(site: Site, number: int) -> list[ActiveRow]:
    """The threads in which someone wrote last, most recent first."""
    return [ActiveRow(row) for row in site.threads.newest(number)]


def register() -> None:
    """Offer the lists to every build."""
    site_pages.connect(pages)
