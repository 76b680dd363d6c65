"""Items read, and their pages rendered while each is in memory, on every core; then what only all of them tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from divan.builder.catalogue import Reading
from divan.builder.outlook import Work
from divan.builder.output import PLACE, Staging
from divan.builder.rendering import Renderer
from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.workers import WORTH_A_WORKER, shared_out


def read_items(
    work: Work, renderer: Renderer, reading: Reading, items: Sequence[Any]
) -> tuple[list[Any], list[Problem]]:
    """The values to put away of these items, whose pages are staged, or the faults that any of them has."""
    if len(items) > WORTH_A_WORKER:
        renderer.load_all()
    try:
        shares = shared_out(items, lambda share: _read_share(work, renderer, reading, share), work.seen.settings.work)
    except ProblemsFound as found:
        return [], list(found.problems)
    for _, staged in shares:
        work.staging.merge(*staged)
    return [value for told, _ in shares for value in told], []


def _read_share(work: Work, renderer: Renderer, reading: Reading, share: Sequence[Any]) -> Any:
    staging = Staging(work.staging.folder, work.published)
    problems: list[Problem] = []
    values = []
    for item in share:
        try:
            value, pages = reading.read(item)
        except ProblemsFound as found:
            problems += found.problems
            continue
        values.append(value)
        for page in pages if not problems else ():
            content = renderer.render(page)
            (staging.hold if PLACE in content else staging.add)(page.path, reading.key, content)
    stop_if(problems)
    return values, staging.plain()


def complete(work: Work, renderer: Renderer, reading: Reading) -> None:
    """Fill the place that pages of the items just read leave for others."""
    held, work.staging.held = work.staging.held, {}

    def fill(share: Sequence[str]) -> Any:
        staging = Staging(work.staging.folder, work.published)
        told = []
        for path in share:
            rest = reading.rest(path)
            staging.complete(path, held[path], renderer.render(rest[1]) if rest else b"")
            told += [rest[0]] if rest else []
        return told, staging.plain()

    for told, staged in shared_out(sorted(held), fill, work.seen.settings.work):
        work.staging.merge(*staged)
        reading.settle(told)
