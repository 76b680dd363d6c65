"""A template that cannot be read, or that stops, is a fault with its file and its line, for the check and the build."""

from __future__ import annotations

from pathlib import Path

import pytest

from divan.forum.withdrawing import withdraw
from divan.site.build import HeldBack
from divan.site.furniture import template_problems
from tests import small_forum as forum

HOME = "theme/templates/home.html"
UNREADABLE = {
    "a tag left open": "{% if %}",
    "a filter that is not there": "{{ 1|rien }}",
    "a template that is not there": '{% include "rien.html" %}',
}
STOPPING = {"a word that nobody gives": "{{ rien.du.tout }}", "a sum of two kinds": '{{ 1 + "a" }}'}


def harm(root: Path, text: str) -> int:
    """Write this in the home page's template; its line."""
    file = root / HOME
    block = "{% block content %}"
    harmed = file.read_text(encoding="utf-8").replace(block, f"{block}\n{text}", 1)
    file.write_text(harmed, encoding="utf-8")
    return harmed.splitlines().index(text) + 1


@pytest.mark.parametrize("name", UNREADABLE)
def test_the_check_reads_every_template(name: str, tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path)
    assert template_problems(root) == []
    line = harm(root, UNREADABLE[name])
    (problem,) = template_problems(root)
    assert problem.path == HOME and problem.line in (line, None)


@pytest.mark.parametrize("name", {**UNREADABLE, **STOPPING})
def test_the_build_says_where_and_a_removal_does_not_wait(name: str, tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path)
    forum.settle(root)
    harm(root, {**UNREADABLE, **STOPPING}[name])
    for path, text in withdraw(root, "2026-02-01-aaaa").changes.items():
        (root / path).write_text(str(text), encoding="utf-8") if text is not None else (root / path).unlink()
    with pytest.raises(HeldBack) as found:
        forum.settle(root)
    assert [problem.path for problem in found.value.problems] == [HOME]
    assert found.value.published
    page = (root / "output/cas/2026-02-01-aaaa/index.html").read_text(encoding="utf-8")
    assert "Titre de 2026-02-01-aaaa" not in page
    assert "2026-02-01-aaaa" not in (root / "output/index.html").read_text(encoding="utf-8")


def test_every_fault_is_told_at_once_though_one_hides_the_others(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path)
    forum.settle(root)
    forum.write(root, "content/hashtags.yaml", "- name: [\n")
    forum.write(root, "content/topics/2026/bonjour.md", "Rien.\n")
    forum.reply(root, "2026-02-02-aaaa", "2026-04-20-cccc", text="Appelez le 06 39 98 11 22.")
    forum.write(root, "content/pages/sans-titre.md", "Bonjour.\n")
    with pytest.raises(HeldBack) as found:
        forum.settle(root)
    assert {problem.path for problem in found.value.problems} == {
        "content/hashtags.yaml", "content/topics/2026/bonjour.md", "content/pages/sans-titre.md",
        "content/replies/2026-02-02-aaaa/2026-04-20-cccc.md",
    }  # fmt: skip
    assert found.value.published
