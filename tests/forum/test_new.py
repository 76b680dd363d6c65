"""A new file is found valid but for what its author has to fill in."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from divan.forum.check import check_paths
from divan.forum.new import new_post
from divan.sources.problem import ProblemsFound

Write = Callable[[str, str | bytes], Path]
NOW = datetime(2026, 3, 21, 9, 5)
EMPTY = ("ne doit pas être vide", "est vide", "pas vide")


@pytest.mark.parametrize(
    ("kind", "place", "left_to_fill"),
    [
        ("case", "content/cases/2026/2026-03-21-????.md", 8),
        ("topic", "content/topics/2026/2026-03-21-????.md", 4),
        ("reply", "content/replies/2026-03-14-k7f2/2026-03-21-????.md", 2),
        ("member", "content/members/fiche.yaml", 6),
        ("service", "content/services/fiche.yaml", 5),
    ],
)
def test_only_what_is_left_empty_is_said(
    kind: str, place: str, left_to_fill: int, write: Write, tmp_path: Path
) -> None:
    path = new_post(tmp_path, kind, "2026-03-14-k7f2" if kind == "reply" else None, now=NOW)
    problems = check_paths(tmp_path, [path])
    assert path.relative_to(tmp_path).match(place)
    assert [str(problem) for problem in problems if not any(words in problem.message for words in EMPTY)] == []
    assert len(problems) == left_to_fill


def test_once_filled_in_nothing_is_said(write: Write, tmp_path: Path) -> None:
    path = new_post(tmp_path, "topic", title='Un « titre » : "oui"', area="moral", now=NOW)
    text = path.read_text(encoding="utf-8").replace('author: ""', "author: mésange") + "Qui a déjà vécu cela ?\n"
    write(str(path), text)
    assert check_paths(tmp_path) == []


def test_an_id_is_free_in_both_kinds(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["k7f2", "abcd", "zzzz"])
    monkeypatch.setattr("divan.forum.naming.random.choices", lambda letters, k: next(drawn))
    write("content/topics/2026/2026-03-14-abcd.md", "")
    assert new_post(tmp_path, "case", now=datetime(2026, 3, 14)).stem == "2026-03-14-zzzz"


def test_two_entries_of_one_name_get_two_files(write: Write, tmp_path: Path) -> None:
    assert [new_post(tmp_path, "member", title="Élise Arnaud").name for _ in range(3)] == [
        "elise-arnaud.yaml",
        "elise-arnaud-2.yaml",
        "elise-arnaud-3.yaml",
    ]


@pytest.mark.parametrize("thread", ["k7f2", None, "2026-01-01-aaaa"])
def test_a_reply_needs_a_thread_that_exists(thread: str | None, write: Write, tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound):
        new_post(tmp_path, "reply", thread)


def test_a_thread_may_be_given_by_its_address(write: Write, tmp_path: Path) -> None:
    path = new_post(tmp_path, "reply", "https://divan.example/cas/2026-03-14-k7f2/")
    assert path.parent.name == "2026-03-14-k7f2"


@pytest.mark.parametrize(
    ("kind", "thread", "area"), [("case", "Ma toux", ""), ("case", None, "admin"), ("topic", None, "toto: [")]
)
def test_words_that_would_be_lost_or_break_the_file_are_refused(
    kind: str, thread: str | None, area: str, write: Write, tmp_path: Path
) -> None:
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ProblemsFound):
        new_post(tmp_path, kind, thread, area=area)
    assert sorted(tmp_path.rglob("*")) == before
