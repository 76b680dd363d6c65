"""The agenda: windows of surveys and the group's own appointments, on a page and as a calendar that one follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from typing import Any
from urllib.parse import urlsplit

from divan.builder.page import Page
from divan.catalogue.site import Site, site_pages
from divan.forum.appointments import AGENDA_PATH, Appointment, load_agenda
from divan.forum.icalendar import calendar
from plugins.forms import windows

URL = "agenda/"
CALENDAR = "agenda.ics"
PAST_SHOWN = 10  # appointments that are over, the latest first


def pages(site: Site) -> Iterator[Page]:
    """The page, and the file that calendars read."""
    base = site.settings.url
    found = sorted([*_surveys(site), *_own(site)], key=_order)
    coming = tuple(one for one in found if one.last >= site.settings.today)
    past = tuple(one for one in reversed(found) if one.last < site.settings.today)[:PAST_SHOWN]
    follow = base.replace("https://", "webcal://").replace("http://", "webcal://") + f"/{CALENDAR}" if base else ""
    context = {"coming": coming, "past": past, "calendar_url": CALENDAR, "follow_url": follow}
    yield Page(URL, "agenda.html", context, title="Agenda", description="Enquêtes ouvertes, formations, réunions.")
    absolute = [replace(one, link=f"{base}/{one.link}" if one.link and ":" not in one.link else one.link)
                for one in found]  # fmt: skip
    name, host = site.settings.get("SITENAME", ""), urlsplit(base).hostname or "localhost"
    yield Page(CALENDAR, "calendar.ics", {"calendar": calendar(name, host, site.settings.timezone, absolute)})


def _own(site: Site) -> tuple[Appointment, ...]:
    rows = site.remembered("agenda", AGENDA_PATH, lambda: [_plain(one) for one in load_agenda(site.settings.root)])
    return tuple(_appointment(*row) for row in rows)


def _plain(one: Appointment) -> tuple[str, ...]:
    """An appointment as the builder's memory keeps it."""
    hours = (hour.isoformat() if hour else "" for hour in (one.starts, one.ends))
    return one.id, one.title, one.first.isoformat(), one.last.isoformat(), *hours, one.place, one.link, one.about


def _appointment(name: str, title: str, first: str, last: str, starts: str, ends: str, *more: str) -> Appointment:
    days = date.fromisoformat(first), date.fromisoformat(last)
    return Appointment(name, title, *days, _hour(starts), _hour(ends), *more)


def _hour(said: str) -> time | None:
    return time.fromisoformat(said) if said else None


def _surveys(site: Site) -> Iterator[Appointment]:
    for one in windows(site):
        title = f"Enquête\u00a0: {one['title']}"
        yield Appointment(one["id"], title, one["opens"], one["closes"], link=one["url"], about=one["text"])


def _order(one: Appointment) -> tuple[Any, ...]:
    return one.first, str(one.starts or ""), one.id


def register() -> None:
    """Offer the agenda to every build."""
    site_pages.connect(pages)
