"""Pieces of pages that are the same on many: rendered once a build, and sentences that never change, once a template.

In a template, ``{% call once("header", root, page.section) %}...{% endcall %}`` renders its block once for each value
of its words: the block may use nothing else that changes from page to page.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Hashable

from jinja2 import Environment
from jinja2.ext import Extension
from markupsafe import Markup

MOST = 50_000  # fragments kept; beyond, forget all: memory stays within bounds
_SENTENCE = re.compile(r"""\{\{ *_\(("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\) *\}\}""")


class Once:
    """The global ``once`` of one environment."""

    def __init__(self) -> None:
        self._known: dict[tuple[Hashable, ...], Markup] = {}

    def __call__(self, *words: Hashable, caller: Callable[[], Markup]) -> Markup:
        """The block, rendered the first time only."""
        found = self._known.get(words)
        if found is None:
            if len(self._known) >= MOST:
                self._known.clear()
            found = self._known[words] = caller()
        return found


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
