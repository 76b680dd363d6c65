"""The map for search engines: every public thread, no thread for members, none withdrawn."""

import re

from tests.plugins.conftest import Built


def test_the_map_holds_public_threads_and_the_words_they_carry(built: Built) -> None:
    places = re.findall(r"<loc>http://localhost:8000/([^<]*)</loc>", built.text("sitemap.xml"))
    assert {f"cas/2026-02-0{day}-aaaa/" for day in range(1, 8)} <= set(places)
    assert {"", "cas/", "sujets/", "mots/toux/"} <= set(places)
    assert "mots/deuil/" not in places  # no thread carries it
    assert not [place for place in places if "dddd" in place]


def test_a_lost_reader_is_told_where_to_go(built: Built) -> None:
    page = built.text("404.html")
    assert "Page introuvable" in page
    assert 'href="/recherche/"' in page
