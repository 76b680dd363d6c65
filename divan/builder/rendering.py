"""From a page to its bytes, and which pages have to be rendered at all."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import Environment, Template

from divan.builder.digest import digest_of
from divan.builder.inputs import Inputs
from divan.builder.page import File, Page, root_of
from divan.builder.settings import Settings
from divan.builder.templates import digest_of_uses, furnish, site_facts, uses_of_templates


class Renderer:
    """Renders pages with one environment; ``uses`` says what each template depends on, ``looks`` the digest of that."""

    def __init__(
        self, env: Environment, settings: Settings, inputs: Inputs, uses: Mapping[str, tuple[str, ...]] | None
    ) -> None:
        self.fragments = furnish(env, settings, inputs)
        self._env = env
        self._templates: dict[str, Template] = {}
        self.uses = uses or uses_of_templates(env, settings.template_folders)
        site = site_facts(settings)
        rendering = inputs.digests["rendering"]
        self.looks = {
            name: digest_of(rendering, digest_of_uses(named, inputs.templates, site, inputs.assets))
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
        template = self._templates.get(page.template)
        if template is None:
            template = self._templates[page.template] = self._env.get_template(page.template)
        context = {**self._env.globals, "root": root_of(page.url), "page": page, **page.context}
        try:
            return "".join(template.root_render_func(template.new_context(context, shared=True))).encode()
        except Exception:
            self._env.handle_exception()  # montre la ligne du gabarit
