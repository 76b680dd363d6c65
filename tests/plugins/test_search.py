"""The map for search engines: every public thread, no thread for members, none withdrawn."""

import re
from pathlib import Path

import pytest

from plugins import search
from tests import small_forum as forum
from tests.plugins.conftest import Built


def test_the_map_holds_public_threads_and_the_words_they_carry(built: Built) -> None:
    places = re.findall(r"<loc>http://localhost:8000/([^<]*)</loc>", built.text("sitemap.xml"))
    assert {f"cas/2026-02-0{day}-aaaa/" for day in range(1, 8)} <= set(places)
    assert {"", "cas/", "sujets/", "mots/toux/"} <= set(places)
    assert "mots/deuil/" not in places  # no thread carries it
    assert not [place for place in places if "dddd" in place]


def test_a_map_too_long_for_search_engines_is_a_map_of_maps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = forum.make_forum(tmp_path)
    whole = re.findall(rb"<loc>([^<]*)</loc>", forum.from_nothing(root)["sitemap.xml"])
    monkeypatch.setattr(search, "LONGEST_MAP", 10)
    site = forum.from_nothing(root)
    maps = [place.removeprefix(b"http://localhost:8000/").decode() for place in
            re.findall(rb"<sitemap><loc>([^<]*)</loc>", site["sitemap.xml"])]  # fmt: skip
    found = [re.findall(rb"<url><loc>([^<]*)</loc>", site[name]) for name in maps]
    assert all(0 < len(part) <= 10 for part in found)
    assert [place for part in found for place in part] == whole


def test_the_members_edition_maps_nothing(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path)
    forum.topic(root, "2026-03-20-dddd", title="Entre nous", author="effraie", visibility="members")
    site = forum.from_nothing(root, AUDIENCE="members")
    assert "sujets/2026-03-20-dddd/index.html" in site
    assert re.findall(rb"<loc>", site["sitemap.xml"]) == []


def test_a_lost_reader_is_told_where_to_go(built: Built) -> None:
    page = built.text("404.html")
    assert "Page introuvable" in page
    assert 'href="/recherche/"' in page


def test_neither_the_search_nor_the_lost_page_is_itself_found(built: Built) -> None:
    assert "noindex" in built.text("404.html")
    assert "noindex" not in built.text("index.html")
