"""A thread's page: the opening post, its replies in the order in which they were written, what plugins add to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from blinker import Signal

from divan.builder.page import Page, path_of
from divan.builder.settings import Settings
from divan.catalogue.row import Row
from divan.catalogue.thread_text import ThreadText
from divan.forum.asked import SHORT_SEAL, seal_of_choices
from divan.forum.model import Day, Kind, Reply
from divan.forum.naming import URL_FOLDER, Link, author_link, thread_url

FEED = "atom.xml"  # in the thread's own folder

thread_fragments = Signal()
"""Sent with the Settings at each build; a receiver returns HTML by thread. Plugins connect in ``register()``."""


@dataclass(frozen=True, slots=True)
class ButtonAddresses:
    """Where the buttons under a post lead; ``{id}`` stands for the thread, ``{folder}`` for its kind."""

    reply: str
    report: str


class ShownReply(NamedTuple):
    """A reply as the template shows it."""

    id: str
    anchor: str
    author: Link
    date: datetime
    html: str
    in_reply_to: dict[str, Any] | None
    report_url: str
    withdrawn: bool
    modified: Day | None


def addresses(settings: Settings) -> ButtonAddresses:
    """The buttons' addresses as the settings give them."""
    return ButtonAddresses(settings.get("REPLY_URL", ""), settings.get("REPORT_URL", ""))


def thread_page(text: ThreadText, where: ButtonAddresses, poll: str | None = None) -> Page:
    """The page of a thread, with the ``poll`` that is tied to it; a withdrawn one has a page that says only that."""
    row = text.row
    section = URL_FOLDER[Kind(row.kind)]
    if row.withdrawn:
        return Page(row.url, "withdrawn.html", {}, title="Page retirée", section=section, noindex=True)
    linked = (lambda name: Link(name, "")) if row.apart else author_link
    authors = {reply.info.id: linked(reply.info.author) for reply in text.replies}
    shown = {
        "thread": row,
        "sections": text.opening.sections,
        "choices": text.opening.thread.choices,
        "seal_of_choices": seal_of_choices(text.opening.thread.choices)[:SHORT_SEAL],
        "sources": text.opening.sources,
        "replies": tuple(_reply(reply, authors, where, row) for reply in text.replies),
        "reply_url": _address(where.reply, row),
        "report_url": _address(where.report, row),
        "poll": poll,
    }
    return Page(row.url, "thread.html", shown, title=row.title, description=row.excerpt, section=section,
                feed_url=f"{row.url}{FEED}")  # fmt: skip


def _reply(reply: Reply, authors: Mapping[str, Link], where: ButtonAddresses, row: Row) -> ShownReply:
    info = reply.info
    to = info.in_reply_to
    answered = {"author": authors[to], "anchor": f"r-{to}"} if to else None  # un auteur sans nom : message retiré
    anchor = f"r-{info.id}"
    report_url = _address(where.report.replace("{id}", f"{{id}}%23{anchor}"), row)
    return ShownReply(
        info.id, anchor, authors[info.id], info.date, reply.html, answered, report_url, info.withdrawn, info.modified
    )


def _address(pattern: str, row: Row) -> str:
    url = pattern.replace("{id}", row.id).replace("{folder}", URL_FOLDER[Kind(row.kind)])
    return url if re.match(r"[a-z]+:|/", url) else f"../../{url}"


def fragments_of(settings: Settings) -> Mapping[str, str]:
    """What plugins offer to each thread, one after another in their order; raises ProblemsFound."""
    found: dict[str, str] = {}
    for name in settings.plugins:
        for receiver in thread_fragments.receivers_for(None):
            if f"{receiver.__module__}.".startswith(f"{name}."):
                for thread, html in receiver(settings).items():
                    found[thread] = found.get(thread, "") + html
    return found


def page_paths(row: Row) -> tuple[str, str]:
    """The files of a thread's page and of its feed."""
    return path_of(row.url), f"{row.url}{FEED}"


def thread_of_page(path: str) -> str | None:
    """The thread whose page, or feed, this file would be."""
    folder, _, name = path.rpartition("/")
    thread = folder.partition("/")[2]
    known = name in ("index.html", FEED) and f"{folder}/" in (thread_url(kind, thread) for kind in Kind)
    return thread if known else None
