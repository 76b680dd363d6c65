"""The activity of the forum, month by month: a figure and its table, from what ``divan activity`` wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from divan.builder.page import Page
from divan.catalogue.site import Site, site_pages
from divan.site.forum_months import MONTHS_PATH, ForumMonth, read_months
from divan.sources.french import MONTHS

URL = "activite/forum/"
SHOWN = 12  # months
_WIDTH, _HIGH = 420, 150
_LEFT, _RIGHT = 34, 8


def pages(site: Site) -> Iterator[Page]:
    """One page, also when nothing was counted yet."""
    rows = site.remembered("forum_months", MONTHS_PATH, lambda: [tuple(one) for one in read_months(site.settings.root)])
    months = [ForumMonth(*row) for row in rows][-SHOWN:]
    context = {
        "months": [{**one._asdict(), "name": _name(one.month)} for one in reversed(months)],
        "chart": _chart(months) if months else None,
        "viewed": any(one.views for one in months),
    }
    yield Page(URL, "forum_life.html", context, title="L’activité du forum", section="activite",
               description="Mois par mois, sans nommer personne.")  # fmt: skip


def _name(month: str) -> str:
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def _chart(months: Sequence[ForumMonth]) -> dict[str, Any]:
    """Bars of each month: threads opened, and replies above them."""
    most = max((int(one.threads) + int(one.replies) for one in months), default=0) or 1
    step = (_WIDTH - _LEFT - _RIGHT) / len(months)
    bars = []
    for place, one in enumerate(months):
        low, high = (n * _HIGH / most for n in (int(one.threads), int(one.replies)))
        x = _LEFT + place * step + step * 0.12
        bars.append({"x": f"{x:.1f}", "width": f"{step * 0.76:.1f}", "threads": f"{low:.1f}", "replies": f"{high:.1f}",
                     "y": f"{_HIGH + 12 - low:.1f}", "y2": f"{_HIGH + 12 - low - high:.1f}"})  # fmt: skip
    return {"bars": bars, "most": most, "first": _name(months[0].month), "last": _name(months[-1].month)}


def register() -> None:
    """Offer the page to every build."""
    site_pages.connect(pages)
