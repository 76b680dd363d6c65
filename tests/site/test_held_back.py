"""A thread with a fault is held back alone: its last good page stays, the rest is published, and the build says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from divan.forum.check import check_paths
from divan.site.build import HeldBack
from tests import small_forum as forum

THREAD = "2026-02-02-aaaa"
PAGE = f"cas/{THREAD}/index.html"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = forum.make_forum(tmp_path / "forum")
    forum.reply(made, THREAD, "2026-04-01-zzzz", text="Une réponse de trop.")
    forum.settle(made)
    return made


def faults(root: Path) -> set[str]:
    with pytest.raises(HeldBack) as found:
        forum.settle(root)
    return {problem.path for problem in found.value.problems}


@pytest.mark.parametrize(
    "text",
    ["Appelez-la au 06 39 98 12 34.", "Voir [ce fil](../../cases/2026/2026-09-09-zzzz.md).", "| a |\n|---|\n| 1 | 2 |"],
)
def test_what_check_refuses_is_held_back_alone_until_it_is_mended(root: Path, text: str) -> None:
    before = forum.site_of(root)
    path = f"content/replies/{THREAD}/2026-04-26-bbbb.md"
    forum.reply(root, THREAD, "2026-04-26-bbbb", text=text)
    forum.case(root, "2026-05-01-dddd", tags=["toux"], title="Un fil sans faute")
    assert {problem.path for problem in check_paths(root, [root / path])} == {path}
    assert faults(root) == {path}
    after = forum.site_of(root)
    assert after[PAGE] == before[PAGE]
    assert "cas/2026-05-01-dddd/index.html" in after
    assert faults(root) == {path}, "un fil retenu est redit à chaque construction"
    forum.reply(root, THREAD, "2026-04-26-bbbb", text="Une réponse bonne.")
    forum.settle(root)
    assert "Une réponse bonne." in forum.site_of(root)[PAGE].decode()
    assert forum.differences(forum.site_of(root), forum.from_nothing(root)) == []


def test_a_removal_does_not_wait_for_another_fault_of_the_thread(root: Path) -> None:
    forum.reply(root, THREAD, "2026-04-26-bbbb", text="Appelez-la au 06 39 98 12 34.")
    forum.write(root, "content/cases/2026/2026-05-01-dddd.md", "rien de lisible")
    (root / f"content/replies/{THREAD}/2026-04-01-zzzz.md").unlink()
    assert len(faults(root)) == 2
    page = forum.site_of(root)[PAGE].decode()
    assert "Une réponse de trop." not in page
    assert "06 39 98" not in page


def test_a_thread_that_was_never_good_has_no_page(root: Path) -> None:
    forum.case(root, "2026-05-01-dddd", tags=["inconnu"])
    assert faults(root) == {"content/cases/2026/2026-05-01-dddd.md"}
    assert "cas/2026-05-01-dddd/index.html" not in forum.site_of(root)


def test_a_public_thread_leads_to_no_members_thread_for_check_and_build_alike(root: Path) -> None:
    forum.case(root, "2026-05-01-dddd", tags=["toux"], visibility="members")
    forum.reply(root, THREAD, "2026-05-02-bbbb", text="Voir [là](../../cases/2026/2026-05-01-dddd.md).")
    path = f"content/replies/{THREAD}/2026-05-02-bbbb.md"
    assert {problem.path for problem in check_paths(root, [root / path])} == {path}
    assert faults(root) == {path}
    assert not [name for name, content in forum.site_of(root).items() if b"2026-05-01-dddd" in content]
