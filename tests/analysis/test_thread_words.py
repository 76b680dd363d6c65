"""The words of a thread: which are counted, which are shown, and where a cloud puts them."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from analysis.figures.word_cloud import HEIGHT, placed_words
from analysis.people.thread_words import thread_words, words_in
from analysis.report.building import RESULTS, build_report
from surveys.study import load_study
from tests.analysis.test_thread import CLOSING, STUDY
from tests.imported_thread import write_thread

PLAN = """
date: 2020-06-01
threshold: {threshold}
threshold_reason: Pour les tests.
variables: [{{id: mood, label: Humeur}}]
tables:
  - {{id: T1, show: chat_words, title: Mots}}
  - {{id: T2, show: chat_keyness, title: Avant et après}}
figures:
  - {{id: F1, show: word_cloud, title: Nuage}}
"""


@pytest.fixture
def group(tmp_path: Path):
    """A group whose members wrote these words; the window's first two days are the first period."""

    def write(said: list[tuple[str, str, str]], threshold: int = 1) -> Path:
        posts = [f"{n},2020-03-{day},08:00,{who},text,,,,{text}" for n, (day, who, text) in enumerate(said, 1)]
        people = [f"{who},user,F,MG,," for who in sorted({who for _, who, _ in said})]
        files = {"study.yaml": STUDY, "closing.yaml": CLOSING, "plan.yaml": PLAN.format(threshold=threshold)}
        return write_thread(tmp_path, files, posts, people)

    return write


@pytest.mark.parametrize(("text", "words"), [
    ("Les masques, l'hôpital et les MASQUES !", ["masques", "hôpital", "masques"]),
    ("XXX a reçu 3 tests : https://sante.example/masques", ["reçu", "tests"]),
    ("Aujourd'hui, c'était très bien.", []),
])  # fmt: skip
def test_words_are_counted_as_they_are_written_less_those_that_say_nothing(text, words):
    assert words_in(text) == words


def test_words_are_parted_where_the_first_days_end(group):
    root = group([("17", "Citron", "masque masque test"), ("18", "Morio", "masque"), ("19", "Morio", "vaccin")])
    found = thread_words(load_study(root / "surveys" / "fil"))
    assert found.to_dict("list") == {
        "word": ["masque", "test", "vaccin"], "first": [3, 1, 0], "rest": [0, 0, 1],
        "members": [2, 1, 1], "times": [3, 1, 1],
    }  # fmt: skip


def test_a_word_of_too_few_times_or_of_too_few_members_is_nowhere_in_the_results(group):
    many = [("17", who, "masque masque masque") for who in ("Citron", "Morio", "Gazé", "Vulcain", "Robert")]
    root = group([*many, ("17", "Citron", "tournevis " * 9), ("18", "Morio", "rarissime")], threshold=5)
    build_report(root, "fil")
    texts = {path.name: path.read_text(encoding="utf-8") for path in (root / RESULTS / "fil").iterdir()
             if path.suffix in (".csv", ".svg", ".md", ".json")}  # fmt: skip
    assert "masque" in texts["t1.csv"]
    assert "masque" in texts["f1.svg"]
    assert not [name for name, text in texts.items() if "tournevis" in text or "rarissime" in text]


def test_words_typical_of_a_period_come_with_their_side(group):
    early = [("17", "Citron", "masque masque masque masque visière")] * 10
    late = [("20", "Morio", "vaccin vaccin vaccin masque visière")] * 10
    root = group(early + late)
    build_report(root, "fil")
    rows = (root / RESULTS / "fil" / "t2.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [row.split(",")[1] for row in rows] == ["masque", "vaccin"]  # « visière » is as frequent in both


def test_a_cloud_puts_no_word_over_another_nor_outside_and_always_at_the_same_place():
    times = [(f"mot{'x' * (n % 9)}{n}", 100.0 / (n + 1)) for n in range(60)]
    found = placed_words(times)
    assert found == placed_words(times)
    assert len(found) > 40
    assert not [pair for pair in combinations(found, 2) if pair[0].meets(pair[1])]
    assert all(
        one.half[0] <= one.x <= 400 - one.half[0] and one.half[1] <= one.y <= HEIGHT - one.half[1] for one in found
    )
    assert found[0].word == times[0][0]
