"""The data file of the tagger: what it may weigh, and that the same words always make the same file."""

import gzip
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from divan.privacy.packed_lists import PackedLists, unpacked
from divan.privacy.tagger import TAGGER_PATH, read_tagger
from divan.privacy.training.generate import lines, negatives, positives
from divan.privacy.training.lists import Names
from divan.privacy.training.slots import known_slots
from divan.privacy.training.train import learn, packed, untrained, written

NAMES = Names(
    given=("Paul", "Anne", "Jean-Luc"), surnames=("Duroc", "Petit", "Morvan"), towns=("Saint-Clair", "Aubepierre"),
    small_towns=("Le Hamel",), words=frozenset({"petit", "toux"}),
    common=frozenset({"toux"}), others=frozenset({"crohn"}),
    products=("Doliprane",), hospitals=("Cochin",), capitalised=("toux", "bilan"), homographs=("petit",),
    rare=("myopie",),
)  # fmt: skip


def test_the_data_file_weighs_less_than_120_kb() -> None:
    assert len(gzip.compress(TAGGER_PATH.read_bytes(), 9)) <= 120_000


def test_the_same_words_make_the_same_file() -> None:
    def made() -> str:
        tagger = untrained(NAMES)
        sentences = [*positives(NAMES, 60, seed=1), *negatives(NAMES, 60, seed=2)]
        return written(learn(sentences, tagger, rounds=2, kept=50), tagger)

    assert made() == made()
    assert read_tagger(made()).lists["duroc"] == "s"


def test_what_is_marked_is_what_a_slot_of_a_name_holds() -> None:
    given = {"paul", "anne", "jean-luc"}
    marked = [
        one.text[start:end].lower() for one in positives(NAMES, 300, 3) for start, end, tag in one.spans if tag == 1
    ]
    assert sum(any(part in given for part in (name, name[:4], name[5:])) for name in marked) > len(marked) // 2
    assert not any(one.spans for one in negatives(NAMES, 300, seed=4))


def test_lists_are_read_as_they_were_packed() -> None:
    words = ["aubepierre", "aubervilliers", "le-hamel", "saint-clair", "saint-clair-sur-epte"]
    assert [*unpacked(packed(words))] == words


@given(st.dictionaries(st.text("ab-c", min_size=1, max_size=6), st.sampled_from(["g", "s", "w"])))
def test_a_word_is_found_in_the_lists_that_hold_it_and_in_no_other(letters: dict[str, str]) -> None:
    lists = {one: packed(word for word in letters if letters[word] == one) for one in "gsw"}
    found = PackedLists(lists)
    assert dict(found) == letters
    assert [
        word for word in ("", "a", "ab", "abc", "abca", "b-", "cc-ab") if word in found and word not in letters
    ] == []


@pytest.mark.parametrize("file", ["templates.txt", "negatives.txt"])
def test_every_slot_is_known(file: str) -> None:
    assert {letter for line in lines(file) for letter in re.findall(r"\{(.*?)\}", line)} <= known_slots() | {"x"}
