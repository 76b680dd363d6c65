"""A whole pull request on each forge: branch pushed, request opened, checks waited for, merged, and said published."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from divan.desk.configuration import TOKEN
from tests.desk.moderating import sign_in
from tests.desk.whole_forge import WholeForge, whole_forge
from tests.proposals.sending import Opened, git, opened

ADDRESSES = {"github": "https://github.com/group/forum", "forgejo": "https://codeberg.org/group/forum",
             "gitlab": "https://gitlab.com/group/sub/forum"}  # fmt: skip
Both = tuple[Opened, WholeForge]


@pytest.fixture(params=ADDRESSES)
def both(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Both]:
    monkeypatch.setenv(TOKEN, "jeton")
    kind = request.param
    bare = tmp_path / "forum.git"
    with whole_forge(kind, bare) as forge:
        publishing = {"remote": f"file://{bare}", "api": forge.url, "rebuild": False}
        settings = {"FORGE": kind, "REPOSITORY_URL": ADDRESSES[kind], "PUBLISHING": publishing}
        with opened(tmp_path, f"sqlite:///{tmp_path}/a.sqlite", **settings) as forum:
            yield forum, forge
        assert forge.wrong == []


def accepted(forum: Opened) -> str:
    receipt = forum.send()
    sign_in(forum).press(forum.desk.queue.waiting()[0].uid, "publish")
    return receipt


def later(forum: Opened) -> int:
    return replace(forum.desk.publisher, clock=lambda: 4_000_000_000.0).run()


def test_asked_waited_for_merged_and_published(both: Both) -> None:
    forum, forge = both
    forge.checks = "running"
    receipt = accepted(forum)
    assert forum.desk.publisher.run() == 0
    (asked,) = forge.requests
    assert git(forum.bare, "branch", "--list", "proposals/*").strip() == asked.branch
    assert forum.follow(receipt)["state"] == "reading"
    assert "en attente des vérifications" in sign_in(forum, "B").client.get("/desk/").text
    forge.checks = "green"
    assert later(forum) == 1
    assert len(forge.requests) == 1  # the one that was open, not another
    assert forum.follow(receipt)["state"] == "published"
    merge, own = git(forum.bare, "log", "-2", "--topo-order", "--format=%p|%an|%cn", "main").splitlines()
    assert len(merge.partition("|")[0].split()) == 2 and own.endswith("|hirondelle|Le forum")


def test_red_checks_keep_it_and_are_said(both: Both) -> None:
    forum, forge = both
    forge.checks = "red"
    receipt = accepted(forum)
    assert forum.desk.publisher.run() == later(forum) == 0
    assert "ont échoué" in sign_in(forum, "B").client.get("/desk/").text
    assert forum.follow(receipt)["state"] == "reading"


def test_merged_by_hand_on_the_forge_it_is_published_once(both: Both) -> None:
    forum, forge = both
    forge.checks = "running"
    receipt = accepted(forum)
    forum.desk.publisher.run()
    assert forge._merge(1, forge.requests[0].head)[0] == 200
    tip = git(forum.bare, "rev-parse", "main")
    assert later(forum) == 1
    assert forum.follow(receipt)["state"] == "published"
    assert git(forum.bare, "rev-parse", "main") == tip


def test_a_forge_that_was_down_is_asked_again(both: Both) -> None:
    forum, forge = both
    forge.down = True
    receipt = accepted(forum)
    assert forum.desk.publisher.run() == 0
    assert "surchargée ou en panne" in sign_in(forum, "B").client.get("/desk/").text
    forge.down = False
    assert later(forum) == 1
    assert forum.follow(receipt)["state"] == "published"


def test_a_group_without_checks_is_merged_after_a_while(both: Both) -> None:
    forum, forge = both
    forge.checks = "none"
    accepted(forum)
    assert forum.desk.publisher.run() == 0  # none yet is not none
    assert later(forum) == 1
