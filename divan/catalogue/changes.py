"""Which threads changed since the last build, told by git's trees or by the seals of what was read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from divan.builder.catalogue import Changed
from divan.builder.listing import Answer, Blobs, Overlay, blob_id
from divan.catalogue.posts import FOLDERS, group, misnamed
from divan.catalogue.rows import Rows
from divan.catalogue.thread_text import ThreadFiles, thread_of


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
