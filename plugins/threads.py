"""A thread's page: the opening post, then its replies in the order in which they were written."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forum.model import Kind, Opening, Reply
from forum.naming import OpeningName, opening_name, reply_name
from forum.post_text import decode
from forum.reading import read_opening, read_reply
from forum.slug import slug
from forum.vocabulary import Vocabulary
from plugins.engine.page import Page
from plugins.engine.row import Row, author_link, make_row
from plugins.engine.settings import Settings
from sources.problem import Problem, ProblemsFound, stop_if

_SITE_LINK = re.compile(r'(?:href|src)="\.\./\.\./(mots|cas|sujets|images)/([^"#]+)')
_ANCHOR = re.compile(r'href="#r-([^"]+)"')
_BLOCK = 1 << 16
SECTIONS = {Kind.CASE: "cas", Kind.TOPIC: "sujets"}


@dataclass(frozen=True, slots=True)
class ThreadFiles:
    """Where a thread is written: one opening post (more is a fault) and its replies, as paths from the root."""

    id: str
    openings: tuple[str, ...]
    replies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the buttons under a post lead; ``{id}`` stands for the thread, ``{folder}`` for ``cas`` or ``sujets``."""

    reply: str
    report: str


def addresses(settings: Settings) -> Addresses:
    """The buttons' addresses as the settings give them."""
    return Addresses(settings.get("REPLY_URL", ""), settings.get("REPORT_URL", ""))


@dataclass(frozen=True, slots=True)
class ThreadText:
    """A thread read whole."""

    row: Row
    opening: Opening
    replies: tuple[Reply, ...]


def thread_of(path: str) -> str | None:
    """The thread that a source belongs to; None when it is no post."""
    name = opening_name(path)
    if name:
        return name.id
    reply = reply_name(path)
    return reply.thread if reply else None


def read_thread(root: Path, files: ThreadFiles, vocabulary: Vocabulary) -> ThreadText:
    """Read a thread's files; raises ProblemsFound with the faults of all of them."""
    problems = [*_misplaced(files)]
    stop_if(problems)
    path = files.openings[0]
    name = opening_name(path)
    assert isinstance(name, OpeningName)  # noqa: S101 - thread_of l'a reconnu
    opening = _read(root, path, problems, lambda text: read_opening(name.kind, path, text, vocabulary))
    replies: list[Reply] = []
    if not (opening and opening.thread.status == "withdrawn"):
        for path in files.replies:
            reply = _read(root, path, problems, lambda text, path=path: read_reply(path, text, vocabulary))
            if reply:
                replies.append(reply)
    replies.sort(key=lambda reply: (reply.info.date, reply.info.id))
    problems += _broken_references(files, replies)
    stop_if(problems)
    assert opening  # noqa: S101
    return ThreadText(_row(opening, replies), opening, tuple(replies))


def thread_page(text: ThreadText, where: Addresses, poll: str | None = None) -> Page:
    """The page of a thread; a withdrawn one has a page that says only that."""
    row = text.row
    section = SECTIONS[Kind(row.kind)]
    if row.withdrawn:
        return Page(row.url, "withdrawn.html", {}, title="Page retirée", section=section, noindex=True)
    authors = {reply.info.id: author_link(reply.info.author) for reply in text.replies}
    thread = {
        **{name: getattr(row, name) for name in _SHOWN},
        "sections": text.opening.sections,
        "sources": text.opening.sources,
        "replies": [_reply(reply, authors) for reply in text.replies],
        "reply_url": _address(where.reply, row),
        "report_url": _address(where.report, row),
        "poll": poll,
    }
    return Page(row.url, "thread.html", {"thread": thread}, title=row.title, description=row.excerpt, section=section)


_SHOWN = (
    "id", "kind", "kind_label", "url", "title", "author", "date", "excerpt", "tags", "specialty", "departement",
    "area", "status", "status_label",
)  # fmt: skip


def _reply(reply: Reply, authors: Mapping[str, Any]) -> dict[str, Any]:
    info = reply.info
    to = info.in_reply_to
    return {
        "id": info.id,
        "anchor": f"r-{info.id}",
        "author": authors[info.id],
        "date": info.date,
        "html": reply.html,
        "in_reply_to": {"author": authors[to], "anchor": f"r-{to}"} if to else None,
    }


def _address(pattern: str, row: Row) -> str:
    url = pattern.replace("{id}", row.id).replace("{folder}", SECTIONS[Kind(row.kind)])
    return url if re.match(r"[a-z]+:|/", url) else f"../../{url}"


def _read(root: Path, path: str, problems: list[Problem], read: Any) -> Any:
    try:
        return read(decode(path, _content(f"{root}/{path}")))
    except ProblemsFound as found:
        problems += found.problems
        return None


def _content(file: str) -> bytes:
    """As ``Path.read_bytes``, at a third of its price: there may be sixty thousand of them."""
    handle = os.open(file, os.O_RDONLY)
    try:
        parts = [os.read(handle, _BLOCK)]
        while len(parts[-1]) == _BLOCK:
            parts.append(os.read(handle, _BLOCK))
        return b"".join(parts)
    finally:
        os.close(handle)


def _row(opening: Opening, replies: list[Reply]) -> Row:
    texts = [*(section.html for section in opening.sections), *opening.sources, *(reply.html for reply in replies)]
    named = dict.fromkeys(pair for text in texts if '="../../' in text for pair in _SITE_LINK.findall(text))
    inline = (name.rstrip("/") for kind, name in named if kind == "mots")
    uses = tuple(dict.fromkeys((*map(slug, opening.thread.hashtags), *inline)))
    links = tuple(f"{kind}/{name}" for kind, name in named if kind != "mots")
    return make_row(opening.thread, [(reply.info.author, reply.info.date) for reply in replies], uses, links)


def _misplaced(files: ThreadFiles) -> Iterator[Problem]:
    if not files.openings:
        yield Problem(files.replies[0], None, f"cette réponse ne répond à rien : le fil {files.id} n'existe pas",
                      "corrigez le nom du dossier, ou supprimez-le avec ses réponses")  # fmt: skip
    for path in files.openings[1:]:
        yield Problem(path, None, f"un identifiant ne sert qu'une fois, et {files.openings[0]} l'a déjà",
                      "gardez l'un des deux")  # fmt: skip


def _broken_references(files: ThreadFiles, replies: list[Reply]) -> Iterator[Problem]:
    known = {path.rpartition("/")[2].removesuffix(".md") for path in files.replies}
    folder = f"content/replies/{files.id}"
    for reply in replies:
        path = f"{folder}/{reply.info.id}.md"
        if reply.info.in_reply_to and reply.info.in_reply_to not in known:
            yield Problem(path, None, f"in_reply_to doit nommer une réponse du même fil, pas {reply.info.in_reply_to}",
                          "corrigez ou retirez cette ligne")  # fmt: skip
        for anchor in _ANCHOR.findall(reply.html) if 'href="#r-' in reply.html else ():
            if anchor not in known:
                yield Problem(path, None, f"ce lien mène à une réponse qui n'existe pas : {anchor}", "corrigez-le")
