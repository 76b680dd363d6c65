"""Nothing that a reader fetches grows with the forum: two sizes of it, and the heaviest file of each kind."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from divan.site.search import postings
from divan.site.search.indexing import index_search
from tests import small_forum as forum

SMALL, LARGE = 300, 1200  # threads, members
FULL = 1.15  # the last page of a list may be less full than another
APART = re.compile(r"sitemap|sw\.js|\.divan|chercher/mots/reste/")  # what few searches need of frequent words
FREQUENT = 5  # pages that a word leads to, so that all are here what some are in a large forum
NUMBERED = re.compile(r"\d{4}-\d\d-\d\d-\w{4}|page/\d+|[a-z]+-\d+|\d+")


def heaviest(root: Path, size: int) -> dict[str, int]:
    """Bytes of the heaviest file under each kind of address."""
    forum.make_forum(root)
    for number in range(size):
        day = f"20{10 + number // 336:02}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
        forum.topic(root, f"{day}-zzzz", title=f"Une question {number % 40}", author=f"loriot-{number % 40}")
        forum.reply(root, f"{day}-zzzz", f"{day}-yyyy")
        letter = chr(ord("a") + number % 26)
        forum.member(root, f"membre-{number}", f"Ada N{letter}uage", town=f"Ville-{number}")
    forum.settle(root)
    index_search(root)
    found: dict[str, int] = defaultdict(int)
    for file in (root / "output").rglob("*"):
        place = file.relative_to(root / "output").as_posix()
        if file.is_file() and not APART.search(place):
            kind = NUMBERED.sub("#", place)
            found[kind] = max(found[kind], file.stat().st_size)
    return found


@pytest.mark.slow
def test_the_heaviest_file_of_each_kind_is_as_heavy_in_a_forum_four_times_as_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postings, "LONGEST", FREQUENT)
    small, large = (heaviest(tmp_path / str(size), size) for size in (SMALL, LARGE))
    grown = {kind: (small[kind], large[kind]) for kind in small if large[kind] > FULL * small[kind]}
    assert grown == {}
