"""The home page: what a member comes for."""

from __future__ import annotations

from collections.abc import Iterator

from divan.builder.page import Page
from divan.catalogue.site import Site, site_pages
from divan.forum.naming import area_url
from plugins.forms import pinned
from plugins.hashtags import most_used
from plugins.listings import latest
from plugins.results import latest_results

LATEST = 8
OPEN_QUESTIONS = 6
TAGS = 24
RESULTS = 3


def pages(site: Site) -> Iterator[Page]:
    """One page: the pinned survey, latest activity, other open questions, hashtags, areas, results, counts."""
    if site.closed:
        yield Page("", "closed.html", {"pinned": pinned(site)}, title=site.settings.get("SITENAME", ""),
                   description=site.settings.get("SITESUBTITLE", ""), section="home")  # fmt: skip
        return
    lengths = site.rows.lengths("")
    recent = latest(site, LATEST)
    shown = {row.id for row in recent}
    waiting = site.unanswered[: -OPEN_QUESTIONS - LATEST - 1 : -1]
    context = {
        "pinned": pinned(site),
        "latest": recent,
        "waiting": bool(waiting),
        "open_questions": [row for row in waiting if row.id not in shown][:OPEN_QUESTIONS],
        "tags": most_used(site, TAGS),
        "areas": [
            {"label": area.label, "url": area_url(area.page), "count": lengths.get(area_url(area.page), 0)}
            for area in site.group.areas
        ],
        "counts": {
            "cases": lengths.get(site.cases.name, 0),
            "topics": lengths.get(site.topics.name, 0),
            "replies": site.rows.answers(),
            "members": len(site.members),
        },
        "latest_results": latest_results(site)[:RESULTS],
    }
    name = site.settings.get("SITENAME", "")
    yield Page("", "home.html", context, title=name, description=site.settings.get("SITESUBTITLE", ""),
               section="home", feed_url="atom.xml")  # fmt: skip


def register() -> None:
    """Offer the home page to every build."""
    site_pages.connect(pages)
