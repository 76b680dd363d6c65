"""How a build begins: what the last one left, all that differs since, and a place of its own to work in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import closing, nullcontext
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from divan.builder.catalogue import Catalogue, Changed
from divan.builder.inputs import Inputs, read_inputs, same
from divan.builder.listing import Answer, Blobs, Question
from divan.builder.memory import State, Store, forget_others, load_state
from divan.builder.output import Staging, fresh_folder, inventory_seal, publish
from divan.builder.rendering import Furniture
from divan.builder.settings import Settings
from divan.builder.site_files import PELICAN, Published, lost_pages, read_only, reader
from divan.workers import Aside

Blob = TypeVar("Blob", str, str | None)


@dataclass(frozen=True)
class Outlook:
    """``old`` is the state that the last build left, ``store`` its file, ``lost`` files that are not as published.

    ``others`` are the sources that are not the catalogue's, ``paths`` those that are not as they were, or not any more.
    """

    settings: Settings
    catalogue: Catalogue
    furniture: Furniture
    inputs: Inputs
    answer: Answer
    changed: Changed
    others: Blobs
    paths: frozenset[str]
    old: State
    store: Path | None
    last_store: str
    lost: tuple[str, ...]
    strange_output: bool

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
        differs = self.changed.items or self.changed.problems or self.paths or self.lost or self.strange_output
        return not differs and self.old.inputs == self.inputs.digests

    @property
    def needs_pelican(self) -> bool:
        """Whether something that Pelican itself reads or writes has changed."""
        if self.inputs.foreign or PELICAN in self.lost_parts:
            return True
        ours = (*self.catalogue.folders, *self.catalogue.apart)
        if any(path.startswith("content/") and not path.startswith(ours) for path in self.paths):
            return True
        return not self.same("settings", "rendering", "templates", "assets", "making")

    def same(self, *inputs: str) -> bool:
        """Whether these inputs are as they were at the last build."""
        return same(self.old.inputs, self.inputs.digests, *inputs)


def look(settings: Settings, catalogue: Catalogue, furniture: Furniture, asked: Question, *, full: bool) -> Outlook:
    """Look at everything; ``full`` forgets what builds left. What a killed one had still to publish is published."""
    found = load_state(settings.state_file)
    if found and (settings.work / found.staging).is_dir():
        _finish(settings, found)
    foreign = found is not None and found.values.get("schema") != catalogue.schema  # le magasin d'un autre Divan
    old = State() if full or found is None or foreign else found
    store = settings.work / old.store.name if old.store.name else None
    lost = Aside(lambda: lost_pages(settings.output, store)) if store else None
    inputs = read_inputs(settings, furniture.code, furniture.files, catalogue.unseen)
    answer = asked.answer(old.listing)
    with closing(reader(store)) if store else nullcontext() as base:
        changed = catalogue.compare(answer, base)
    others, paths = _others(answer, old.others, catalogue.folders, known=store is not None)
    return Outlook(
        settings, catalogue, furniture, inputs, answer, changed, others, paths, old, store,
        found.store.name if found else "", tuple(lost.told()) if lost else (),
        inventory_seal(settings.output) != old.inventory,
    )  # fmt: skip


def _others(answer: Answer, then: Blobs, folders: tuple[str, ...], *, known: bool) -> tuple[Blobs, frozenset[str]]:
    if answer.changed is None or not known:
        now = _without(answer.everything, folders)
        return now, frozenset(path for path in now.keys() | then.keys() if now.get(path) != then.get(path))
    others = _without(answer.changed, folders)
    return {path: blob for path, blob in (then | others).items() if blob is not None}, frozenset(others)


def _without(sources: Mapping[str, Blob], folders: tuple[str, ...]) -> dict[str, Blob]:
    return {path: blob for path, blob in sources.items() if not path.startswith(folders)}


def _finish(settings: Settings, state: State) -> None:
    staging = settings.work / state.staging
    with closing(read_only(settings.work / state.store.name)) as pages:
        publish(staging, settings.output, state.moved, state.gone, pages.paths, state.inventory)


@dataclass(frozen=True)
class Work:
    """A build under way: the folder where it keeps what it has not published yet, and its copy of the store."""

    seen: Outlook
    published: Published
    staging: Staging
    store: Store

    @property
    def pelican_output(self) -> Path:
        """The folder that Pelican is given to write in."""
        return self.staging.folder.with_suffix(".pelican")

    def close(self) -> None:
        """Let go of the store, whether or not the build came to its end."""
        self.published.close()
        self.store.close()


def begin(seen: Outlook) -> Work:
    """Clear what dead builds left, and make this one's own folder and store."""
    work = seen.settings.work
    for left in work.glob("staging-*"):
        shutil.rmtree(left)
    for left in work.glob(f".{seen.settings.state_file.name}.*"):
        left.unlink()
    forget_others(work, seen.last_store)
    published = Published(seen.store, seen.lost)
    staging = Staging(fresh_folder(work / f"staging-{os.urandom(4).hex()}"), published)
    return Work(seen, published, staging, Store(work, seen.store, seen.catalogue.schema))
