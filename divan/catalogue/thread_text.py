"""A thread read whole from its files: the opening post, its replies in order, and the row that lists will show."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from divan.catalogue.row import Row, make_row
from divan.forum.model import Kind, Opening, Reply, Status
from divan.forum.naming import POST_ID, opening_name, opening_path, reply_name
from divan.forum.post_text import decode
from divan.forum.reading import read_opening, read_reply, withdrawn_reply
from divan.forum.references import answered
from divan.forum.vocabulary import Vocabulary
from divan.images.placing import sized
from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.sources.slug import slug

_SITE_LINK = re.compile(r'(?:href|src)="\.\./\.\./(mots|cas|sujets|images)/([^"#]+)')
_ANCHOR = re.compile(r'href="#r-([^"]+)"')
_BLOCK = 1 << 16
_REPLY_NAME = len("2026-03-14-k7f2.md")

Post = TypeVar("Post")


@dataclass(frozen=True, slots=True)
class ThreadFiles:
    """Where a thread is written: one opening post (more is a fault) and its replies, as paths from the root.

    ``seal`` tells what these files hold.
    """

    id: str
    openings: tuple[str, ...]
    replies: tuple[str, ...]
    seal: bytes = b""

    @property
    def reply_names(self) -> str:
        """The ids of the replies, on one line."""
        return " ".join(path[-_REPLY_NAME:-3] for path in self.replies)


def named_files(thread: str, kind: Kind, reply_names: str, seal: bytes) -> ThreadFiles:
    """The files of a thread whose replies have these ids."""
    replies = (f"content/replies/{thread}/{name}.md" for name in reply_names.split())
    return ThreadFiles(thread, (opening_path(kind, thread),), tuple(replies), seal)


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
        return name.id if path == opening_path(name.kind, name.id) else None
    reply = reply_name(path)
    return reply.thread if reply else None


def read_thread(root: Path, files: ThreadFiles, vocabulary: Vocabulary) -> ThreadText:
    """Read a thread's files; raises ProblemsFound with the faults of all of them."""
    stop_if(_misplaced(files))
    problems: list[Problem] = []
    opening = _read(root, files.openings[0], problems, lambda path, text: _opening(path, text, vocabulary))
    replies = []
    if opening is None or opening.thread.status != Status.WITHDRAWN:
        known = frozenset(files.replies)
        for path in files.replies:
            reply = _read(root, path, problems, lambda path, text: _reply(path, text, vocabulary, known))
            if reply:
                replies.append(reply)
    if opening is None or problems:
        raise ProblemsFound(problems)
    replies += _removed_by_hand(files, replies)
    replies.sort(key=lambda reply: (reply.info.date, reply.info.id))
    return ThreadText(
        _row(opening, replies), _sized_opening(opening, root), tuple(_sized_reply(r, root) for r in replies)
    )


def _sized_opening(opening: Opening, root: Path) -> Opening:
    if not any("<img " in section.html for section in opening.sections):
        return opening
    return replace(opening, sections=tuple(replace(one, html=sized(one.html, root)) for one in opening.sections))


def _sized_reply(reply: Reply, root: Path) -> Reply:
    return replace(reply, html=sized(reply.html, root)) if "<img " in reply.html else reply


def read_source(root: Path, path: str) -> str:
    """Text of a source; raises ProblemsFound."""
    return decode(path, _content(f"{root}/{path}"))


def _read(root: Path, path: str, problems: list[Problem], read: Callable[[str, str], Post]) -> Post | None:
    try:
        return read(path, read_source(root, path))
    except ProblemsFound as found:
        problems += found.problems
        return None


def _opening(path: str, text: str, vocabulary: Vocabulary) -> Opening:
    name = opening_name(path)
    assert name  # noqa: S101 - thread_of l'a reconnu
    return read_opening(name.kind, path, text, vocabulary)


def _reply(path: str, text: str, vocabulary: Vocabulary, known: frozenset[str]) -> Reply:
    reply = read_reply(path, text, vocabulary)
    if reply.info.in_reply_to:
        stop_if(answered(path, text, reply, known.__contains__))
    return reply


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
    uses = dict.fromkeys((*map(slug, opening.thread.hashtags), *inline))
    links = [f"{kind}/{name}" for kind, name in named if kind != "mots"]
    answers = [(reply.info.author, reply.info.date) for reply in replies if not reply.info.withdrawn]
    return make_row(opening.thread, answers, uses, links)


def _misplaced(files: ThreadFiles) -> Iterator[Problem]:
    if not files.openings:
        for path in files.replies:
            yield Problem(path, None, f"le dossier d'une réponse dit son fil, et {files.id} n'existe pas",
                          "vérifiez le nom du dossier, ou supprimez la réponse avec son fil")  # fmt: skip
    for path in files.openings[1:]:
        yield Problem(path, None, f"un identifiant désigne un seul fil, et {files.openings[0]} a le même",
                      "renommez le plus récent des deux, et le dossier de ses réponses")  # fmt: skip


def _removed_by_hand(files: ThreadFiles, replies: list[Reply]) -> list[Reply]:
    """Tombstones for the replies that others answer or name, and whose files are gone."""
    named = {reply.info.in_reply_to for reply in replies if reply.info.in_reply_to}
    named.update(name for reply in replies if 'href="#r-' in reply.html for name in _ANCHOR.findall(reply.html))
    gone = named - {reply.info.id for reply in replies}
    return [withdrawn_reply(files.id, name) for name in sorted(gone) if POST_ID.fullmatch(name)]
