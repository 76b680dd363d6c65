"""The rules, sentence by sentence: what is found, what is rightly left alone; the same in Python and in the browser."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from divan.privacy.detect import RULES_PATH, find_identifiers, load_rules, mask, matches, may_match
from divan.sources.reader_text import as_read

SENTENCES = json.loads((Path(__file__).parent / "sentences.json").read_text(encoding="utf-8"))
FOUND = [(rule, sentence, passage) for rule, table in SENTENCES.items() for sentence, passage in table["found"].items()]
LEFT = [sentence for table in SENTENCES.values() for sentence in table["left"]]


def test_every_rule_has_its_sentences() -> None:
    assert set(SENTENCES) == {rule.id for rule in load_rules()}


@pytest.mark.parametrize(("rule", "sentence", "passage"), FOUND)
def test_an_identifier_is_found(rule: str, sentence: str, passage: str) -> None:
    assert (rule, passage) in [(f.rule.id, sentence[f.start : f.end]) for f in find_identifiers(sentence)]


@pytest.mark.parametrize("sentence", LEFT)
def test_what_identifies_nobody_is_left_alone(sentence: str) -> None:
    assert [finding.masked for finding in find_identifiers(sentence)] == []


def test_lines_are_those_of_the_text() -> None:
    assert [f.line for f in find_identifiers("Bonjour,\n\nMme Dupont\nau 06 39 98 01 02")] == [3, 4]


def test_what_a_person_has_reviewed_is_left_alone_and_nothing_else() -> None:
    text = "Le Dr Knockel et le Dr Martin."
    assert [f.rule.id for f in find_identifiers(text)] == ["titled_name", "titled_name"]
    assert [text[f.start : f.end] for f in find_identifiers(text, reviewed=["Dr Knockel"])] == ["Dr Martin"]


@pytest.mark.parametrize("number", ["06 39 98 01 02", "262058612345677", "12 rue des Lilas", "né le 14/03/1962"])
def test_numbers_contacts_birth_dates_and_addresses_are_never_excused(number: str) -> None:
    [finding] = find_identifiers(number, reviewed=[number])
    assert not finding.rule.excusable


def test_a_rule_can_be_set_aside() -> None:
    assert find_identifiers("05 49 00 00 00", without={"phone"}) == []


def test_accents_written_in_two_characters_hide_nothing() -> None:
    assert [f.rule.id for f in find_identifiers("ne\u0301e le 14/03/1962")] == ["birth_date"]


@pytest.mark.parametrize(
    ("rule", "passage", "shown"),
    [("phone", "06 39 98 01 02", "06 39 98 …"), ("titled_name", "Mme Dupont", "Mme D …"), ("email", "a@b.fr", "a@ …")],
)
def test_messages_quote_little(rule: str, passage: str, shown: str) -> None:
    assert mask(passage, next(r for r in load_rules() if r.id == rule)) == shown


@given(st.lists(st.sampled_from([sentence for _, sentence, _ in FOUND] + LEFT), max_size=4).map(" ; ".join))
def test_hints_only_save_time(text: str) -> None:
    """Where a rule finds something, one of its pieces of words and its digits are there."""
    read = as_read(text).text
    for rule in load_rules():
        if any(matches(rule, read)):
            assert may_match(rule, read.lower(), sum(map(str.isdigit, read)))


def test_patterns_keep_to_what_python_and_javascript_read_alike() -> None:
    written = json.loads(RULES_PATH.read_text(encoding="utf-8"))
    patterns = [*written["classes"].values()]
    patterns += [
        rule[key]
        for rule in written["rules"]
        for key in ("pattern", "except", "except_before", "only_after")
        if key in rule
    ]
    for pattern in patterns:
        assert not re.search(r"\\[bBwWdDsSAZpP]|\(\?[Pimsx]|\(\?<(?![!=])|[*+?}]\+", pattern), pattern
