"""A group changes a file of the theme, and is told when the original changes after."""

from pathlib import Path

import pytest

from divan import theme_overrides
from divan.house import house
from divan.sources.problem import ProblemsFound
from divan.theme_overrides import outdated, override


@pytest.mark.parametrize(
    "name", ["templates/home.html", "templates/feed.xml", "static/style.css", "static/favicon.svg"]
)
def test_a_copy_says_nothing_until_its_original_changes(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = override(tmp_path, name)
    assert copy.read_bytes().endswith((house("theme") / name).read_bytes())
    copy.write_bytes(copy.read_bytes() + b"\n")
    assert list(outdated(tmp_path)) == []
    engine = tmp_path / "engine"
    (engine / name).parent.mkdir(parents=True)
    (engine / name).write_text("autre chose", encoding="utf-8")
    monkeypatch.setattr(theme_overrides, "house", lambda _: engine)
    (said,) = outdated(tmp_path)
    assert said.startswith(f"theme/{name} : l'original a changé")


def test_a_file_that_does_not_say_where_it_comes_from_is_told_and_one_of_the_groups_own_is_not(tmp_path: Path) -> None:
    for name in ("templates/home.html", "templates/a-nous.html"):
        (tmp_path / "theme" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "theme" / name).write_text("<p>", encoding="utf-8")
    (said,) = outdated(tmp_path)
    assert "theme/templates/home.html" in said


def test_what_the_theme_has_not_and_what_is_there_already_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match=r"divan theme templates/home\.html"):
        override(tmp_path, "templates/hom.html")
    with pytest.raises(ProblemsFound):
        override(tmp_path, "../pyproject.toml")
    override(tmp_path, "templates/home.html")
    with pytest.raises(ProblemsFound, match="déjà à vous"):
        override(tmp_path, "templates/home.html")
