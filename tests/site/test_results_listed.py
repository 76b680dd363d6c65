"""Of ``content/results/`` the site publishes what « divan report » wrote, as ``report.json`` lists it by digest."""

from __future__ import annotations

from pathlib import Path

import pytest

from divan.forum.check import check_paths
from divan.site.build import HeldBack
from tests import small_forum as forum
from tests.places import HOUSE

FIGURE = '<svg xmlns="http://www.w3.org/2000/svg"><title>Un trait</title></svg>\n'


def test_nothing_else_is_copied_and_what_was_altered_stays_as_it_was(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path)
    forum.write(root, "content/results/aide/f1.svg", FIGURE)
    forum.seal(root, "aide")
    forum.commit(root)
    forum.settle(root)
    forum.write(root, "content/results/aide/f1.svg", FIGURE.replace("Un trait", "Un autre"))
    forum.write(root, "content/results/aide/evil.js", "alert(1)")
    forum.write(root, "content/results/aide/more.html", "<p>Bonjour</p>")
    forum.write(root, "content/results/aide/t9.csv", "a;b\n")
    with pytest.raises(HeldBack) as found:
        forum.settle(root)
    names = [f"content/results/aide/{name}" for name in ("evil.js", "f1.svg", "more.html", "t9.csv")]
    assert [problem.path for problem in found.value.problems] == names
    assert [problem.path for problem in check_paths(root)] == names
    published = {path.name for path in (root / "output/resultats/aide").iterdir()}
    assert published == {"index.html", "f1.svg", "report.json"}
    assert (root / "output/resultats/aide/f1.svg").read_text(encoding="utf-8") == FIGURE


def test_one_file_checked_alone_is_held_to_its_report(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path)
    page = root / "content/results/aide/index.md"
    assert check_paths(root, [page]) == []
    page.write_text(page.read_text(encoding="utf-8") + "<p>Un mot de plus.</p>\n", encoding="utf-8")
    assert [problem.path for problem in check_paths(root, [page])] == ["content/results/aide/index.md"]


def test_the_committed_reports_are_as_they_were_written() -> None:
    assert check_paths(HOUSE, [HOUSE / "content/results"]) == []
