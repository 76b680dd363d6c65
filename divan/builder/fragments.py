"""Pieces of pages that are the same on many, rendered once a build.

In a template, ``{% call once("header", root, page.section) %}...{% endcall %}`` renders its block once for each value
of its words: the block may use nothing else that changes from page to page. ``{% call(root) anywhere(root, "card",
row) %}`` does so whatever the page's depth, when the block only puts ``root`` before its links; so may it put another
word that needs no escape, as a thread's id.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from markupsafe import Markup

_ROOT = "\ue000"  # un caractère à usage privé, que rien n'écrit
MOST = 15_000  # fragments kept; beyond, forget all: memory stays within bounds


class Fragments:
    """The blocks that one environment has rendered."""

    def __init__(self) -> None:
        self._known: dict[tuple[Hashable, ...], Markup] = {}
        self._fresh: list[tuple[Hashable, ...]] = []

    def take(self) -> list[tuple[tuple[Hashable, ...], str]]:
        """What was rendered since the last time, as far as plain values, which a worker can hand back, name it."""
        fresh, self._fresh = self._fresh, []
        return [(words, str(self._known[words])) for words in fresh if words in self._known]

    def learn(self, fresh: list[tuple[tuple[Hashable, ...], str]]) -> None:
        """Know what a worker has rendered."""
        self._known.update((words, Markup(fragment)) for words, fragment in fresh)  # noqa: S704 - rendu par nous

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
        if all(isinstance(word, (str, int, type(None))) for word in words):
            self._fresh.append(words)
        return fragment
