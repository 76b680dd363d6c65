"""The corpora of detection are written as their README says: known kinds, whole marks, nobody's numbers."""

from __future__ import annotations

import re

import pytest

from bench.privacy import AT_LEAST, CORPUS, Text, read_corpus
from divan.privacy.fictional import is_fictional

HANDS = sorted(folder.name for folder in CORPUS.iterdir() if folder.is_dir())
README = (CORPUS / "README.md").read_text(encoding="utf-8")
KINDS = {
    kind for row in re.findall(r"^\|( `[a-z_`, ]+)\|", README, re.MULTILINE) for kind in re.findall("[a-z_]+", row)
}


@pytest.fixture(scope="module", params=HANDS)
def texts(request: pytest.FixtureRequest) -> list[Text]:
    """All that one hand wrote, what may be looked at and what may not; a failure names the text, never quotes it."""
    return [*read_corpus(request.param)]


def test_the_readme_names_the_kinds_that_have_an_aim() -> None:
    assert set(AT_LEAST) < KINDS


def test_marks_are_whole_and_of_a_kind_that_the_readme_names(texts: list[Text]) -> None:
    assert not [text.name for text in texts if "⟦" in text.written or "⟧" in text.written]
    assert not {kind for text in texts for kind, _, _ in text.marks} - KINDS
    assert not [
        text.name
        for text in texts
        for _, start, end in text.marks
        if not text.written[start:end] or text.written[start:end] != text.written[start:end].strip()
    ]


def test_phones_and_addresses_of_mail_are_nobody_s(texts: list[Text]) -> None:
    marked = [(text.name, kind, text.written[start:end]) for text in texts for kind, start, end in text.marks]
    assert not [
        name for name, kind, passage in marked if kind == "email" and "@" in passage and not is_fictional(passage)
    ]
    phones = [
        (name, passage) for name, kind, passage in marked if kind == "phone" and sum(map(str.isdigit, passage)) >= 10
    ]
    assert not [name for name, passage in phones if not is_fictional(passage)]


def test_a_post_that_identifies_nobody_is_as_long_as_a_post(texts: list[Text]) -> None:
    clean = [text for text in texts if text.post and not text.marks]
    assert len(clean) >= 30
    assert not [text.name for text in clean if not 50 <= len(text.written.split()) <= 200]


def test_there_is_enough_to_measure_on() -> None:
    everything = [text for hand in HANDS for text in read_corpus(hand)]
    assert sum(not text.post for text in everything) >= 600
    assert sum(text.post for text in everything) >= 120
