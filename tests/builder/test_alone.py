"""Two builds of one folder wait for each other: a second one that began would publish over the first."""

import fcntl
from pathlib import Path

import pytest

from divan.builder.outlook import Outlook
from divan.builder.settings import Settings
from divan.site import build
from divan.workers import alone
from tests import small_forum as forum


def is_held(folder: Path) -> bool:
    """Whether another build would have to wait."""
    with open(folder / "lock", "wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def test_the_lock_is_held_inside_and_given_back(tmp_path: Path) -> None:
    with alone(tmp_path / "work"):
        assert is_held(tmp_path / "work")
    assert not is_held(tmp_path / "work")


def test_the_lock_is_held_while_a_build_looks_and_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, seen = forum.make_forum(tmp_path), []
    look_at = build.look_at

    def watched(settings: Settings, *, full: bool) -> Outlook:
        seen.append(is_held(settings.work))
        return look_at(settings, full=full)

    monkeypatch.setattr(build, "look_at", watched)
    forum.settle(root)
    assert seen == [True]
    assert not is_held(root / ".divan/output")
