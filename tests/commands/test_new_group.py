"""A group's folder begins with one command: nothing to correct, a site, and a place for the group's own pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from divan.commands.new_group import new_group
from divan.forum.check import check_paths
from divan.forum.new import new_post
from divan.site.build import build
from divan.sources.problem import ProblemsFound

MENU = 'SITEURL = "https://forum.example"\nMENU = [("Par année", "annees/")]\n'


def add_to(settings: Path, text: str) -> None:
    settings.write_text(settings.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_folder_that_has_just_begun_passes_the_check_and_builds(tmp_path: Path) -> None:
    written = [path.relative_to(tmp_path).as_posix() for path in new_group(tmp_path)]
    assert written == ["pelicanconf.py", "content/forum.yaml", "content/hashtags.yaml"]
    assert check_paths(tmp_path) == []
    build(tmp_path)
    home = (tmp_path / "output/index.html").read_text(encoding="utf-8")
    assert "<title>Notre forum – Un forum d&#39;entraide entre confrères.</title>" in home
    assert (tmp_path / "output/sujets/domaine/administratif/index.html").is_file()


def test_one_may_write_in_it_at_once(tmp_path: Path) -> None:
    new_group(tmp_path)
    post = new_post(tmp_path, "topic", title="Un premier sujet", area="admin")
    text = post.read_text(encoding="utf-8").replace('author: ""', "author: merle") + "Qui sait faire ?\n"
    post.write_text(text.replace("hashtags: []", "hashtags: [toux]"), encoding="utf-8")
    assert check_paths(tmp_path) == []


def test_what_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/forum.yaml").write_text("à nous", encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        new_group(tmp_path)
    assert [problem.path for problem in found.value.problems] == ["content/forum.yaml"]
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["forum.yaml"]


def test_settings_without_any_content_are_told_not_a_traceback(tmp_path: Path) -> None:
    new_group(tmp_path)
    (tmp_path / "content").rename(tmp_path / "ailleurs")
    with pytest.raises(ProblemsFound, match="« divan new group »"):
        build(tmp_path)


def test_a_groups_own_pages_stand_at_the_foot_of_every_page(tmp_path: Path) -> None:
    new_group(tmp_path)
    add_to(tmp_path / "pelicanconf.py", MENU)
    build(tmp_path)
    for page, root in (("index.html", ""), ("cas/index.html", "../")):
        foot = (tmp_path / "output" / page).read_text(encoding="utf-8").partition("<footer")[2]
        assert re.search(rf'<a href="{root}annees/">Par année</a>', foot)


@pytest.mark.parametrize("menu", ['"annees/"', '["Par année", "annees/"]', '[("Par année",)]', '[("Par année", 3)]'])
def test_a_menu_that_is_no_list_of_pairs_is_told(menu: str, tmp_path: Path) -> None:
    new_group(tmp_path)
    add_to(tmp_path / "pelicanconf.py", f"MENU = {menu}\n")
    with pytest.raises(ProblemsFound, match="« MENU » est une liste de paires"):
        build(tmp_path)
