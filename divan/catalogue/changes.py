"""What changed among the sources since the last build: which threads to read again, which other files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from divan.builder.listing import Answer, Blobs, Overlay, blob_id
from divan.catalogue.posts import FOLDERS, group, misnamed
from divan.catalogue.rows import Rows
from divan.catalogue.thread_text import ThreadFiles, thread_of
from divan.sources.problem import Problem


@dataclass(frozen=True)
class Changes:
    """``threads`` with their files, None for those that are gone; ``others`` all sources that are no posts.

    ``paths`` are those of ``others``, or not any more, that are not as they were.
    """

    threads: Mapping[str, ThreadFiles | None]
    others: Blobs
    paths: frozenset[str]
    problems: tuple[Problem, ...]

    def under(self, prefix: str) -> Blobs:
        """Blob ids of the sources, posts apart, whose path starts with ``prefix``, sorted by path."""
        return {path: blob for path, blob in sorted(self.others.items()) if path.startswith(prefix)}


def changes(answer: Answer, others: Blobs, rows: Rows | None) -> Changes:
    """Compare with the last build: its ``others`` and its ``rows``, None when it left none."""
    if answer.changed is None or rows is None:
        return _compared(answer.everything(), others, rows.seals() if rows else {})
    return _told(answer.root, answer.changed, others, rows)


def _compared(sources: Blobs, then: Blobs, seals: Mapping[str, bytes]) -> Changes:
    now = {path: blob for path, blob in sources.items() if not path.startswith(FOLDERS)}
    threads = group(sources)
    stale: dict[str, ThreadFiles | None] = dict.fromkeys(seals.keys() - threads.keys())
    stale.update((thread, files) for thread, files in threads.items() if seals.get(thread) != files.seal)
    paths = frozenset(path for path in now.keys() | then.keys() if now.get(path) != then.get(path))
    return Changes(stale, now, paths, tuple(misnamed(sources)))


def _told(root: Path, changed: Overlay, then: Blobs, rows: Rows) -> Changes:
    posts = {path: blob for path, blob in changed.items() if path.startswith(FOLDERS)}
    others = {path: blob for path, blob in changed.items() if path not in posts}
    now = {path: blob for path, blob in (then | others).items() if blob is not None}
    names = {thread for path in posts if (thread := thread_of(path))}
    threads = {thread: _files(root, thread, rows.files(thread), posts) for thread in sorted(names)}
    there = [path for path, blob in posts.items() if blob is not None]
    return Changes(threads, now, frozenset(others), tuple(misnamed(there)))


def _files(root: Path, thread: str, known: Collection[str], changed: Overlay) -> ThreadFiles | None:
    paths = {*known, *(path for path in changed if thread_of(path) == thread)}
    found = dict(_blobs(root, sorted(paths), changed))
    return group(found).get(thread)


def _blobs(root: Path, paths: list[str], changed: Overlay) -> Iterator[tuple[str, str]]:
    for path in paths:
        blob = changed[path] if path in changed else blob_id(root / path)
        if blob is not None:
            yield path, blob
