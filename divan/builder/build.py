"""One build, in four steps: look at what changed, read it, render what depends on it, publish.

Nothing of the output is touched before the last step, and nothing at all when there are problems.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from jinja2 import Environment

from divan.builder.description import Description, two_pages
from divan.builder.listing import Question, ask
from divan.builder.outlook import Outlook
from divan.builder.page import File, Page
from divan.builder.pages import PELICAN, THREADS, Published, Written, read_only
from divan.builder.publishing import inventory, publish, seal_of
from divan.builder.rendering import Renderer
from divan.builder.settings import Settings
from divan.builder.staging import Staging, fresh_folder
from divan.builder.state import State
from divan.builder.store import Store, forget_others
from divan.builder.templates import environment
from divan.builder.workers import shared_out
from divan.catalogue import posts
from divan.catalogue.reading import Reading
from divan.catalogue.rows import Rows
from divan.catalogue.site import Site, receivers
from divan.sources.problem import stop_if

FIRST_BATCH, BATCH = 500, 2000  # pages that are described, then rendered, together: memory stays within bounds


class Run:
    """One build of ``settings``; ``sources`` may have been asked for before; ``full`` forgets what builds left."""

    def __init__(self, settings: Settings, sources: Question | None = None, *, full: bool = False) -> None:
        self.settings = settings
        self.root = settings.root
        self.seen = Outlook(settings, sources or ask(settings), full=full)
        self.inputs, self.changes, self.old = self.seen.inputs, self.seen.changes, self.seen.old
        self._problems = [*self.changes.problems]
        self._pelican_ran = False
        self._adopted: list[str] = []

    def stage(self) -> Path:
        """Make the folder where this build keeps what it has not published yet, and its copy of the store."""
        work = self.settings.work
        for left in work.glob("staging-*"):
            shutil.rmtree(left)
        for left in work.glob(f".{self.settings.state_file.name}.*"):
            left.unlink()
        forget_others(work, self.seen.last_store)
        self.published = Published(self.seen.store, self.seen.lost)
        self.staging = Staging(fresh_folder(work / f"staging-{os.urandom(4).hex()}"), self.published)
        self.store = Store(work, self.seen.store)
        return self.staging.folder

    @property
    def rows(self) -> Rows:
        """The threads as they are now, once read."""
        return self.store.rows

    def read(self, env: Environment | None = None) -> None:
        """Read the threads that changed, rendering each one's page while it is in memory."""
        uses = self.old.values["uses"] if self.seen.same("templates") else None
        self.renderer = Renderer(env or environment(self.settings), self.settings, self.inputs, uses)
        self.reading = Reading(self.seen, self.store, self.staging, self.renderer)
        self.reading.carry_out()
        self._problems += self.reading.problems

    def render(self) -> None:
        """Render the pages that are not a thread's and that something changed; keep the others."""
        self._site = self._make_site()
        self.described = Description()
        self._kept: dict[str, Written] = {}
        waiting, most = [], FIRST_BATCH
        for page in self.described.pages(self._site, receivers(self.settings.plugins), self._taken):
            key, old = self.renderer.key(page), self.published.get(page.path)
            if old and old.key == key:
                self._kept[page.path] = old
            elif not self._problems:
                waiting.append((page, key))
            if len(waiting) == most:
                self._render_batch(waiting)
                waiting, most = [], BATCH
        stop_if([*self._problems, *self.described.problems])
        self._render_batch(waiting)
        if self._site.lists is None:
            self.described.parts |= self.store.pages.parts() - {THREADS, PELICAN}

    def _render_batch(self, waiting: list[tuple[Page | File, bytes]]) -> None:
        for staged, fragments in shared_out(waiting, self._render_share, self.settings.work):
            self.staging.merge(*staged)
            self.renderer.fragments.learn(fragments)  # ce que ces pages ont de commun n'est rendu qu'une fois

    def _make_site(self) -> Site:
        old, same = self.old.values, self.seen.same("making", "settings")
        words, looks = posts.stored(self.reading.vocabulary), self.renderer.looks
        trusted = same and not self.reading.anew and (words, looks) == (old["vocabulary"], old["looks"])
        return Site(
            self.settings, self.changes, self.reading.vocabulary, self.rows, self.inputs.assets,
            lists=self.rows.changes if trusted else None, lost=self.seen.lost_parts,
            memory=dict(old.get("memory", {})) if same else {},
        )  # fmt: skip

    def _taken(self, path: str, part: str) -> bool:
        """Whether a thread, Pelican or a part that is not described again has a page at this address."""
        if path in self.reading.pages or path in self._adopted:
            return True
        owner = self.store.pages.part_of(path)
        if owner == THREADS:
            return path not in self.reading.left
        return not self._pelican_ran if owner == PELICAN else False

    def _render_share(self, share: Sequence[tuple[Page | File, bytes]]) -> Any:
        staging = Staging(self.staging.folder, self.published)
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
        found = self.staging.adopt(self.pelican_output, PELICAN.encode())
        stop_if(two_pages(path) for path in found if path in ours)
        self._adopted += found
        self._pelican_ran = True

    def publish(self) -> tuple[int, int]:
        """Save the state, then carry it out; return how many pages there are, and how many were written."""
        gone, others = self._settle()
        inventory_now, count = self.old.inventory, self.old.pages
        if gone or others or self.seen.strange_output:
            inventory_now, count = seal_of(self.store.pages.paths()), self.store.pages.html()
        reading = self.reading
        values = {
            "uses": self.renderer.uses, "looks": self.renderer.looks, "vocabulary": posts.stored(reading.vocabulary),
            "thread_key": reading.key, "memory": self._site.memory, "polls": reading.polls,
        }  # fmt: skip
        staging, moved, seal = self.staging.folder, self.staging.moved, self.store.seal()
        state = State(
            self.seen.answer.listing, self.changes.others, self.inputs.digests, values, seal, inventory_now, count,
            staging.name, moved, gone,
        )  # fmt: skip
        state.save(self.settings.state_file)
        with closing(read_only(self.store.file)) as pages:
            publish(staging, self.settings.output, moved, gone, pages.paths, inventory_now)
        shutil.rmtree(self.pelican_output, ignore_errors=True)
        forget_others(self.settings.work, seal.name)
        self.close()
        return count, len(moved)

    def close(self) -> None:
        """Let go of the store, whether or not the build came to its end."""
        self.published.close()
        self.store.close()

    def _settle(self) -> tuple[list[str], bool]:
        """Note in the store what the site is now made of; return what is no longer in it, and whether more is."""
        pages, found = self.store.pages, self.described
        gone = self.reading.left.union(*map(pages.of, found.parts)) - found.part_of.keys() - found.kept
        if self._pelican_ran:
            gone |= pages.of(PELICAN) - set(self._adopted)
        written = self.staging.written
        gone -= written.keys()
        pages.remove(gone)
        more = any(pages.part_of(path) is None for path in written)
        adopted = set(self._adopted)
        for path, about in written.items():
            part = THREADS if path in self.reading.pages else PELICAN if path in adopted else found.part_of[path]
            pages.put(part, [(path, about)])
        if self._site.lists is None:
            for path, old in self._kept.items():
                pages.put(found.part_of[path], [(path, old)])
        if self.seen.strange_output:
            gone |= set(inventory(self.settings.output)) - set(pages.paths())
        return sorted(gone), more
