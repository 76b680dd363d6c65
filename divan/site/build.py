"""Build the site: ``build(root)``, or ``python -m divan.site.build`` at the root of a repository."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from importlib import import_module, invalidate_caches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from divan.builder.listing import ask
from divan.builder.settings import Settings, load_settings
from divan.forum.group import load_group
from divan.members.where import keyring_of
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.sealed import IDENTITY, identity_file
from divan.workers import alone, without_collecting

if TYPE_CHECKING:
    from divan.builder.outlook import Outlook
    from divan.site.publishing import Built


@dataclass(frozen=True)
class BuildReport:
    """What a build did: ``pages`` the site has, ``written`` files that changed, ``seconds`` it took."""

    pages: int
    written: int
    seconds: float

    def sentence(self) -> str:
        """« 412 pages, 3 récrites, 0,4 s »."""
        written = "aucune récrite" if not self.written else f"{self.written} récrite{'s' if self.written > 1 else ''}"
        seconds = f"{self.seconds:.1f}".replace(".", ",")
        return f"{self.pages} page{'s' if self.pages > 1 else ''}, {written}, {seconds} s"


def build(
    root: Path,
    *,
    settings_overrides: Mapping[str, Any] | None = None,
    full: bool = False,
    today: date | None = None,
) -> BuildReport:
    """Bring the output up to date with the sources; ``full`` forgets what earlier builds left.

    Raises ProblemsFound, with every fault of the content at once, after all that has no fault was published: what is
    faulty stays as it last was. The output stays as it was when nothing can be told apart, as with faulty settings.
    """
    started = time.perf_counter()
    settings = load_settings(root.resolve(), settings_overrides, today)
    given = keyring_of(settings).is_file()
    settings = replace(settings, raw={**settings.raw, "MEMBERS_SPACE": given})  # une première clé refait ce qu'il faut
    try:
        built = _build(settings, settings.root, full=full)
    except ProblemsFound as found:
        published, more = _publish_the_rest(settings, found)
        raise HeldBack([*found.problems, *more], published=published) from None
    if built.leaks:
        raise HeldBack(built.leaks, published=True)
    return BuildReport(built.pages, built.written, time.perf_counter() - started)


def build_editions(root: Path, overrides: Mapping[str, Any] | None = None, *, full: bool = False) -> str:
    """Build the site, with its members' space where keys were given; what was done, in a sentence.

    What is held back of one edition holds nothing of the other: it is raised at the end.
    """
    from divan.site.members_space import build_for_members

    said, held = [], []
    for make in (partial(_build_for_all, root, overrides, full=full),
                 partial(build_for_members, root, overrides, full=full)):  # fmt: skip
        try:
            said.append(make())
        except HeldBack as found:
            held.append(found)
    if held:
        problems = [problem for found in held for problem in found.problems]
        raise HeldBack(problems, published=all(found.published for found in held))
    return "\n".join(filter(None, said))


def _build_for_all(root: Path, overrides: Mapping[str, Any] | None, *, full: bool) -> str:
    said = build(root, settings_overrides=overrides, full=full).sentence()
    unread = load_group(root).sealed_for and not identity_file(root).is_file()
    return f"{said}\nLes messages chiffrés sont laissés de côté : {IDENTITY} manque." if unread else said


class HeldBack(ProblemsFound):
    """What is faulty was held back; ``published`` says whether all the rest is on the site."""

    def __init__(self, problems: Iterable[Problem], *, published: bool) -> None:
        super().__init__(problems)
        self.published = published


def _publish_the_rest(settings: Settings, found: ProblemsFound) -> tuple[bool, list[Problem]]:
    """Whether the rest could be published, the faults that these hid, and what the audit kept back."""
    from divan.site.holding_back import publish_the_rest

    places = {"OUTPUT_PATH": str(settings.output), "CACHE_PATH": str(settings.work.parent)}
    leaks: list[Problem] = []

    def build_beside(root: Path) -> None:
        leaks[:] = _build(Settings(root, {**settings.raw, **places}, settings.today), settings.root, full=False).leaks

    published, hidden = publish_the_rest(settings.root, found.problems, build_beside)
    return published, [*hidden, *leaks]


def _build(settings: Settings, home: Path, *, full: bool) -> Built:
    with alone(settings.work), without_collecting(), _importable(home):
        seen = look_at(settings, full=full)
        if not seen.nothing_to_do:
            return _carry_out(seen)
        from divan.site.publishing import look_again

        return look_again(seen)


@contextmanager
def _importable(root: Path) -> Iterator[None]:
    """A group's own plugins stand in its folder, beside the engine's (``plugins`` is a namespace) or alone."""
    place = str(root)
    added = place not in sys.path
    if added:
        sys.path.insert(0, place)
        invalidate_caches()
    try:
        yield
    finally:
        if added:
            sys.path.remove(place)


def look_at(settings: Settings, *, full: bool = False) -> Outlook:
    """What a build of this forum finds before it begins."""
    if not settings.content.is_dir():
        message, remedy = "le dossier de ce que les gens écrivent manque", "« divan init » en commence un"
        raise ProblemsFound([Problem(settings.content.name, None, message, remedy)])
    asked = ask(settings)
    from divan.builder.outlook import look  # se charge pendant que git regarde
    from divan.catalogue.thread_catalogue import ThreadCatalogue
    from divan.site.furniture import furniture

    return _judged(look(settings, ThreadCatalogue(), furniture(settings), asked, full=full))


def _judged(seen: Outlook) -> Outlook:
    """Sources that are no posts and that changed, all when the rules did, pass before the judge of ``divan check``."""
    from divan.forum.check import judge_files
    from divan.forum.published_results import of_the_same_reports

    paths = seen.paths if seen.same("reading") else seen.paths | seen.others.keys()
    files = {path for path in paths if path.startswith("content/") and path in seen.others}
    files.update(of_the_same_reports(seen.others, paths))
    problems = judge_files(seen.settings.root, sorted(files))
    if not problems:
        return seen
    return replace(seen, changed=replace(seen.changed, problems=(*seen.changed.problems, *problems)))


def _carry_out(seen: Outlook) -> Built:
    from divan.builder.outlook import begin
    from divan.builder.steps import read, render
    from divan.site.publishing import publish_audited

    work = begin(seen)
    with closing(work):
        refused = any(problem.path.startswith("content/pages/") for problem in seen.changed.problems)
        if seen.needs_pelican and not refused:  # Pelican s'arrêterait à la première faute
            from divan.site.pelican import run_pelican

            return run_pelican(work)
        for name in seen.settings.plugins:
            import_module(name).register()
        found = read(work)
        return publish_audited(work, found, render(work, found))


def main() -> int:
    """Build the repository of the current folder; ``--full`` from nothing, ``--ahead`` with forms not open yet."""
    ahead = {"FORMS_AHEAD": True} if "--ahead" in sys.argv[1:] else None
    try:
        print(build_editions(Path.cwd(), ahead, full="--full" in sys.argv[1:]))
    except ProblemsFound as found:
        print(found, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
