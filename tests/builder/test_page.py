"""What plugins hand to the builder: addresses, what makes a page another, and whose each one is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from divan.builder.page import Description, File, Kept, Page, Part, path_of, receivers, root_of, site_pages
from divan.sources.problem import Problem, ProblemsFound

HOME = Page("", "home.html", {"n": 1})


@pytest.mark.parametrize(
    ("url", "path", "root"),
    [("", "index.html", ""), ("cas/", "cas/index.html", "../"), ("cas/x/", "cas/x/index.html", "../../"),
     ("atom.xml", "atom.xml", ""), ("mots/atom.xml", "mots/atom.xml", "../")],
)  # fmt: skip
def test_an_address_is_a_file_and_leads_back_to_the_root(url: str, path: str, root: str) -> None:
    assert (path_of(url), root_of(url), Page(url, "a.html", {}).path) == (path, root, path)


@pytest.mark.parametrize(
    "change",
    [{"url": "a/"}, {"template": "page.html"}, {"context": {"n": 2}}, {"context": {}}, {"title": "a"},
     {"description": "a"}, {"section": "a"}, {"feed_url": "a"}, {"noindex": True}],
)  # fmt: skip
def test_a_page_is_another_when_anything_that_it_shows_is(change: dict[str, Any]) -> None:
    assert replace(HOME, **change).digest() != HOME.digest() == replace(HOME).digest()


def test_a_file_is_another_when_its_content_is_not_when_it_lies_elsewhere() -> None:
    one = File("a.png", Path("here"), "blob")
    assert replace(one, source=Path("there")).digest() == one.digest() != replace(one, blob="other").digest()
    assert one.path == "a.png"


class Making:
    """A build in which only the list « moved » has changed."""

    def waits(self, part: Part) -> bool:
        return "moved" in part.lists

    def publishes(self, plugin: str) -> bool:
        return True


def described(*makers: Callable[[Any], Iterator[Any]], taken: tuple[str, ...] = ()) -> tuple[Description, list[str]]:
    description = Description()
    found = description.pages(Making(), makers, lambda path, part: path in taken)  # type: ignore[arg-type]
    return description, [page.path for page in found]


def test_each_page_belongs_to_its_plugin_or_to_its_part() -> None:
    def offered(site: Any) -> Iterator[Any]:
        yield HOME
        yield Part("cas/", ("moved",), lambda: iter([Page("cas/", "a.html", {}), Kept("cas/page/1/index.html")]))
        yield Part("mots/", ("still",), lambda: iter([Page("mots/", "a.html", {})]))

    description, made = described(offered)
    assert made == ["index.html", "cas/index.html"]
    assert description.part_of == {"index.html": __name__, "cas/index.html": "cas/"}
    assert description.kept == {"cas/page/1/index.html"}
    assert description.parts == {__name__, "cas/"}
    assert description.problems == []


def test_two_pages_of_one_address_are_told_and_so_is_one_that_is_taken() -> None:
    def offered(site: Any) -> Iterator[Any]:
        yield HOME
        yield HOME
        yield Page("charte/", "a.html", {})

    description, _ = described(offered, taken=("charte/index.html",))
    assert [problem.path for problem in description.problems] == ["index.html", "charte/index.html"]


def test_the_faults_of_a_plugin_leave_the_others_their_pages() -> None:
    def faulty(site: Any) -> Iterator[Any]:
        yield HOME
        raise ProblemsFound([Problem("content/a.yaml", 1, "une faute")])

    def sound(site: Any) -> Iterator[Any]:
        yield Page("cas/", "a.html", {})

    description, made = described(faulty, sound)
    assert made == ["index.html", "cas/index.html"]
    assert [problem.path for problem in description.problems] == ["content/a.yaml"]


def test_plugins_speak_in_the_order_of_the_settings() -> None:
    def one(site: Any) -> Iterator[Any]:
        yield HOME

    def other(site: Any) -> Iterator[Any]:
        yield HOME

    one.__module__, other.__module__ = "plugins.one_of_ours", "plugins.other.pages"
    with site_pages.connected_to(one), site_pages.connected_to(other):
        assert receivers(["plugins.other", "plugins.one_of_ours"]) == [other, one]
        assert receivers(["plugins.one"]) == []
