"""Divan inside Pelican: Pelican reads pages, static files and other plugins, and the forum is one generator more.

Pelican writes into a folder of its own, so that what it makes is published like the rest: only what changed, each page
at once. ``pelican -s pelicanconf.py`` (by PELICAN_CLASS) begins a build here; ``divan build`` hands its own over in the
settings, under RUN.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pelican import Pelican, signals
from pelican.contents import Page as PelicanPage
from pelican.generators import Generator, PagesGenerator
from pelican.log import console
from pelican.settings import read_settings
from pelican.writers import Writer

from divan.builder.build import Run
from divan.builder.page import root_of
from divan.builder.settings import make_settings
from divan.builder.templates import furnish
from divan.sources.problem import Problem, ProblemsFound

RUN = "DIVAN_RUN"
_RUNTIME = (RUN, "PELICAN_CLASS")
_SECTIONS = (("guides/", "guides"),)


def run_pelican(run: Run) -> None:
    """Run Pelican for a build that ``divan build`` has begun; its warnings are faults."""
    known = run.settings
    places = {"PATH": known.content, "OUTPUT_PATH": run.pelican_output, "THEME": known.theme, "CACHE_PATH": known.work}
    settings = read_settings(override={**known.raw, **{name: str(place) for name, place in places.items()}, RUN: run})
    console.quiet, before = True, console.quiet
    try:
        with _warnings_are_faults():
            ForumSite(settings).run()
    finally:
        console.quiet = before


class ForumSite(Pelican):  # type: ignore[misc]
    """Pelican, publishing as Divan does."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._begun: Run | None = None
        if RUN not in settings:
            raw = {name: value for name, value in settings.items() if name not in _RUNTIME}
            self._begun = settings[RUN] = Run(make_settings(Path(settings["PATH"]).resolve().parent, raw))
            self._begun.stage()
            settings["OUTPUT_PATH"] = str(self._begun.pelican_output)
        register()
        super().__init__(settings)

    def run(self) -> None:
        """Build, then publish, once all plugins have had their say."""
        super().run()
        run: Run = self.settings[RUN]
        run.adopt()
        if self._begun:
            self._begun.publish()


class ForumGenerator(Generator):  # type: ignore[misc]
    """Puts the forum among Pelican's generators."""

    def generate_context(self) -> None:
        """Read the threads that changed; ``threads`` is what other plugins may use."""
        run: Run = self.settings[RUN]
        run.read(self.env)
        self.context["threads"] = list(run.rows.all())

    def generate_output(self, writer: Writer) -> None:
        """Render what changed."""
        run: Run = self.settings[RUN]
        run.adopt()
        run.render()


class SiteWriter(Writer):  # type: ignore[misc]
    """Gives every page that Pelican writes the prefix of its links."""

    def write_file(self, name: str, template: Any, context: Any, *args: Any, **words: Any) -> None:
        """As Pelican's, with ``root`` for the theme."""
        super().write_file(name, template, context, *args, **{"root": root_of(name or ""), **words})


def _furnish(generator: Generator) -> None:
    run: Run = generator.settings[RUN]
    furnish(generator.env, run.settings, run.inputs)


def _describe(generator: PagesGenerator, content: PelicanPage) -> None:
    """What the theme's page.html is given, beside Pelican's own ``page``."""
    content.section = next((section for start, section in _SECTIONS if content.url.startswith(start)), "")
    content.description = Markup(content.metadata.get("summary", "")).striptags()  # noqa: S704
    content.feed_url, content.noindex = "", content.status == "hidden"
    generator.context["content"] = content.content
    generator.context["toc"] = ""


@contextmanager
def _warnings_are_faults() -> Iterator[None]:
    found: list[Problem] = []

    class Gather(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(Problem("pelican", None, record.getMessage()))

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
