"""A post is judged once: again only when its own text, the kind of its thread, the rules or the names have changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from divan.forum import judge
from tests import small_forum as forum

CASE, TOPIC = "content/cases/2026/2026-02-01-aaaa.md", "content/topics/2026/2026-02-01-aaaa.md"
REPLIES = [f"content/replies/2026-02-01-aaaa/2026-04-{day}-cccc.md" for day in (11, 12)]


@pytest.fixture
def judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The paths of the posts whose identities are sought, once the small forum is built."""
    paths: list[str] = []
    sought = judge.identities

    def noted(path: str, *words: Any) -> Any:
        paths.append(path)
        return sought(path, *words)

    monkeypatch.setattr(judge, "identities", noted)
    forum.settle(forum.make_forum(tmp_path))
    assert {CASE, *REPLIES} <= {*paths}
    paths.clear()
    yield paths


def test_a_reply_is_judged_alone(tmp_path: Path, judged: list[str]) -> None:
    forum.reply(tmp_path, "2026-02-01-aaaa", "2026-04-20-dddd")
    forum.settle(tmp_path)
    assert judged == ["content/replies/2026-02-01-aaaa/2026-04-20-dddd.md"]


def test_what_only_changes_the_page_judges_nothing(tmp_path: Path, judged: list[str]) -> None:
    template = tmp_path / "theme/templates/thread.html"
    template.write_text(template.read_text(encoding="utf-8").replace("<article", "<article lang=fr"), encoding="utf-8")
    assert forum.settle(tmp_path).written
    assert not judged


def test_a_text_that_comes_back_is_judged_again(tmp_path: Path, judged: list[str]) -> None:
    before = (tmp_path / CASE).read_text(encoding="utf-8")
    for text in (before.replace("Question", "Question ", 1), before):
        (tmp_path / CASE).write_text(text, encoding="utf-8")
        forum.settle(tmp_path)
    assert judged == [CASE, CASE]


def test_under_another_kind_of_thread_other_rules_hold(tmp_path: Path, judged: list[str]) -> None:
    (tmp_path / CASE).unlink()
    forum.topic(tmp_path, "2026-02-01-aaaa")
    forum.settle(tmp_path)
    assert judged == [TOPIC, *REPLIES]


def test_the_groups_own_names_are_sought_everywhere(tmp_path: Path, judged: list[str]) -> None:
    forum.write(tmp_path, "content/names.yaml", "towns: [Trifouillis]\n")
    forum.settle(tmp_path)
    assert {CASE, *REPLIES} <= {*judged}
