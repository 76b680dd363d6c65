"""Where threads are written, and which ones are not as they were when the last build read them.

Git's trees tell what changed, else the seals of what was read do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from divan.builder.catalogue import Changed
from divan.builder.digest import digest
from divan.builder.listing import Answer, Blobs, Overlay, blob_id
from divan.forum.judge import name_problem
from divan.forum.model import Kind
from divan.forum.naming import opening_name, opening_path, reply_name
from divan.sources.problem import Problem

if TYPE_CHECKING:
    from divan.catalogue.rows import Rows

REPLIES = "content/replies/"
FOLDERS = ("content/cases/", "content/topics/", REPLIES)
_REPLY_NAME = len("2026-03-14-k7f2.md")


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


def thread_of(path: str) -> str | None:
    """The thread that a source belongs to; None when it is no post."""
    name = opening_name(path)
    if name:
        return name.id if path == opening_path(name.kind, name.id) else None
    reply = reply_name(path)
    return reply.thread if reply else None


def group(sources: Mapping[str, str]) -> dict[str, ThreadFiles]:
    """The files of every thread in ``sources``, in the order of their ids."""
    openings: dict[str, list[str]] = {}
    replies: dict[str, list[str]] = {}
    for path in sources:
        if path.startswith(FOLDERS) and (thread := thread_of(path)):
            (replies if path.startswith(REPLIES) else openings).setdefault(thread, []).append(path)
    return {
        thread: _thread_files(thread, openings.get(thread, []), replies.get(thread, []), sources)
        for thread in sorted(openings.keys() | replies.keys())
    }


def _thread_files(thread: str, openings: list[str], replies: list[str], sources: Mapping[str, str]) -> ThreadFiles:
    seal = digest("".join(f"{path} {sources[path]}\n" for path in (*openings, *replies)).encode())
    return ThreadFiles(thread, tuple(openings), tuple(replies), seal)


def misnamed(paths: Iterable[str]) -> Iterator[Problem]:
    """Posts whose name is not one: nobody would ever see them."""
    for path in sorted(paths):
        if path.startswith(FOLDERS) and (problem := name_problem(path)):
            yield problem


def changes(answer: Answer, rows: Rows | None) -> Changed:
    """Compare with the ``rows`` of the last build, None when it left none."""
    if answer.changed is None or rows is None:
        return _compared(answer.everything, rows.seals() if rows else {})
    return _told(answer.root, answer.changed, rows)


def _compared(sources: Blobs, seals: Mapping[str, bytes]) -> Changed:
    threads = group(sources)
    stale: dict[str, ThreadFiles | None] = dict.fromkeys(seals.keys() - threads.keys())
    stale.update((thread, files) for thread, files in threads.items() if seals.get(thread) != files.seal)
    return Changed(stale, tuple(misnamed(sources)))


def _told(root: Path, changed: Overlay, rows: Rows) -> Changed:
    posts = {path: blob for path, blob in changed.items() if path.startswith(FOLDERS)}
    names = {thread for path in posts if (thread := thread_of(path))}
    threads = {thread: _files(root, thread, rows.files(thread), posts) for thread in sorted(names)}
    return Changed(threads, tuple(misnamed(path for path, blob in posts.items() if blob is not None)))


def _files(root: Path, thread: str, known: Collection[str], changed: Overlay) -> ThreadFiles | None:
    paths = {*known, *(path for path in changed if thread_of(path) == thread)}
    found = dict(_blobs(root, sorted(paths), changed))
    return group(found).get(thread)


def _blobs(root: Path, paths: list[str], changed: Overlay) -> Iterator[tuple[str, str]]:
    for path in paths:
        blob = changed[path] if path in changed else blob_id(root / path)
        if blob is not None:
            yield path, blob
