"""The map for search engines: every public thread, no thread for members, none withdrawn."""

import re
from pathlib import Path

from tests import small_forum as forum
from tests.plugins.conftest import Built


def test_the_map_holds_public_threads_and_the_words_they_carry(built: Built) -> None:
    places = re.findall(r"<loc>http://localhost:8000/([^<]*)</loc>", built.text("sitemap.xml"))
    assert {f"cas/2026-02-0{day}-aaaa/" for day in range(1, 8)} <= set(places)
    assert {"", "cas/", "sujets/", "mots/toux/"} <= set(places)
    assert "mots/deuil/" not in places  # no thread carries it
    assert not [place for place in places if "dddd" in place]


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
    assert all("noindex" in built.text(page) for page in ("recherche/index.html", "404.html"))
    assert "noindex" not in built.text("index.html")
