"""A build may be killed at any moment: the site stays whole, and the next build mends what is left to mend."""

import random
import shutil
from pathlib import Path

import pytest

from tests import small_forum as forum
from tests.builder.killing import broken_links, build_killed

KILLS = 20


def one_edition(root: Path) -> None:
    for n in range(6):
        forum.case(root, f"2026-05-0{n + 1}-dddd", tags=["deuil"], author="loriot")
    shutil.rmtree(root / "content/replies", ignore_errors=True)
    (root / "theme/static/style.css").write_text("body { color: black }", encoding="utf-8")
    forum.write_vocabulary(root, {**forum.TAGS, "fatigue": "lassitude"})


def another_edition(root: Path) -> None:
    for file in root.glob("content/cases/2026/*-dddd.md"):
        file.unlink()
    forum.reply(root, "2026-02-03-aaaa", "2026-04-20-eeee", text="Une autre. #toux")
    (root / "theme/static/style.css").write_text("body { color: navy }", encoding="utf-8")
    forum.write_vocabulary(root, forum.TAGS)


@pytest.mark.slow
def test_killed_builds_leave_a_whole_site(tmp_path: Path) -> None:
    root, chance = forum.make_forum(tmp_path), random.Random(3)
    forum.settle(root)
    killed = 0
    for n in range(3 * KILLS):
        old = forum.site_of(root)
        (one_edition, another_edition)[n % 2](root)
        settings = {"SITENAME": f"Divan {n}"}
        new = forum.from_nothing(root, **settings)
        was_killed = build_killed(root, chance, settings)
        found = forum.site_of(root)
        for path, content in found.items():
            if path != ".divan-pages":
                assert content in (old.get(path), new.get(path)), f"{path} n'est ni l'ancienne ni la nouvelle"
        assert broken_links(root / "output") == []
        forum.settle(root, **settings)
        assert forum.differences(forum.site_of(root), new) == []
        killed += was_killed
        if killed == KILLS:
            return
    pytest.fail(f"{killed} constructions tuées seulement")
