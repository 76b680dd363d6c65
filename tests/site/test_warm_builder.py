"""Build after build from one process: each sees what was saved, a fault spoils none, changed code is taken in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from divan.site.warm_builder import WarmBuilder
from tests import small_forum as forum

THREAD = "2026-02-03-abcd"
PLUGIN = """from pelican import signals
def say(_):
    open("said.txt", "a").write("{word}\\n")
def register():
    signals.initialized.connect(say)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = forum.make_forum(tmp_path / "forum")
    forum.case(made, THREAD, title="Une toux qui dure", tags=["toux"])
    return made


@pytest.fixture
def builder(root: Path) -> Iterator[WarmBuilder]:
    warm = WarmBuilder(root)
    yield warm
    warm.close()


def thread(root: Path) -> str:
    return (root / f"output/cas/{THREAD}/index.html").read_text(encoding="utf-8")


def test_each_build_sees_what_was_saved_and_none_is_spoilt_by_a_fault(root: Path, builder: WarmBuilder) -> None:
    assert builder.build()
    faulty = root / f"content/replies/{THREAD}/2026-02-05-ijkl.md"
    forum.write(root, faulty.relative_to(root).as_posix(), "sans en-tête")
    assert not builder.build()
    faulty.unlink()
    forum.reply(root, THREAD, "2026-02-04-efgh", text="Pensez à la coqueluche.")
    assert builder.build()
    assert "Pensez à la coqueluche." in thread(root)


def test_code_that_changed_is_taken_in_by_a_new_process(root: Path, builder: WarmBuilder) -> None:
    settings = (root / "pelicanconf.py").read_text(encoding="utf-8")
    forum.write(root, "plugins/saying.py", PLUGIN.format(word="avant"))
    forum.write(root, "pelicanconf.py", settings + '\nPLUGINS = [*globals().get("PLUGINS", []), "plugins.saying"]\n')
    assert builder.build()
    forum.write(root, "plugins/saying.py", PLUGIN.format(word="ensuite"))
    builder.close()
    assert builder.build()
    assert (root / "said.txt").read_text(encoding="utf-8").split()[-1] == "ensuite"
