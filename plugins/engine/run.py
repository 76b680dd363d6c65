"""One build, in four steps: look at what changed, read it, render what depends on it, publish.

Nothing of the output is touched before the last step, and nothing at all when there are problems.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment

from forum.model import Hashtag
from forum.slug import slug
from forum.vocabulary import VOCABULARY_PATH, Vocabulary, load_vocabulary
from plugins.engine import posts
from plugins.engine.digest import digest_of
from plugins.engine.inputs import foreign_plugins, plain, read_inputs, same
from plugins.engine.listing import list_sources
from plugins.engine.page import File, Page
from plugins.engine.publishing import inventory, lost_pages, publish
from plugins.engine.renderer import Renderer
from plugins.engine.row import Row
from plugins.engine.settings import Settings
from plugins.engine.site import Site, receivers, shown
from plugins.engine.staging import Staging, fresh_folder
from plugins.engine.state import STATE_FILE, Move, State, Written, load_state
from plugins.engine.templates import environment
from plugins.engine.workers import shared_out
from plugins.threads import ThreadFiles, addresses, read_thread, thread_of, thread_page
from sources.problem import Problem, ProblemsFound, stop_if

FOLDERS = ("content", "surveys")
PELICAN = b"pelican"  # key of the pages that Pelican itself writes
OURS = (*posts.FOLDERS, "content/members/", "content/services/", "content/results/", VOCABULARY_PATH)


class Run:
    """One build of ``settings``; ``full`` forgets what earlier builds left."""

    def __init__(self, settings: Settings, *, full: bool = False) -> None:
        self.settings = settings
        self.root = settings.root
        self._state_file = settings.work / STATE_FILE
        found = load_state(self._state_file)
        if found and (settings.work / found.staging).is_dir():
            publish(settings.work / found.staging, settings.output, found.moved, found.gone, found.pages)
        self.old = State() if full or found is None else found
        self._pelican_ran = False
        self._adopted: list[str] = []
        self._look()

    def _look(self) -> None:
        """Find what differs from the last build."""
        old = self.old
        self.listing = list_sources(self.root, FOLDERS)
        self.inputs = read_inputs(self.settings)
        self.changed = self.listing.changed_since(old.listing)
        self.lost = lost_pages(self.settings.output, old.pages)
        self._problems = [*posts.misnamed(self.changed, lambda path: bool(self.listing.under(path)))]

    @property
    def nothing_to_do(self) -> bool:
        """Whether the output already is what a build would make."""
        return not self.changed and not self.lost and self.old.inputs == self.inputs.digests

    @property
    def pages(self) -> int:
        """How many pages the last build left."""
        return _pages(self.old.pages)

    @property
    def needs_pelican(self) -> bool:
        """Whether something that Pelican itself reads or writes has changed."""
        if foreign_plugins(self.settings) or any(written.key == PELICAN for written in self.lost.values()):
            return True
        if any(path.startswith("content/") and not path.startswith(OURS) for path in self.changed):
            return True
        return not same(self.old.inputs, self.inputs.digests, "settings", "rendering", "templates", "assets", "making")

    def stage(self) -> Path:
        """Make the folder where this build keeps what it has not published yet."""
        for left in self.settings.work.glob("staging-*"):
            shutil.rmtree(left)
        for left in self.settings.work.glob(f".{self._state_file.name}.*"):
            left.unlink()
        self.staging = Staging(fresh_folder(self.settings.work / f"staging-{os.urandom(4).hex()}"), self.old.pages)
        return self.staging.folder

    def read(self, env: Environment | None = None) -> None:
        """Read the threads that changed, rendering each one's page while it is in memory."""
        uses = self.old.values.get("uses") if same(self.old.inputs, self.inputs.digests, "templates") else None
        self.renderer = Renderer(env or environment(self.settings), self.settings, self.inputs, uses)
        self.vocabulary = self._vocabulary()
        known = {thread: Row._make(row) for thread, row in self.old.threads.items()}
        self._thread_key = digest_of(
            self.inputs.digests["reading"], self.renderer.look("thread.html"), self.renderer.look("withdrawn.html"),
            self.settings.audience, addresses(self.settings),
        )  # fmt: skip
        chosen, gone = self._choose(known)
        for thread in gone:
            known.pop(thread, None)
        try:
            shares = shared_out(chosen, self._read_share, self.settings.work)
        except ProblemsFound as found:
            shares = []
            self._problems += found.problems
        for rows, staged in shares:
            known.update((row[0], Row._make(row)) for row in rows)
            self.staging.merge(*staged)
        self.rows = known
        if not self._problems:
            images = self.listing.under("content/images/")
            self._problems += posts.broken_links(known, images)

    def _choose(self, known: dict[str, Row]) -> tuple[list[ThreadFiles], set[str]]:
        """The threads to read, and those that are gone."""
        if self.old.values.get("thread_key") != self._thread_key:
            files = posts.group(self.listing)
            return [files[thread] for thread in sorted(files)], known.keys() - files.keys()
        names = {thread for path in self.changed if (thread := thread_of(path))}
        names |= {thread for path in self.lost if (thread := thread_of_page(path)) in known}
        if VOCABULARY_PATH in self.changed:
            touched = posts.touched_by(_vocabulary_of(self.old.values["vocabulary"]), self.vocabulary)
            names |= {row.id for row in known.values() if not touched.isdisjoint(row.uses)}
        found = {thread: posts.files_of(self.listing, thread) for thread in sorted(names)}
        return [files for files in found.values() if files], {thread for thread, files in found.items() if not files}

    def _read_share(self, share: Sequence[ThreadFiles]) -> Any:
        staging = Staging(self.staging.folder, self.old.pages)
        where = addresses(self.settings)
        problems: list[Problem] = []
        rows = []
        for files in share:
            try:
                text = read_thread(self.root, files, self.vocabulary)
            except ProblemsFound as found:
                problems += found.problems
                continue
            rows.append(tuple(text.row))
            if self._shows(text.row) and not problems:
                page = thread_page(text, where)
                staging.add(page.path, self._thread_key, self.renderer.render(page))
        stop_if(problems)
        return rows, staging.plain()

    def render(self) -> None:
        """Render the pages that are not a thread's and that something changed; keep the others."""
        memory = dict(self.old.values.get("memory", {}))
        if not same(self.old.inputs, self.inputs.digests, "making", "settings"):
            memory = {}
        self.site = Site(self.settings, self.listing, self.vocabulary, shown(self.rows, self.settings.audience),
                         self.inputs.assets, memory)  # fmt: skip
        made = self._make_pages()
        keys = {path: self.renderer.key(page) for path, page in made.items()}
        self._kept = {path: self.old.pages[path] for path in made if self._stands(path, keys[path])}
        waiting = [(page, keys[path]) for path, page in made.items() if path not in self._kept]
        for staged in shared_out(waiting, self._render_share, self.settings.work):
            self.staging.merge(*staged)

    def _make_pages(self) -> dict[str, Page | File]:
        """All pages that plugins make, by path; raises ProblemsFound with all that this build has found."""
        made: dict[str, Page | File] = {}
        taken = {posts.page_path(row) for row in self.rows.values()}.union(self._adopted)
        for receiver in receivers(self.settings.plugins):
            try:
                for page in receiver(self.site):
                    if page.path in made or page.path in taken:
                        self._problems.append(_two_pages(page))
                    made[page.path] = page
            except ProblemsFound as found:
                self._problems += found.problems
        stop_if(self._problems)
        return made

    def _stands(self, path: str, key: bytes) -> bool:
        written = self.old.pages.get(path)
        return written is not None and written.key == key

    def _render_share(self, share: Sequence[tuple[Page | File, bytes]]) -> Any:
        staging = Staging(self.staging.folder, self.old.pages)
        for page, key in share:
            staging.add(page.path, key, self.renderer.render(page))
        return staging.plain()

    def adopt(self) -> None:
        """Take the files that Pelican, or a plugin of its own, has written in the staging folder."""
        self._adopted += self.staging.adopt(PELICAN)
        self._pelican_ran = True

    def publish(self) -> tuple[int, int]:
        """Save the state, then carry it out; return how many pages there are, and how many were written."""
        old = self.old.pages
        pages = {
            path: old[path] for row in self.rows.values() if (path := posts.page_path(row)) in old and self._shows(row)
        }
        pages.update(self._kept)
        if not self._pelican_ran:
            pages.update((path, written) for path, written in old.items() if written.key == PELICAN)
        pages.update(self.staging.written)
        gone = sorted((old.keys() | self.lost.keys() | inventory(self.settings.output)) - pages.keys())
        state = State(
            listing=self.listing,
            inputs=self.inputs.digests,
            values=self._values(),
            threads={thread: plain(row) for thread, row in self.rows.items()},
            pages=pages,
            staging=self.staging.folder.name,
            moved=self.staging.moved,
            gone=gone,
        )
        state.save(self._state_file)
        publish(self.staging.folder, self.settings.output, state.moved, gone, pages)
        return _pages(pages), len(state.moved)

    def _values(self) -> dict[str, Any]:
        return {
            "uses": self.renderer.uses,
            "vocabulary": [(entry.name, entry.synonyms, entry.about) for entry in self.vocabulary.entries],
            "thread_key": self._thread_key,
            "memory": self.site.memory,
        }

    def _shows(self, row: Row) -> bool:
        return not row.members_only or self.settings.audience == "members"

    def _vocabulary(self) -> Vocabulary:
        known = self.old.values.get("vocabulary")
        if (
            known is None
            or VOCABULARY_PATH in self.changed
            or not same(self.old.inputs, self.inputs.digests, "reading")
        ):
            return load_vocabulary(self.root)
        return _vocabulary_of(known)


def _pages(paths: Iterable[str]) -> int:
    return sum(path.endswith(".html") for path in paths)


def thread_of_page(path: str) -> str | None:
    """The thread whose page this file would be."""
    folder, _, rest = path.partition("/")
    thread = rest.removesuffix("/index.html")
    return thread if folder in ("cas", "sujets") and path in posts.page_paths(thread) else None


def _vocabulary_of(stored: Any) -> Vocabulary:
    entries = tuple(Hashtag(name, slug(name), synonyms, about) for name, synonyms, about in stored)
    return Vocabulary(entries, {slug(word): entry for entry in entries for word in (entry.name, *entry.synonyms)})


def _two_pages(page: Page | File) -> Problem:
    return Problem(page.path, None, "deux pages du site veulent cette adresse", "renommez l'une des deux")
