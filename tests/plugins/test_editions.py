"""The members' edition has a page for a thread of theirs, and gives search engines the address of none."""

import re
from pathlib import Path

from tests.plugins import small_forum as forum


def test_the_members_edition_maps_nothing(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path)
    forum.topic(root, "2026-03-20-dddd", title="Entre nous", author="effraie", visibility="members")
    site = forum.from_nothing(root, AUDIENCE="members")
    assert "sujets/2026-03-20-dddd/index.html" in site
    assert re.findall(rb"<loc>", site["sitemap.xml"]) == []
