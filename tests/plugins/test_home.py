"""The home page: what was written last, open questions, hashtags, areas and counts of what anybody may read."""

import re

from tests.plugins.conftest import Built


def test_the_latest_activity_stands_first(built: Built) -> None:
    assert built.threads("")[:3] == ["2026-03-01-bbbb", "2026-02-05-aaaa", "2026-02-01-aaaa"]


def test_the_counts_are_those_of_the_public_edition(built: Built) -> None:
    assert "7 cas · 4 sujets · 4 réponses · 2 membres" in built.words("")


def test_each_area_of_the_group_is_named_with_its_count(built: Built) -> None:
    words = built.words("")
    assert re.search(r"Initiatives locales\s*4", words)
    assert re.search(r"Soutien moral\s*0", words)
    assert "Entre nous seulement" not in words
