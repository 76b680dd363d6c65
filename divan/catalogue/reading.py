"""The threads that changed: read, each one's page rendered while it is in memory, then put in the store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from divan.builder.digest import digest_of
from divan.builder.outlook import Outlook
from divan.builder.pages import THREADS
from divan.builder.rendering import Renderer
from divan.builder.staging import Staging
from divan.builder.store import Store
from divan.builder.workers import shared_out
from divan.catalogue import posts
from divan.catalogue.record import Record, record
from divan.catalogue.thread_page import addresses, thread_page
from divan.catalogue.thread_text import ThreadFiles, read_thread
from divan.forum.vocabulary import VOCABULARY_PATH, Vocabulary, load_vocabulary
from divan.sources.problem import Problem, ProblemsFound, stop_if


class Reading:
    """``key`` tells what threads' pages are made with; ``anew`` that it changed, so that all are read again.

    ``pages`` are the threads' pages made, ``left`` those of the same threads before.
    """

    def __init__(self, seen: Outlook, store: Store, staging: Staging, renderer: Renderer) -> None:
        self._seen, self._store, self._staging, self._renderer = seen, store, staging, renderer
        self._settings, self._root = seen.settings, seen.settings.root
        self.problems: list[Problem] = []
        self.vocabulary = self._vocabulary()
        self.key = digest_of(
            seen.inputs.digests["reading"], renderer.look("thread.html"), renderer.look("withdrawn.html"),
            seen.settings.audience, addresses(seen.settings),
        )  # fmt: skip
        self.anew = seen.old.values.get("thread_key") != self.key
        self.polls = self._read_polls()

    def carry_out(self) -> None:
        """Read, render, store; faults go to ``problems``."""
        chosen = self._choose()
        try:
            shares = shared_out([files for files in chosen.values() if files], self._read_share, self._settings.work)
        except ProblemsFound as found:
            shares = []
            self.problems += found.problems
        for _, staged in shares:
            self._staging.merge(*staged)
        self.pages = set(self._staging.written)
        self._take(chosen, [Record._make(values) for records, _ in shares for values in records])

    def _choose(self) -> dict[str, ThreadFiles | None]:
        """The threads to read again, with their files; none for those that are gone."""
        if self.anew:
            known = self._seen.changes.threads
            return {**(posts.group(self._seen.answer.everything()) if self._seen.store else known)}
        names = {thread for path in self._seen.lost if (thread := posts.thread_of_page(path))}
        if VOCABULARY_PATH in self._seen.changes.paths:
            touched = posts.touched_by(self._seen.old.values["vocabulary"], self.vocabulary)
            names |= {row.id for row in self._store.rows.all() if not touched.isdisjoint(row.uses)}
        names |= {thread for thread, _ in self.polls.items() ^ self._seen.old.values.get("polls", {}).items()}
        again = {thread: files for thread in sorted(names) if (files := self._store.rows.thread_files(thread))}
        return {**again, **self._seen.changes.threads}

    def _read_share(self, share: Sequence[ThreadFiles]) -> Any:
        staging = Staging(self._staging.folder, self._staging.published)
        where = addresses(self._settings)
        problems: list[Problem] = []
        records = []
        for files in share:
            try:
                text = read_thread(self._root, files, self.vocabulary)
            except ProblemsFound as found:
                problems += found.problems
                continue
            records.append(tuple(record(text.row, files, self._settings.audience)))
            if text.row.open_to(self._settings.audience) and not problems:
                page = thread_page(text, where, self.polls.get(text.row.id))
                staging.add(page.path, self.key, self._renderer.render(page))
        stop_if(problems)
        return records, staging.plain()

    def _take(self, chosen: dict[str, ThreadFiles | None], records: list[Record]) -> None:
        """Put the threads just read in the store, then look for links that lead nowhere."""
        if self.anew:
            self._store.rows.fill(records)
            self.left = self._store.pages.of(THREADS)
            suspects = {found.id for found in records if found.links}
        else:
            before = [row for row in map(self._store.rows.get, chosen) if row]
            paths = map(posts.page_path, before)
            self.left = {path for path in paths if self._store.pages.part_of(path) == THREADS}
            self._store.rows.replace([thread for thread, files in chosen.items() if files is None], records)
            after = [row for row in map(self._store.rows.get, chosen) if row]
            images = (path.removeprefix("content/") for path in self._seen.changes.paths)
            suspects = chosen.keys() | self._store.rows.linking_to([*(row.url for row in (*before, *after)), *images])
        if not self.problems:
            images_there = self._seen.changes.under("content/images/")
            self.problems += posts.broken_links(self._root, suspects, self._store.rows, images_there, self.vocabulary)

    def _vocabulary(self) -> Vocabulary:
        known = self._seen.old.values.get("vocabulary")
        if known and VOCABULARY_PATH not in self._seen.changes.paths and self._seen.same("reading"):
            return posts.restored(known)
        return load_vocabulary(self._root)

    def _read_polls(self) -> dict[str, str]:
        """The HTML of each poll by its thread: a thread is rendered again when its poll opens, closes or is counted."""
        from plugins.forms import polls

        try:
            return polls(self._settings)
        except ProblemsFound as found:
            self.problems += found.problems
            return {}
