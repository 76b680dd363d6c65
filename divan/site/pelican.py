"""Divan inside Pelican: Pelican reads pages, static files and other plugins, and the forum is one generator more.

Pelican writes into a folder of its own, so that what it makes is published like the rest: only what changed, each page
at once. ``pelican -s pelicanconf.py`` (by PELICAN_CLASS) begins a build here; ``divan build`` hands its own over in the
settings, under STEPS.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from pelican import Pelican, signals
from pelican.contents import Page as PelicanPage
from pelican.generators import Generator, PagesGenerator
from pelican.log import LimitFilter, console
from pelican.settings import DEFAULT_THEME, read_settings
from pelican.writers import Writer

from divan.builder.outlook import Work, begin
from divan.builder.page import root_of
from divan.builder.rendering import furnish
from divan.builder.settings import make_settings
from divan.builder.steps import Read, Rendered, adopt, read, render
from divan.forum.body import boxed, unbreakable
from divan.images.placing import sized
from divan.site.build import look_at
from divan.site.publishing import Built, publish_audited
from divan.sources.problem import Problem, ProblemsFound, stop_if

STEPS = "DIVAN_STEPS"
_RUNTIME = (STEPS, "PELICAN_CLASS")
_SECTIONS = (("guides/", "guides"),)


@dataclass
class Steps:
    """How far the build has come while Pelican runs: each step's result, as Pelican calls for it."""

    work: Work
    read: Read | None = None
    rendered: Rendered | None = None
    adopted: frozenset[str] = frozenset()

    def begin_reading(self, env: Environment) -> Read:
        """Read the threads that changed."""
        self.read = read(self.work, env)
        return self.read

    def go_on(self) -> None:
        """Take what Pelican has written by now, render the rest."""
        assert self.read  # noqa: S101 - Pelican lit avant d'écrire
        self.adopted = adopt(self.work)
        self.rendered = render(self.work, self.read, self.adopted)

    def end(self) -> Built:
        """Take what plugins of Pelican wrote last, and publish."""
        assert self.read and self.rendered  # noqa: S101 - Pelican écrit avant d'en finir
        self.adopted = adopt(self.work, self.adopted)
        return publish_audited(self.work, self.read, self.rendered, self.adopted)


def run_pelican(work: Work) -> Built:
    """Run Pelican for a build that has begun; its warnings are faults."""
    known, steps = work.seen.settings, Steps(work)
    places = {"PATH": known.content, "OUTPUT_PATH": work.pelican_output, "THEME": known.themes[-1],
              "CACHE_PATH": known.work}  # fmt: skip
    settings = read_settings(override={**known.raw, **{name: str(place) for name, place in places.items()}})
    console.quiet, before = True, console.quiet
    try:
        with _warnings_are_faults():
            ForumSite({**settings, STEPS: steps}).run()
    finally:
        console.quiet = before
    return steps.end()


class ForumSite(Pelican):  # type: ignore[misc]
    """Pelican, publishing as Divan does."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._alone = STEPS not in settings
        if self._alone:
            raw = {name: value for name, value in settings.items() if name not in _RUNTIME and value != DEFAULT_THEME}
            sys.path.insert(0, str(Path(settings["PATH"]).resolve().parent))
            known = make_settings(Path(settings["PATH"]).resolve().parent, raw)
            settings[STEPS] = Steps(begin(look_at(known)))
        steps: Steps = settings[STEPS]
        known = steps.work.seen.settings
        settings["OUTPUT_PATH"] = str(steps.work.pelican_output)
        settings["THEME"] = str(known.themes[-1])
        settings["THEME_TEMPLATES_OVERRIDES"] = [str(folder) for folder in known.template_folders[:-1]]
        register()
        super().__init__(settings)

    def run(self) -> None:
        """Build, then publish, once all plugins have had their say, what no ``divan build`` will."""
        super().run()
        if self._alone:
            stop_if(self.settings[STEPS].end().leaks)


class ForumGenerator(Generator):  # type: ignore[misc]
    """Puts the forum among Pelican's generators."""

    def generate_context(self) -> None:
        """Read the threads that changed; ``threads`` is what other plugins may use."""
        found = self.settings[STEPS].begin_reading(self.env)
        self.context["threads"] = list(found.reading.rows.all())

    def generate_output(self, writer: Writer) -> None:
        """Render what changed."""
        self.settings[STEPS].go_on()


class SiteWriter(Writer):  # type: ignore[misc]
    """Gives every page that Pelican writes the prefix of its links."""

    def write_file(self, name: str, template: Any, context: Any, *args: Any, **words: Any) -> None:
        """As Pelican's, with ``root`` for the theme."""
        super().write_file(name, template, context, *args, **{"root": root_of(name or ""), **words})


def _furnish(generator: Generator) -> None:
    seen = generator.settings[STEPS].work.seen
    furnish(generator.env, seen.settings, seen.inputs, seen.furniture)


def _describe(generator: PagesGenerator, content: PelicanPage) -> None:
    """What the theme's page.html is given, beside Pelican's own ``page``."""
    content.section = next((section for start, section in _SECTIONS if content.url.startswith(start)), "")
    content.description = Markup(content.metadata.get("summary", "")).striptags()  # noqa: S704
    content.feed_url, content.noindex = "", content.status == "hidden"
    root = generator.settings[STEPS].work.seen.settings.root
    generator.context["content"] = unbreakable(boxed(sized(content.content, root)))
    generator.context["toc"] = ""


@contextmanager
def _warnings_are_faults() -> Iterator[None]:
    found: list[Problem] = []

    class Gather(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(Problem("pelican", None, record.getMessage()))

    LimitFilter._raised_messages.clear()  # sinon Pelican ne redit pas ce qu'une construction d'avant a déjà dit
    handler, logger = Gather(logging.WARNING), logging.getLogger()
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
    if found:
        raise ProblemsFound(found)


def register() -> None:
    """Take part in Pelican's build."""
    signals.generator_init.connect(_furnish)
    signals.get_generators.connect(_generators)
    signals.get_writer.connect(_writer)
    signals.page_generator_write_page.connect(_describe)


def _generators(pelican: Pelican) -> type[Generator]:
    return ForumGenerator


def _writer(pelican: Pelican) -> type[Writer]:
    return SiteWriter
