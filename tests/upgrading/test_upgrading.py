"""A group that asked for an older engine is told what changed and what to do, and notes the new one when it is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from divan import __version__
from divan.commands.runs import main
from divan.upgrading.engine_pin import engine_pin, pin, running_requirement
from divan.upgrading.upgrade_notes import all_notes, in_order, told, upgrade_notices
from tests import small_forum as forum

ASKED = "# le moteur\ndivan[site,report,collector]=={}  # la nôtre\nautre==1.0\n"


@pytest.fixture
def group(tmp_path: Path) -> Path:
    """A forum as it was with the first version: its settings and a plugin of its own are of that time."""
    root = forum.make_forum(tmp_path / "groupe", theme=False)
    forum.write(root, "requirements.txt", ASKED.format("0.1.0"))
    forum.write(root, "pelicanconf.py", "from divan.settings import *\nPLUGIN_PATHS = ['plugins']\n")
    forum.write(root, "plugins/ours.py", "from forum.model import Kind\n")
    return root


@pytest.mark.parametrize(
    ("line", "version"),
    [("divan==0.2.0", "0.2.0"), ("divan[site,report] == 0.2.0.dev0 ; python_version > '3'", "0.2.0.dev0"),
     ("divan[site] @ https://x.example/divan-0.3.1-py3-none-any.whl", "0.3.1"),
     ("divan @ git+https://x.example/divan@v0.3.0", "0.3.0"),
     ("divan @ git+https://x.example/divan@7639647", None), ("divan @ git+https://x.example/divan", None)],
)  # fmt: skip
def test_the_version_asked_for_is_read_as_pip_reads_it(tmp_path: Path, line: str, version: str | None) -> None:
    (tmp_path / "requirements.txt").write_text(f"# divan==9\n{line}\n", encoding="utf-8")
    asked = engine_pin(tmp_path)
    assert asked is not None
    assert (asked.line, asked.version) == (2, version)


def test_a_repository_that_names_no_engine_is_told_nothing(tmp_path: Path) -> None:
    assert upgrade_notices(tmp_path) == []
    (tmp_path / "requirements.txt").write_text("divanesque==1\n", encoding="utf-8")
    assert engine_pin(tmp_path) is None


def test_versions_are_in_order() -> None:
    written = ["0.1", "0.2.0.dev0", "0.2.0", "0.2.1rc1", "0.2.1", "0.10.0", "1.0"]
    assert sorted(sorted(written), key=in_order) == written


def test_check_says_what_changed_and_what_this_group_must_do_on_its_files(group: Path) -> None:
    said = [str(notice) for notice in upgrade_notices(group)]
    assert said[0].startswith("requirements.txt:2: ce groupe est réglé sur Divan 0.1.0")
    assert any("Le moteur s'installe" in one for one in said)
    places = {notice.path: notice.remedy for notice in upgrade_notices(group)}
    assert "PLUGIN_PATHS" in places["pelicanconf.py"]
    assert "divan.forum" in places["plugins/ours.py"]


def test_nothing_is_said_of_what_came_before_nor_of_what_is_not_yet(group: Path) -> None:
    (group / "requirements.txt").write_text(ASKED.format("0.2.0"), encoding="utf-8")
    assert told(group, "0.2.0") == told(group, "0.2")
    assert told(group, "0.2.0").standing == ""
    assert told(group, "0.1.0").standing.startswith("ce groupe demande Divan 0.2.0")
    assert (told(group, "0.1.0").changed, told(group, "0.1.0").todo) == ((), ())


def test_the_version_is_noted_once_nothing_is_left_to_do(group: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (group / "requirements.txt").read_text(encoding="utf-8")
    assert main(["--root", str(group), "upgrade"]) == 1
    assert "plugins/ours.py" in capsys.readouterr().err
    assert (group / "requirements.txt").read_text(encoding="utf-8") == before

    forum.write(group, "pelicanconf.py", "from divan.settings import *\n")
    forum.write(group, "plugins/ours.py", "from divan.forum.model import Kind\n")
    asked = f"divan[site,report,collector]=={__version__}"
    assert main(["--root", str(group), "upgrade", "--engine", asked]) == 0
    assert (group / "requirements.txt").read_text(encoding="utf-8") == f"# le moteur\n{asked}\nautre==1.0\n"
    assert upgrade_notices(group) == []
    assert main(["--root", str(group), "upgrade", "--engine", asked]) == 0


def test_what_runs_is_asked_for_where_it_came_from(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("divan==0.1.0\n", encoding="utf-8")
    pin(tmp_path, running_requirement())
    assert (tmp_path / "requirements.txt").read_text(encoding="utf-8").startswith("divan[site,report,collector]")


def test_the_version_that_runs_has_its_notes() -> None:
    versions = [notes.version for notes in all_notes()]
    assert versions == sorted(versions, key=in_order)
    assert versions[-1] == __version__.partition(".dev")[0]
    assert all(step.where and bool(step.has) != bool(step.lacks) for notes in all_notes() for step in notes.todo)
