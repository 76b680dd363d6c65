"""What a build finds before it begins: what the last one left, and all that differs since."""

from __future__ import annotations

from contextlib import closing, nullcontext
from functools import cached_property

from divan.builder.inputs import foreign_plugins, read_inputs, same
from divan.builder.listing import Question
from divan.builder.pages import PELICAN, lost_pages, read_only
from divan.builder.publishing import inventory_seal, publish
from divan.builder.settings import Settings
from divan.builder.state import State, load_state
from divan.builder.workers import Aside
from divan.catalogue import posts
from divan.catalogue.changes import changes
from divan.catalogue.rows import Rows
from divan.forum.vocabulary import VOCABULARY_PATH

OURS = (*posts.FOLDERS, "content/members/", "content/services/", "content/results/", VOCABULARY_PATH)


class Outlook:
    """``old`` is the state that the last build left, ``store`` its file, ``lost`` files that are not as published.

    ``full`` forgets what builds left. What a build that was killed had still to publish is published first.
    """

    def __init__(self, settings: Settings, sources: Question, *, full: bool) -> None:
        self.settings = settings
        found = load_state(settings.state_file)
        if found and (settings.work / found.staging).is_dir():
            _finish(settings, found)
        self.last_store = found.store.name if found else ""
        self.old = State() if full or found is None else found
        self.store = store = settings.work / self.old.store.name if self.old.store.name else None
        lost = Aside(lambda: lost_pages(settings.output, store)) if store else None
        self.inputs = read_inputs(settings)
        self.answer = sources.answer(self.old.listing)
        with closing(Rows.read_only(store)) if store else nullcontext() as rows:
            self.changes = changes(self.answer, self.old.others, rows)
        self.strange_output = inventory_seal(settings.output) != self.old.inventory
        self.lost: list[str] = lost.told() if lost else []

    @cached_property
    def lost_parts(self) -> frozenset[str]:
        """Parts of the site some of whose files are lost."""
        if self.store is None or not self.lost:
            return frozenset()
        with closing(read_only(self.store)) as pages:
            return frozenset(part for part in map(pages.part_of, self.lost) if part)

    @property
    def nothing_to_do(self) -> bool:
        """Whether the output already is what a build would make."""
        changed = self.changes.threads or self.changes.paths or self.lost or self.strange_output
        return not changed and self.old.inputs == self.inputs.digests

    @property
    def needs_pelican(self) -> bool:
        """Whether something that Pelican itself reads or writes has changed."""
        if foreign_plugins(self.settings) or PELICAN in self.lost_parts:
            return True
        if any(path.startswith("content/") and not path.startswith(OURS) for path in self.changes.paths):
            return True
        return not self.same("settings", "rendering", "templates", "assets", "making")

    def same(self, *inputs: str) -> bool:
        """Whether these inputs are as they were at the last build."""
        return same(self.old.inputs, self.inputs.digests, *inputs)


def _finish(settings: Settings, state: State) -> None:
    staging = settings.work / state.staging
    with closing(read_only(settings.work / state.store.name)) as pages:
        publish(staging, settings.output, state.moved, state.gone, pages.paths, state.inventory)
