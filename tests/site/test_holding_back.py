"""A fault anywhere holds back what is faulty, alone: a removal, and all the rest, is live at the next build."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from divan.commands.runs import main
from divan.site.build import HeldBack
from tests import small_forum as forum


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = forum.make_forum(tmp_path / "forum")
    forum.case(made, "2026-04-02-ffff", tags=["hta"], author="busard", title="Un titre zigzaguant")
    forum.commit(made)
    forum.settle(made)
    return made


def break_three(root: Path) -> None:
    forum.write(root, "content/cases/2026/2026-02-01-aaaa.md", "---\ntitle: [\n---\n")
    forum.write(root, "content/replies/2026-02-05-aaaa/2026-04-13-cccc.md", "sans en-tête")
    forum.write(root, "content/members/m2.yaml", "name: Claire Charme\n")


@pytest.mark.parametrize("committed", [True, False])
def test_a_removal_is_live_while_three_other_files_are_broken(root: Path, committed: bool) -> None:
    before = forum.site_of(root)
    break_three(root)
    assert main(["--root", str(root), "withdraw", "2026-04-02-ffff"]) == 0
    forum.topic(root, "2026-05-01-dddd", tags=["hta"], title="Un sujet sans faute")
    if committed:
        forum.commit(root)
    with pytest.raises(HeldBack) as found:
        forum.settle(root)
    assert found.value.published
    assert {problem.path.rpartition("/")[2] for problem in found.value.problems} == {
        "2026-02-01-aaaa.md", "2026-04-13-cccc.md", "m2.yaml",
    }  # fmt: skip
    after = forum.site_of(root)
    assert not [path for path, page in after.items() if b"zigzaguant" in page or b"busard" in page]
    assert "Page retirée" in after["cas/2026-04-02-ffff/index.html"].decode()
    assert "Un sujet sans faute" in after["sujets/2026-05-01-dddd/index.html"].decode()
    for kept in ("cas/2026-02-01-aaaa/index.html", "cas/2026-02-05-aaaa/index.html"):
        assert without_neighbours(after[kept]) == without_neighbours(before[kept])
    assert "Claire Charme" in after["annuaire/index.html"].decode()


def _vocabulary(root: Path) -> None:
    forum.write(root, "content/hashtags.yaml", "- [\n")


def _study(root: Path) -> None:
    forum.write(root, "surveys/aide/study.yaml", "title: [\n")


def _page(root: Path) -> None:
    forum.page(root, "charte", "Un [lien]({filename}/pages/nulle-part.md) qui ne mène nulle part.")


def _orphan(root: Path) -> None:
    (root / "content/cases/2026/2026-02-05-aaaa.md").unlink()


def _bytes(root: Path) -> None:
    (root / "content/topics/2026/2026-03-01-bbbb.md").write_bytes(b"\xff\xfe\0")


def _link(root: Path) -> None:
    forum.topic(root, "2026-03-02-bbbb", text="[là](../../cases/2026/2026-01-01-zzzz.md)")


@pytest.mark.parametrize("harm", [_vocabulary, _study, _page, _orphan, _bytes, _link])
def test_no_kind_of_fault_delays_a_removal(root: Path, harm: Callable[[Path], None]) -> None:
    harm(root)
    assert main(["--root", str(root), "withdraw", "2026-04-02-ffff"]) == 0
    forum.commit(root)
    with pytest.raises(HeldBack) as found:
        forum.settle(root)
    assert found.value.published, found.value.problems
    site = forum.site_of(root)
    assert not [path for path, page in site.items() if b"zigzaguant" in page or b"busard" in page]
    assert "charte/index.html" in site and "cas/2026-02-02-aaaa/index.html" in site


def test_faults_are_told_at_each_build_until_they_are_mended(root: Path) -> None:
    before = forum.site_of(root)
    broken = root / "content/cases/2026/2026-02-01-aaaa.md"
    good = broken.read_bytes()
    broken.write_bytes(b"rien")
    for _ in range(2):
        assert main(["--root", str(root), "build"]) == 1
    broken.write_bytes(good)
    forum.settle(root)
    assert forum.site_of(root) == before


def test_a_withdrawn_post_does_not_come_back_with_a_fault(root: Path) -> None:
    """An earlier version never stands in for a post whose file was deleted."""
    (root / "content/cases/2026/2026-04-02-ffff.md").unlink()
    break_three(root)
    with pytest.raises(HeldBack):
        forum.settle(root)
    assert "cas/2026-04-02-ffff/index.html" not in forum.site_of(root)


def without_neighbours(page: bytes) -> bytes:
    """The page but for its way to the threads beside it, of which one is withdrawn."""
    return re.sub(rb'<nav class="beside".*?</nav>', b"", page, flags=re.DOTALL)
