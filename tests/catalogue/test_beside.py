"""What stands beside a thread: before, after, and on the same theme; a new thread changes few pages, a reply none."""

import re
from pathlib import Path

import pytest

from tests import small_forum as forum

THREADS = {  # id: hashtags, from the oldest
    "2026-02-01-caaa": ["toux", "hta"],
    "2026-02-02-cbbb": ["toux"],
    "2026-02-03-cccc": ["toux"],
    "2026-02-04-cddd": ["toux", "deuil"],
    "2026-02-05-ceee": ["toux", "hta"],
    "2026-02-06-cfff": ["toux", "deuil"],
    "2026-02-07-cggg": ["sommeil"],
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = forum.make_forum(tmp_path, git=False)
    for folder in ("cases", "topics", "replies"):
        for file in (root / "content" / folder).rglob("*.md"):
            file.unlink()
    for thread, tags in THREADS.items():
        forum.case(root, thread, tags=tags)
    return root


def beside(root: Path, thread: str) -> tuple[str | None, str | None, list[str]]:
    """The thread before, the one after, those on the same theme, by the last letter of their ids."""
    page = (root / f"output/cas/{thread}/index.html").read_text(encoding="utf-8")
    (nav,) = re.findall(r'<nav class="beside".*?</nav>', page, re.DOTALL)
    around = {rel: url[-2] for rel, url in re.findall(r'rel="(prev|next)" href="([^"]+)"', nav)}
    related = re.findall(r'<li><a href="\.\./\.\./cas/[^"]+(.)/"', nav)
    return around.get("prev"), around.get("next"), related


def pages_of(root: Path) -> dict[str, bytes]:
    return {path: page for path, page in forum.site_of(root).items() if re.match(r"cas/20.*/index\.html", path)}


def test_before_and_after_in_the_list_of_cases(root: Path) -> None:
    forum.settle(root)
    assert beside(root, "2026-02-01-caaa")[:2] == (None, "b")
    assert beside(root, "2026-02-04-cddd")[:2] == ("c", "e")
    assert beside(root, "2026-02-07-cggg")[:2] == ("f", None)


def test_a_rare_hashtag_weighs_more_then_the_nearest_comes_first(root: Path) -> None:
    forum.settle(root)
    # f partage deuil avec d (2 fils) et toux avec tous (6) : d d'abord, puis les plus proches
    assert beside(root, "2026-02-06-cfff")[2] == ["d", "e", "c", "b"]
    assert beside(root, "2026-02-01-caaa")[2] == ["e", "b", "c", "d"]
    assert beside(root, "2026-02-07-cggg")[2] == []


def test_what_gives_an_answer_away_brings_nothing_together(root: Path) -> None:
    file = root / "content/cases/2026/2026-02-07-cggg.md"
    text = file.read_text(encoding="utf-8").replace("specialty:", "reveals: [deuil]\nspecialty:", 1)
    file.write_text(text, encoding="utf-8")
    forum.settle(root)
    assert beside(root, "2026-02-07-cggg")[2] == []
    assert "g" not in beside(root, "2026-02-06-cfff")[2]


def test_a_reply_changes_no_other_page(root: Path) -> None:
    forum.settle(root)
    before = pages_of(root)
    forum.reply(root, "2026-02-04-cddd", "2026-03-01-raaa")
    forum.settle(root)
    assert forum.differences(before, pages_of(root)) == ["cas/2026-02-04-cddd/index.html"]


def test_a_title_changes_on_the_pages_that_show_it(root: Path) -> None:
    forum.settle(root)
    forum.case(root, "2026-02-04-cddd", tags=["toux", "deuil"], title="Un tout autre titre")
    forum.settle(root)
    pages = pages_of(root)
    showing = {path for path, page in pages.items() if b"Un tout autre titre" in page}
    assert {path[-12] for path in showing} >= {"c", "d", "e", "f"}
    assert pages == {path: page for path, page in forum.from_nothing(root).items() if path in pages}


@pytest.mark.parametrize("change", ["new", "withdrawn", "members", "gone"])
def test_pages_around_a_thread_that_comes_or_goes_are_what_a_whole_build_makes(change: str, root: Path) -> None:
    forum.settle(root)
    thread = "2026-02-08-chhh" if change == "new" else "2026-02-04-cddd"
    if change == "gone":
        (root / f"content/cases/2026/{thread}.md").unlink()
    else:
        state = {"withdrawn": {"status": "withdrawn"}, "members": {"visibility": "members"}}.get(change, {})
        forum.case(root, thread, tags=["toux", "deuil"], **state)
    forum.settle(root)
    assert forum.differences(forum.site_of(root), forum.from_nothing(root)) == []


def test_a_new_thread_touches_the_pages_of_its_neighbours_alone(root: Path) -> None:
    for number in range(60):
        forum.case(root, f"2026-01-{1 + number % 28:02}-{234 + number // 28}q", tags=["toux"], title="Un titre")
    forum.settle(root)
    before = pages_of(root)
    forum.case(root, "2026-02-09-ciii", tags=["toux"])
    forum.settle(root)
    changed = forum.differences(before, pages_of(root))
    assert len(changed) <= 8, changed
