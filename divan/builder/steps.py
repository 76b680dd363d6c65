"""One build, in four steps: look at what changed, read it, render what depends on it, publish.

Each step returns what the next one needs. Nothing of the output is touched before the last, and nothing at all when
there are problems.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment

from divan.builder.catalogue import Making, Reading
from divan.builder.items import complete, read_items
from divan.builder.memory import State, forget_others
from divan.builder.outlook import Work
from divan.builder.output import Staging, inventory, publish, seal_of
from divan.builder.page import Description, File, Page, receivers, two_pages
from divan.builder.rendering import Renderer, environment
from divan.builder.site_files import CATALOGUE, PELICAN, Written, read_only
from divan.sources.problem import Problem, stop_if
from divan.workers import shared_out

FIRST_BATCH, BATCH = 500, 2000  # pages that are described, then rendered, together: memory stays within bounds


@dataclass(frozen=True)
class Read:
    """``pages`` are the pages made of the items just read, ``left`` those that the same items had before."""

    renderer: Renderer
    reading: Reading
    pages: frozenset[str]
    left: frozenset[str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Rendered:
    """``kept`` are the pages described and found as they were."""

    site: Making
    described: Description
    kept: dict[str, Written]


def read(work: Work, env: Environment | None = None) -> Read:
    """Read the items that changed, rendering each one's pages while it is in memory, and put them away."""
    seen = work.seen
    uses = seen.old.values["uses"] if seen.same("templates") else None
    renderer = Renderer(env or environment(seen.settings), seen.settings, seen.inputs, seen.furniture, uses)
    reading = seen.catalogue.open(seen, work.store.base, renderer.look)
    chosen = reading.changed()
    values, faults = read_items(work, renderer, reading, [item for item in chosen.values() if item])
    left = reading.take(chosen, values)
    if not faults:
        _, faults = read_items(work, renderer, reading, reading.touched())
    if not faults:
        complete(work, renderer, reading)
    pages = work.store.pages
    mine = pages.of(CATALOGUE) if left is None else {path for path in left if pages.part_of(path) == CATALOGUE}
    problems = (*seen.changed.problems, *faults, *reading.problems(complete=not faults))
    return Read(renderer, reading, frozenset(work.staging.written), frozenset(mine), problems)


def render(work: Work, read: Read, adopted: frozenset[str] | None = None) -> Rendered:
    """Render the pages that are not an item's and that something changed; keep the others.

    ``adopted`` are the files that Pelican wrote, None when it did not run.
    """
    site, described = _make_site(work, read), Description()
    kept: dict[str, Written] = {}
    waiting, most = [], FIRST_BATCH
    connected = receivers(work.seen.settings.plugins)
    for page in described.pages(site, connected, lambda path, _: _taken(work, read, adopted, path)):
        key, old = read.renderer.key(page), work.published.get(page.path)
        if old and old.key == key:
            kept[page.path] = old
        elif not read.problems:
            waiting.append((page, key))
        if len(waiting) == most:
            _render_batch(work, read.renderer, waiting)
            waiting, most = [], BATCH
    stop_if([*read.problems, *described.problems])
    _render_batch(work, read.renderer, waiting)
    if site.lists is None:
        described.parts |= work.store.pages.parts() - {CATALOGUE, PELICAN}
    return Rendered(site, described, kept)


def _render_batch(work: Work, renderer: Renderer, waiting: list[tuple[Page | File, bytes]]) -> None:
    def share_out(share: Sequence[tuple[Page | File, bytes]]) -> Any:
        staging = Staging(work.staging.folder, work.published)
        for page, key in share:
            staging.add(page.path, key, renderer.render(page))
        return staging.plain(), renderer.fragments.take()

    for staged, fragments in shared_out(waiting, share_out, work.seen.settings.work):
        work.staging.merge(*staged)
        renderer.fragments.learn(fragments)  # ce que ces pages ont de commun n'est rendu qu'une fois


def _make_site(work: Work, read: Read) -> Making:
    seen, reading = work.seen, read.reading
    same = seen.same("making", "settings")
    trusted = same and reading.settled and read.renderer.looks == seen.old.values["looks"]
    return reading.site(Making(
        seen.settings, seen.others, seen.inputs.assets, lists=reading.changes if trusted else None,
        lost=seen.lost_parts, memory=dict(seen.old.values.get("memory", {})) if same else {},
    ))  # fmt: skip


def _taken(work: Work, read: Read, adopted: frozenset[str] | None, path: str) -> bool:
    """Whether an item, Pelican or a part that is not described again has a page at this address."""
    if path in read.pages or path in (adopted or ()):
        return True
    owner = work.store.pages.part_of(path)
    if owner == CATALOGUE:
        return path not in read.left
    return adopted is None if owner == PELICAN else False


def adopt(work: Work, before: frozenset[str] = frozenset()) -> frozenset[str]:
    """Take what Pelican, or a plugin of its own, has written; ``before`` are the files taken earlier in this build."""
    ours = set(work.staging.written) - before
    found = work.staging.adopt(work.pelican_output, PELICAN.encode(), work.seen.furniture.finish)
    stop_if(two_pages(path) for path in found if path in ours)
    return before.union(found)


def finish(work: Work, read: Read, rendered: Rendered, adopted: frozenset[str] | None = None) -> tuple[int, int]:
    """Save the state, then publish; return how many pages there are, and how many were written."""
    seen, store, staging = work.seen, work.store, work.staging
    gone, more = _settle(work, read, rendered, adopted)
    inventory_now, count = seen.old.inventory, seen.old.pages
    if gone or more or seen.strange_output:
        inventory_now, count = seal_of(store.pages.paths()), store.pages.html()
    values = {"uses": read.renderer.uses, "looks": read.renderer.looks, "memory": rendered.site.memory,
              "schema": seen.catalogue.schema}  # fmt: skip
    seal = store.seal()
    state = State(
        seen.answer.listing, seen.others, seen.inputs.digests, values, dict(read.reading.memory()), seal,
        inventory_now, count, staging.folder.name, staging.moved, gone,
    )  # fmt: skip
    state.save(seen.settings.state_file)
    with closing(read_only(store.file)) as pages:
        publish(staging.folder, seen.settings.output, staging.moved, gone, pages.paths, inventory_now)
    shutil.rmtree(work.pelican_output, ignore_errors=True)
    forget_others(seen.settings.work, seal.name)
    work.close()
    return count, len(staging.moved)


def _settle(work: Work, read: Read, rendered: Rendered, adopted: frozenset[str] | None) -> tuple[list[str], bool]:
    """Note in the store what the site is now made of; return what is no longer in it, and whether more is."""
    pages, found, written = work.store.pages, rendered.described, work.staging.written
    gone = read.left.union(*map(pages.of, found.parts)) - found.part_of.keys() - found.kept
    if adopted is not None:
        gone |= pages.of(PELICAN) - adopted
    gone -= written.keys()
    pages.remove(gone)
    more = any(pages.part_of(path) is None for path in written)
    for path, about in written.items():
        part = CATALOGUE if path in read.pages else PELICAN if path in (adopted or ()) else found.part_of[path]
        pages.put(part, [(path, about)])
    if rendered.site.lists is None:
        for path, old in rendered.kept.items():
            pages.put(found.part_of[path], [(path, old)])
    if work.seen.strange_output:
        gone |= set(inventory(work.seen.settings.output)) - set(pages.paths())
    return sorted(gone), more
