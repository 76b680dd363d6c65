"""Pelican's own ways still work: its command, its pages, its ordinary plugins."""

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from divan.sources.problem import ProblemsFound
from tests import small_forum as forum

PLUGIN = '''"""Un plugin ordinaire de Pelican."""
from pelican import signals


def shout(content):
    if hasattr(content, "_content") and content._content:
        content._content = content._content.replace("Un texte.", "UN TEXTE !")


def count(generator):
    for page in generator.pages:
        page.title = f"{page.title} ({len(generator.pages)} pages)"


def note(pelican):
    import os
    with open(os.path.join(pelican.output_path, "robots.txt"), "w") as file:
        file.write("Disallow:")


def register():
    signals.content_object_init.connect(shout)
    signals.page_generator_finalized.connect(count)
    signals.finalized.connect(note)
'''


def test_the_pelican_command_makes_the_same_site(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path)
    command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "-o", "output-pelican"]
    environment = {"PYTHONPATH": f"{forum.HOUSE}:{root}", "DIVAN_TODAY": str(forum.TODAY), "PATH": "/usr/bin:/bin"}
    subprocess.run(command, cwd=root, check=True, env=environment, capture_output=True)
    assert forum.differences(forum.site_of(root, "output-pelican"), forum.from_nothing(root)) == []


def test_a_page_breaks_no_line_before_a_double_sign_and_leaves_code_alone(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path, theme=False)
    forum.page(root, "a-propos", "Qui lit « ceci » ? Tous : `a : b`.")
    forum.settle(root)
    page = forum.site_of(root)["a-propos/index.html"].decode()
    assert "Qui lit «\u00a0ceci\u00a0»\u00a0? Tous\u00a0: <code>a : b</code>." in page


@pytest.fixture
def with_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    root = forum.make_forum(tmp_path)
    forum.write(root, "ordinary_plugin.py", PLUGIN)
    forum.write(root, "pelicanconf.py", forum.SETTINGS + '\nPLUGINS = [*PLUGINS, "ordinary_plugin"]\n')
    monkeypatch.syspath_prepend(root)
    yield root
    sys.modules.pop("ordinary_plugin", None)  # ses fonctions se détachent alors des signaux de Pelican
    gc.collect()


def test_an_ordinary_plugin_of_pelican_works(with_plugin: Path) -> None:
    root = with_plugin
    forum.settle(root)
    page = (root / "output/charte/index.html").read_text(encoding="utf-8")
    assert "UN TEXTE\u00a0!" in page
    assert "<h1>Page charte (5 pages)</h1>" in page
    assert (root / "output/robots.txt").read_text() == "Disallow:"
    forum.reply(root, "2026-02-02-aaaa", "2026-04-25-eeee")
    forum.settle(root)
    assert (root / "output/charte/index.html").read_text(encoding="utf-8") == page
    assert forum.differences(forum.site_of(root), forum.from_nothing(root)) == []


def test_pelicans_warnings_hold_the_page_back(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path)
    forum.page(root, "charte", "Un [lien]({filename}/pages/nulle-part.md) qui ne mène nulle part.")
    with pytest.raises(ProblemsFound, match=r"nulle-part\.md"):
        forum.settle(root)
    assert "Un texte." in (root / "output/charte/index.html").read_text(encoding="utf-8")


def test_a_reply_does_not_load_pelican(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path)
    forum.settle(root)
    forum.reply(root, "2026-02-02-aaaa", "2026-04-25-eeee")
    code = (
        "import sys; from pathlib import Path; from divan.site.build import build; "
        "print(build(Path.cwd()).written > 0, 'pelican' in sys.modules, build(Path.cwd()).written)"
    )
    environment = {"PYTHONPATH": f"{forum.HOUSE}:{root}", "DIVAN_TODAY": str(forum.TODAY), "PATH": "/usr/bin:/bin"}
    said = subprocess.run([sys.executable, "-c", code], cwd=root, check=True, env=environment, capture_output=True)
    assert said.stdout.decode().split() == ["True", "False", "0"]
