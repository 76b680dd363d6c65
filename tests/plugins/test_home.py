"""The home page: what was written last, open questions, hashtags, areas and counts of what anybody may read."""

import re
from pathlib import Path

from tests import small_forum as forum
from tests.plugins.conftest import Built


def test_the_latest_activity_stands_first(built: Built) -> None:
    assert built.threads("")[:3] == ["2026-03-01-bbbb", "2026-02-05-aaaa", "2026-02-01-aaaa"]


def test_the_counts_are_those_of_the_public_edition(built: Built) -> None:
    assert "7 cas · 4 sujets · 4 réponses · 2 membres" in built.words("")


def test_a_question_that_is_among_the_latest_is_not_shown_twice(built: Built) -> None:
    shown = built.threads("")
    assert len(shown) == len({*shown}) > 8


def test_a_topic_names_its_area_on_its_card(built: Built) -> None:
    assert re.search(r"Sujet · Initiatives locales", built.words("sujets/"))


def test_each_area_of_the_group_is_named_with_its_count(built: Built) -> None:
    words = built.words("")
    assert re.search(r"Initiatives locales\s*4", words)
    assert re.search(r"Soutien moral\s*0", words)
    assert "Entre nous seulement" not in words


def test_it_shows_eight_threads_six_questions_and_three_results_however_many_there_are(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path / "forum", git=False)
    for n in range(9):
        forum.topic(root, f"2026-05-0{n + 1}-eeee")
        forum.topic(root, f"2026-05-1{n}-ffff")
    for n in range(4):
        forum.result(root, f"etude-{n}", "<p>Résultats</p>")
    forum.settle(root)
    home = (root / "output/index.html").read_text(encoding="utf-8")
    sections = {title: len(re.findall(r'class="card', part))
                for title, part in re.findall(r"<h2[^>]*>(.*?)</h2>(.*?)(?=<h2|</main>)", home, re.DOTALL)}  # fmt: skip
    assert (sections["Activité récente"], sections["Questions ouvertes"]) == (8, 6)
    assert len(set(re.findall(r'href="resultats/([^/"]+)/"', home.partition("<footer")[0]))) == 3
