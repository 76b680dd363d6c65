"""« Qu'auriez-vous fait ? » and the days when a case was resolved or corrected, as a head says them."""

from pathlib import Path

import pytest

from divan.forum.asked import asked, seal_of_choices
from divan.forum.model import Kind
from divan.forum.reading import read_opening
from divan.forum.vocabulary import Vocabulary, load_vocabulary
from divan.sources.problem import ProblemsFound
from tests import small_forum as forum

CASE = "2026-02-01-aaaa"
PATH = f"content/cases/2026/{CASE}.md"
TWO = ["Adresser aujourd'hui", "Revoir : dans 48 heures"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return forum.make_forum(tmp_path, git=False, theme=False)


@pytest.fixture
def vocabulary(root: Path) -> Vocabulary:
    return load_vocabulary(root)


def read(root: Path, vocabulary: Vocabulary, **head: object):
    forum.case(root, CASE, tags=["toux"], **head)
    return read_opening(Kind.CASE, PATH, (root / PATH).read_text(encoding="utf-8"), vocabulary).thread


def faults(root: Path, vocabulary: Vocabulary, **head: object) -> str:
    with pytest.raises(ProblemsFound) as found:
        read(root, vocabulary, **head)
    return str(found.value)


def test_choices_are_read_in_order_with_the_spaces_of_french(root: Path, vocabulary: Vocabulary) -> None:
    assert read(root, vocabulary, choices=TWO).choices == ("Adresser aujourd'hui", "Revoir\u00a0: dans 48 heures")
    assert read(root, vocabulary).choices == ()


@pytest.mark.parametrize("choices", [["Une seule"], list("abcdef"), ["Deux fois", "Deux fois"], ["Une", ""]])
def test_from_two_to_five_choices_all_different(choices: list[str], root: Path, vocabulary: Vocabulary) -> None:
    assert f"{PATH}:9" in faults(root, vocabulary, choices=choices)


@pytest.mark.parametrize("key", ["resolved", "modified"])
def test_a_day_stands_between_that_of_the_post_and_today(key: str, root: Path, vocabulary: Vocabulary) -> None:
    assert str(getattr(read(root, vocabulary, **{key: "2026-02-01"}), key)) == "2026-02-01"
    for wrong in ("2026-01-31", "2026-02-30", "2999-01-01", "bientôt"):
        assert f"{PATH}:9" in faults(root, vocabulary, **{key: wrong}), wrong


def test_what_a_public_case_asks_is_told_to_who_counts(root: Path) -> None:
    forum.case(root, CASE, tags=["toux"], choices=TWO)
    assert asked(root, CASE) == tuple(TWO)


def test_nothing_is_counted_for_another_thread(root: Path) -> None:
    forum.case(root, CASE, tags=["toux"], choices=TWO, visibility="members")
    for thread in (CASE, "2026-02-09-zzzz", "../../pelicanconf", "", f"{CASE}/..", "2026-03-01-bbbb"):
        assert asked(root, thread) == (), thread
    forum.case(root, CASE, tags=["toux"], choices=TWO, status="withdrawn")
    assert asked(root, CASE) == ()


def test_other_choices_have_another_seal() -> None:
    assert len({seal_of_choices(one) for one in (("a", "b"), ("b", "a"), ("a", "b", "c"), ())}) == 4
