"""From a page to its bytes, and which pages have to be rendered at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, Template, TemplateError

from divan.builder.digest import digest_of
from divan.builder.fragments import Fragments
from divan.builder.inputs import Code, Inputs
from divan.builder.page import File, Page, root_of
from divan.builder.settings import Settings
from divan.builder.template_faults import rendering_fault, syntax_faults
from divan.builder.templates import compile_quickly, digest_of_uses, uses_of_templates
from divan.sources.problem import ProblemsFound


@dataclass(frozen=True)
class Furniture:
    """What templates may call and say, beside the builder's own words.

    ``facts`` is what they know as ``site``; ``words`` gives their sentences, read from ``files``; ``code`` says where
    what makes pages stands; ``finish`` is what is done to a page once it is rendered.
    """

    facts: Any
    filters: Mapping[str, Callable[..., Any]]
    functions: Mapping[str, Callable[..., Any]]
    words: Callable[[], NullTranslations]
    code: Code
    files: tuple[Path, ...] = ()
    finish: Callable[[str], str] = str


def environment(settings: Settings) -> Environment:
    """Jinja as Pelican would set it up from the same settings, without Pelican."""
    loader = FileSystemLoader([str(folder) for folder in settings.template_folders])
    env = Environment(loader=loader, **(settings.get("JINJA_ENVIRONMENT") or {}))  # noqa: S701 - furnish s'en charge
    env.filters.update(settings.get("JINJA_FILTERS") or {})
    env.globals.update(settings.get("JINJA_GLOBALS") or {})
    env.tests.update(settings.get("JINJA_TESTS") or {})
    return env


def furnish(env: Environment, settings: Settings, inputs: Inputs, furniture: Furniture) -> Fragments:
    """Give an environment, ours or one of Pelican's, what the theme's templates call; return its shared blocks."""
    env.autoescape = True
    env.filters.update(furniture.filters)
    fragments, words = Fragments(), furniture.words()
    env.globals.update(furniture.functions)
    env.globals["site"] = furniture.facts
    env.globals["asset"] = inputs.assets.__getitem__
    env.globals["once"], env.globals["anywhere"] = fragments.here, fragments.anywhere
    env.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    compile_quickly(env, words.gettext)
    env.bytecode_cache = FileSystemBytecodeCache(str(_compiled(settings.work, inputs.digests["rendering"])))
    return fragments


def _compiled(work: Path, rendering: bytes) -> Path:
    """Folder of compiled templates; they hold translated sentences, so another way to render has another folder."""
    folder = work / f"templates-{rendering.hex()}"
    if not folder.is_dir():
        for old in work.glob("templates-*"):
            shutil.rmtree(old, ignore_errors=True)
        folder.mkdir(parents=True)
    return folder


class Renderer:
    """Renders pages with one environment; ``uses`` says what each template depends on, ``looks`` the digest of that."""

    def __init__(
        self,
        env: Environment,
        settings: Settings,
        inputs: Inputs,
        furniture: Furniture,
        uses: Mapping[str, tuple[str, ...]] | None,
    ) -> None:
        self.fragments = furnish(env, settings, inputs, furniture)
        self._env = env
        self._templates: dict[str, Template] = {}
        self._settings, self._finish = settings, furniture.finish
        self.uses = uses or self._read_templates()
        rendering = inputs.digests["rendering"]
        self.looks = {
            name: digest_of(rendering, digest_of_uses(named, inputs.templates, furniture.facts, inputs.assets))
            for name, named in self.uses.items()
        }

    def look(self, template: str) -> bytes:
        """Digest of all that a template makes pages with, apart from their own context."""
        return self.looks.get(template, b"")

    def key(self, page: Page | File) -> bytes:
        """Digest of all that a page is made of."""
        return digest_of(page.digest(), self.look(page.template) if isinstance(page, Page) else b"")

    def render(self, page: Page | File) -> bytes:
        """The bytes of a page."""
        if isinstance(page, File):
            return page.source.read_bytes()
        context = {**self._env.globals, "root": root_of(page.url), "page": page, **page.context}
        try:
            template = self._template(page.template)
            try:
                return self._finish(
                    "".join(template.root_render_func(template.new_context(context, shared=True)))
                ).encode()
            except Exception:
                self._env.handle_exception()  # montre la ligne du gabarit
        except Exception as error:
            raise ProblemsFound([rendering_fault(self._settings, page.template, error)]) from error

    def load_all(self) -> None:
        """Compile every template now, once, rather than in each of the processes that are about to share the work."""
        for name in self.uses:
            with suppress(TemplateError, UnicodeDecodeError):  # une page qui l'emploie le dira
                self._template(name)

    def _template(self, name: str) -> Template:
        template = self._templates.get(name)
        if template is None:
            template = self._templates[name] = self._env.get_template(name)
        return template

    def _read_templates(self) -> dict[str, tuple[str, ...]]:
        """What each template depends on; raises ProblemsFound with all that is wrong with any of them."""
        try:
            return uses_of_templates(self._env, self._settings.template_folders)
        except (TemplateError, UnicodeDecodeError):
            raise ProblemsFound(syntax_faults(self._env, self._settings)) from None
