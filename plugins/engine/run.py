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

from forum.vocabulary import VOCABULARY_PATH, Vocabulary, load_vocabulary
from plugins.engine import posts
from plugins.engine.digest import digest_of
from plugins.engine.inputs import foreign_plugins, read_inputs, same
from plugins.engine.listing import FOLDERS, Question
from plugins.engine.page import File, Page
from plugins.engine.publishing import inventory, lost_pages, publish
from plugins.engine.renderer import Renderer
from plugins.engine.row import Row
from plugins.engine.settings import Settings
from plugins.engine.site import Site, receivers, shown
from plugins.engine.staging import Staging, fresh_folder
from plugins.engine.state import STATE_FILE, State, load_state
from plugins.engine.templates import environment
from plugins.engine.thread_text import ThreadFiles, expect, read_thread, thread_of
from plugins.engine.workers import shared_out
from plugins.threads import addresses, thread_page
from sources.problem import Problem, ProblemsFound, stop_if

AHEAD = 64  # threads whose files are fetched from the disk before their turn
PELICAN = b"pelican"  # key of the pages that Pelican itself writes
OURS = (*posts.FOLDERS, "content/members/", "content/services/", "content/results/", VOCABULARY_PATH)


class Run:
    """One build of ``settings``; ``sources`` may have been asked for before; ``full`` forgets what builds left."""

    def __init__(self, settings: Settings, sources: Question | None = None, *, full: bool = False) -> None:
        sources = sources or Question(settings.root, FOLDERS)
        self.settings = settings
        self.root = settings.root
        self._state_file = settings.work / STATE_FILE
        found = load_state(self._state_file)
        if found and (settings.work / found.staging).is_dir():
            publish(settings.work / found.staging, settings.output, found.moved, found.gone, found.pages)
        self.old = State() if full or found is None else found
        self._pelican_ran = False
        self._adopted: list[str] = []
        self._look(sources)

    def _look(self, sources: Question) -> None:
        """Find what differs from the last build."""
        self.inputs = read_inputs(self.settings)
        self.lost = lost_pages(self.settings.output, self.old.pages)
        self.listing = sources.answer()
        self.changed = self.listing.changed_since(self.old.listing)
        self._problems = [*posts.misnamed(self.changed, self.listing)]

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
        return not self._same("settings", "rendering", "templates", "assets", "making")

    def _same(self, *inputs: str) -> bool:
        return same(self.old.inputs, self.inputs.digests, *inputs)

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
        uses = self.old.values["uses"] if self._same("templates") else None
        self.renderer = Renderer(env or environment(self.settings), self.settings, self.inputs, uses)
        self.vocabulary = self._vocabulary()
        self._thread_key = digest_of(
            self.inputs.digests["reading"], self.renderer.look("thread.html"), self.renderer.look("withdrawn.html"),
            self.settings.audience, addresses(self.settings),
        )  # fmt: skip
        self.rows = {thread: Row._make(row) for thread, row in self.old.threads.items()}
        self._polls = self._read_polls()
        chosen = self._choose()
        self.changed = {
            path for path in self.changed if not path.startswith(posts.FOLDERS)
        }  # soixante mille, au départ
        for thread in self.rows.keys() & {thread for thread, files in chosen.items() if files is None}:
            del self.rows[thread]
        try:
            shares = shared_out([files for files in chosen.values() if files], self._read_share, self.settings.work)
        except ProblemsFound as found:
            shares = []
            self._problems += found.problems
        for rows, staged in shares:
            self.rows.update((row[0], Row._make(row)) for row in rows)
            self.staging.merge(*staged)
        if not self._problems:
            images = self.listing.under("content/images/")
            self._problems += posts.broken_links(self.root, self.rows, images, self.listing, self.vocabulary)

    def _vocabulary(self) -> Vocabulary:
        known = self.old.values.get("vocabulary")
        if known and VOCABULARY_PATH not in self.changed and self._same("reading"):
            return posts.restored(known)
        return load_vocabulary(self.root)

    def _read_polls(self) -> dict[str, str]:
        """The HTML of each poll by its thread: a thread is rendered again when its poll opens, closes or is counted."""
        from plugins.forms import polls

        try:
            return polls(self.settings)
        except ProblemsFound as found:
            self._problems += found.problems
            return {}

    def _choose(self) -> dict[str, ThreadFiles | None]:
        """The threads to read again, with their files; none for those that are gone."""
        if self.old.values.get("thread_key") != self._thread_key:
            return dict.fromkeys(self.rows) | posts.group(self.listing)
        names = {thread for path in self.changed if (thread := thread_of(path))}
        names |= {thread for path in self.lost if (thread := posts.thread_of_page(path)) in self.rows}
        if VOCABULARY_PATH in self.changed:
            touched = posts.touched_by(self.old.values["vocabulary"], self.vocabulary)
            names |= {row.id for row in self.rows.values() if not touched.isdisjoint(row.uses)}
        names |= {thread for thread, _ in self._polls.items() ^ self.old.values.get("polls", {}).items()}
        return {thread: posts.files_of(self.listing, thread) for thread in sorted(names)}

    def _read_share(self, share: Sequence[ThreadFiles]) -> Any:
        staging = Staging(self.staging.folder, self.old.pages)
        where = addresses(self.settings)
        problems: list[Problem] = []
        rows = []
        for number, files in enumerate(share):
            if number % AHEAD == 0:
                expect(self.root, share[number + AHEAD if number else 0 : number + 2 * AHEAD])
            try:
                text = read_thread(self.root, files, self.vocabulary)
            except ProblemsFound as found:
                problems += found.problems
                continue
            rows.append(tuple(text.row))
            if self._shows(text.row) and not problems:
                page = thread_page(text, where, self._polls.get(text.row.id))
                staging.add(page.path, self._thread_key, self.renderer.render(page))
        stop_if(problems)
        return rows, staging.plain()

    def render(self) -> None:
        """Render the pages that are not a thread's and that something changed; keep the others."""
        memory = dict(self.old.values.get("memory", {})) if self._same("making", "settings") else {}
        rows = shown(self.rows, self.settings.audience)
        self.site = Site(self.settings, self.listing, self.vocabulary, rows, self.inputs.assets, memory)
        made = self._make_pages()
        keys = {path: self.renderer.key(page) for path, page in made.items()}
        old = self.old.pages
        self._kept = {path: old[path] for path in made if path in old and old[path].key == keys[path]}
        waiting = [(page, keys[path]) for path, page in made.items() if path not in self._kept]
        first = len(waiting) // 4  # ce que ces pages ont de commun avec les autres n'est rendu que dans un processus
        for part in (waiting[:first], waiting[first:]):
            for staged, fragments in shared_out(part, self._render_share, self.settings.work):
                self.staging.merge(*staged)
                self.renderer.fragments.learn(fragments)

    def _make_pages(self) -> dict[str, Page | File]:
        """All pages that plugins make, by path; raises ProblemsFound with all that this build has found."""
        made: dict[str, Page | File] = {}
        taken = {posts.page_path(row) for row in self.rows.values()}.union(self._adopted)
        for receiver in receivers(self.settings.plugins):
            try:
                for page in receiver(self.site):
                    if page.path in made or page.path in taken:
                        self._problems.append(_two_pages(page.path))
                    made[page.path] = page
            except ProblemsFound as found:
                self._problems += found.problems
        stop_if(self._problems)
        return made

    def _render_share(self, share: Sequence[tuple[Page | File, bytes]]) -> Any:
        staging = Staging(self.staging.folder, self.old.pages)
        for page, key in share:
            staging.add(page.path, key, self.renderer.render(page))
        return staging.plain(), self.renderer.fragments.take()

    @property
    def pelican_output(self) -> Path:
        """The folder that Pelican is given to write in."""
        return self.staging.folder.with_suffix(".pelican")

    def adopt(self) -> None:
        """Take what Pelican, or a plugin of its own, has written."""
        ours = set(self.staging.written) - set(self._adopted)
        found = self.staging.adopt(self.pelican_output, PELICAN)
        stop_if(_two_pages(path) for path in found if path in ours)
        self._adopted += found
        self._pelican_ran = True

    def publish(self) -> tuple[int, int]:
        """Save the state, then carry it out; return how many pages there are, and how many were written."""
        old, output = self.old.pages, self.settings.output
        threads = (posts.page_path(row) for row in self.rows.values() if self._shows(row))
        pages = {path: old[path] for path in threads if path in old}
        pages.update(self._kept)
        if not self._pelican_ran:
            pages.update((path, written) for path, written in old.items() if written.key == PELICAN)
        pages.update(self.staging.written)
        gone = sorted((old.keys() | self.lost.keys() | inventory(output)) - pages.keys())
        values = {
            "uses": self.renderer.uses, "vocabulary": posts.stored(self.vocabulary), "thread_key": self._thread_key,
            "memory": self.site.memory, "polls": self._polls,
        }  # fmt: skip
        rows = {thread: tuple(row) for thread, row in self.rows.items()}
        staging, moved = self.staging.folder, self.staging.moved
        state = State(self.listing, self.inputs.digests, values, rows, pages, staging.name, moved, gone)
        state.save(self._state_file)
        publish(staging, output, moved, gone, pages)
        shutil.rmtree(self.pelican_output, ignore_errors=True)
        return _pages(pages), len(moved)

    def _shows(self, row: Row) -> bool:
        return not row.members_only or self.settings.audience == "members"


def _pages(paths: Iterable[str]) -> int:
    return sum(path.endswith(".html") for path in paths)


def _two_pages(path: str) -> Problem:
    return Problem(path, None, "deux pages du site veulent cette adresse", "renommez l'une des deux")
