"""Pieces of pages that are the same on many: rendered once a build, and sentences that never change, once a template.

In a template, ``{% call once("header", root, page.section) %}...{% endcall %}`` renders its block once for each value
of its words: the block may use nothing else that changes from page to page. ``{% call(root) anywhere(root, "card",
row) %}`` does so whatever the page's depth, when the block only puts ``root`` before its links.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Hashable

from jinja2 import Environment
from jinja2.ext import Extension
from markupsafe import Markup

_ROOT = "\ue000"  # un caractère à usage privé, que rien n'écrit
MOST = 50_000  # fragments kept; beyond, forget all: memory stays within bounds
_SENTENCE = re.compile(r"""\{\{ *_\(("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\) *\}\}""")


class Fragments:
    """The blocks that one environment has rendered."""

    def __init__(self) -> None:
        self._known: dict[tuple[Hashable, ...], Markup] = {}

    def here(self, *words: Hashable, caller: Callable[[], Markup]) -> Markup:
        """The block, rendered the first time only: the global ``once``."""
        found = self._known.get(words)
        return self._keep(words, caller()) if found is None else found

    def anywhere(self, root: str, *words: Hashable, caller: Callable[[str], Markup]) -> Markup:
        """The block, rendered once for all depths of the site: it is given the prefix of its links, ``root``."""
        found = self._known.get(words)
        if found is None:
            found = self._keep(words, caller(_ROOT))
        return Markup(found.replace(_ROOT, root))  # noqa: S704 - déjà échappé, et « ../ » n'a rien à échapper

    def _keep(self, words: tuple[Hashable, ...], fragment: Markup) -> Markup:
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[words] = fragment
        return fragment


class ConstantSentences(Extension):
    """Translates ``{{ _("...") }}`` when a template is compiled rather than each time a page is rendered."""

    gettext: Callable[[str], str] | None = None

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template with its plain sentences in place."""
        return _SENTENCE.sub(self._sentence, source) if self.gettext else source

    def _sentence(self, match: re.Match[str]) -> str:
        assert self.gettext  # noqa: S101 - preprocess l'a vu
        text = self.gettext(ast.literal_eval(match[1])) % {}
        return match[0] if "{" in text else text


def translate_constants(env: Environment, gettext: Callable[[str], str]) -> None:
    """Have ``env`` translate plain sentences with ``gettext`` as it compiles templates."""
    env.add_extension(ConstantSentences)
    env.extensions[ConstantSentences.identifier].gettext = gettext  # type: ignore[attr-defined]
