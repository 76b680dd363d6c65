"""A piece of page that is the same on many is rendered once a build, and once for all depths."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from divan.builder import fragments
from divan.builder.fragments import Fragments


class Block:
    """What a template would render; ``times`` it was asked to."""

    times = 0

    def __call__(self, root: str = "") -> Markup:
        self.times += 1
        return Markup('<a href="{}cas/">{}</a>').format(Markup(root), self.times)


def test_the_same_words_are_rendered_once_and_others_again() -> None:
    block, known = Block(), Fragments()
    shown = [
        known.here("card", 1, caller=block),
        known.here("card", 1, caller=block),
        known.here("card", 2, caller=block),
    ]
    assert shown == ['<a href="cas/">1</a>', '<a href="cas/">1</a>', '<a href="cas/">2</a>']


def test_once_for_all_depths_with_the_links_of_each() -> None:
    block, known = Block(), Fragments()
    shown = [known.anywhere(root, "card", caller=block) for root in ("", "../", "../../")]
    assert shown == ['<a href="cas/">1</a>', '<a href="../cas/">1</a>', '<a href="../../cas/">1</a>']


def test_what_a_worker_rendered_is_known_to_the_others_once() -> None:
    worker, other, block = Fragments(), Fragments(), Block()
    worker.here("a", None, caller=block)
    worker.here(("no", "plain value"), caller=block)
    taken = worker.take()
    assert taken == [(("a", None), '<a href="cas/">1</a>')]
    assert worker.take() == []
    other.learn(taken)
    assert (other.here("a", None, caller=block), block.times) == ('<a href="cas/">1</a>', 2)


def test_memory_stays_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fragments, "MOST", 2)
    block, known = Block(), Fragments()
    for word in "ab":
        known.here(word, caller=block)
    assert known.here("a", caller=block) == '<a href="cas/">1</a>'
    known.here("c", caller=block)
    assert known.here("a", caller=block) == '<a href="cas/">4</a>'
    assert {words for words, _ in known.take()} == {("c",), ("a",)}
