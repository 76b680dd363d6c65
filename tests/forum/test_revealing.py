"""A hashtag said in the answer alone gives it away: it is told, then stands with the answer and in no list."""

import pytest

from divan.forum.model import Kind
from divan.forum.reading import read_opening
from divan.forum.revealing import revealing
from divan.forum.vocabulary import Vocabulary, read_vocabulary

PATH = "content/cases/2026/2026-03-14-k7f2.md"
BEFORE = "## Question\n\nQue chercher ?\n\n## Contexte\n\nUn adulte.\n\n## Constatations\n\nRien.\n\n"
WORDS = "- {name: toux, synonyms: [tousser], about: ''}\n- {name: asthme, synonyms: [], about: ''}\n"


@pytest.fixture
def vocabulary() -> Vocabulary:
    return read_vocabulary("content/hashtags.yaml", WORDS)


def case(hashtags: str = "[toux, asthme]", more: str = "", answer: str = "C'était un asthme.", note: str = "") -> str:
    head = f"title: Une toux qui dure\ndate: 2026-03-14 10:00\nauthor: merle\nhashtags: {hashtags}\n{more}"
    parts = f"{BEFORE}## Résolution\n\n{answer}\n"
    return f"---\n{head}specialty: pneumologie\nstatus: answered\n---\n\n{parts}{note}"


def told(text: str, vocabulary: Vocabulary) -> list[str]:
    return [str(problem) for problem in revealing(PATH, text, vocabulary)]


def test_what_only_the_answer_says_is_told_on_its_line(vocabulary: Vocabulary) -> None:
    (one,) = told(case(), vocabulary)
    assert one.startswith(f"{PATH}:5: « #asthme »") and "reveals" in one


def test_a_synonym_said_before_is_enough(vocabulary: Vocabulary) -> None:
    text = case(hashtags="[toux]", answer="La toux a cédé.").replace("Une toux qui dure", "Il n'arrête pas de tousser")
    assert told(text, vocabulary) == []


def test_once_listed_it_is_told_no_more(vocabulary: Vocabulary) -> None:
    assert told(case("[toux]", "reveals: [asthme]\n"), vocabulary) == []


@pytest.mark.parametrize("head", ["---\nhashtags: [toux\n---\n", "sans en-tête", "---\n- a\n---\n\n## Question\n"])
def test_what_does_not_read_is_left_to_the_check(head: str, vocabulary: Vocabulary) -> None:
    assert told(head, vocabulary) == []


def test_a_hashtag_that_reveals_is_in_no_list(vocabulary: Vocabulary) -> None:
    thread = read_opening(Kind.CASE, PATH, case("[toux, asthme]", "reveals: [asthme]\n"), vocabulary).thread
    assert (thread.hashtags, thread.reveals) == (("toux",), ("asthme",))


def test_a_hashtag_written_in_the_answer_reveals_it(vocabulary: Vocabulary) -> None:
    thread = read_opening(Kind.CASE, PATH, case("[toux]", answer="Un #asthme."), vocabulary).thread
    assert (thread.hashtags, thread.reveals) == (("toux",), ("asthme",))


def test_a_hashtag_written_before_too_reveals_nothing(vocabulary: Vocabulary) -> None:
    text = case("[toux]", answer="Un #asthme.").replace("Que chercher ?", "Un #asthme ?")
    thread = read_opening(Kind.CASE, PATH, text, vocabulary).thread
    assert (thread.hashtags, thread.reveals) == (("toux", "asthme"), ())


def test_the_note_is_folded_with_the_answer(vocabulary: Vocabulary) -> None:
    opening = read_opening(Kind.CASE, PATH, case("[toux]", note="\n## Note\n\nÀ retenir.\n"), vocabulary)
    assert [section.id for section in opening.sections if section.folded] == ["resolution", "note"]
