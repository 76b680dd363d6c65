"""A thread's page: the opening post, then its replies in the order in which they were written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from divan.builder.page import Page
from divan.builder.settings import Settings
from divan.catalogue.row import Area, Link, Row, author_link
from divan.catalogue.thread_text import ThreadText
from divan.forum.model import Kind, Reply, Section
from divan.forum.naming import URL_FOLDER


@dataclass(frozen=True, slots=True)
class Addresses:
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


class ShownThread(NamedTuple):
    """A thread as the template shows it."""

    id: str
    kind: str
    kind_label: str
    url: str
    title: str
    author: Link
    date: datetime
    excerpt: str
    tags: tuple[Link, ...]
    specialty: str
    departement: str
    area: Area | None
    status: str
    status_label: str
    sections: tuple[Section, ...]
    sources: tuple[str, ...]
    replies: tuple[ShownReply, ...]
    reply_url: str
    report_url: str
    poll: str | None


_OF_THE_ROW = ShownThread._fields[: ShownThread._fields.index("sections")]


def addresses(settings: Settings) -> Addresses:
    """The buttons' addresses as the settings give them."""
    return Addresses(settings.get("REPLY_URL", ""), settings.get("REPORT_URL", ""))


def thread_page(text: ThreadText, where: Addresses, poll: str | None = None) -> Page:
    """The page of a thread, with the ``poll`` that is tied to it; a withdrawn one has a page that says only that."""
    row = text.row
    section = URL_FOLDER[Kind(row.kind)]
    if row.withdrawn:
        return Page(row.url, "withdrawn.html", {}, title="Page retirée", section=section, noindex=True)
    authors = {reply.info.id: author_link(reply.info.author) for reply in text.replies}
    parts = (
        text.opening.sections, text.opening.sources,
        tuple(_reply(reply, authors, where, row) for reply in text.replies),
        _address(where.reply, row), _address(where.report, row), poll,
    )  # fmt: skip
    thread = ShownThread._make((*(getattr(row, name) for name in _OF_THE_ROW), *parts))
    return Page(row.url, "thread.html", {"thread": thread}, title=row.title, description=row.excerpt, section=section)


def _reply(reply: Reply, authors: Mapping[str, Link], where: Addresses, row: Row) -> ShownReply:
    info = reply.info
    to = info.in_reply_to
    answered = {"author": authors[to], "anchor": f"r-{to}"} if to else None  # un auteur sans nom : message retiré
    anchor = f"r-{info.id}"
    report_url = _address(where.report.replace("{id}", f"{{id}}%23{anchor}"), row)
    return ShownReply(info.id, anchor, authors[info.id], info.date, reply.html, answered, report_url, info.withdrawn)


def _address(pattern: str, row: Row) -> str:
    url = pattern.replace("{id}", row.id).replace("{folder}", URL_FOLDER[Kind(row.kind)])
    return url if re.match(r"[a-z]+:|/", url) else f"../../{url}"
